"""Labels with programs, foreign tags and links, as somebody might write them into data/: words on
the page, no more."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from tinyhtml5 import parse

from metropolis.builder.gate import as_prepared
from metropolis.builder.render_context import render_context
from metropolis.report import listing
from metropolis.site.session import Session
from metropolis.translation.workbench import open_workbench

BODY = "Wen Guohui<body onload=alert(document.domain)>"
LINK = "Plan<svg><a><animate attributeName=href values=javascript:alert(2) /><text y=20>ici</text></a></svg>"
QUOTE = 'Langues" data-x="y'
HIDDEN = "<noscript><p title='</noscript><img src=x onerror=alert(1)>'>hab./km²"
MARKDOWN = "Barcelone [ville](https://evil.example/) *x*{ style=position:fixed } `y` </script> | z"

# (file, what stands there, what stands there instead)
LABELS = [
    ("people.yml", 'name: "Wen Guohui"', f'name: "{BODY}"'),
    ("strings.yml", 'plan-short: {fr: "Plan 2021-2023"', f'plan-short: {{fr: "{LINK}"'),
    ("strings.yml", 'languages: {fr: "Langues"', f"languages: {{fr: '{QUOTE}'"),
    ("units.yml", 'symbol: {fr: "hab./km²"', f'symbol: {{fr: "{HIDDEN}"'),
    ("members.yml", 'name: {fr: "Barcelone (ville)"', f'name: {{fr: "{MARKDOWN}"'),
]


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory, small_project: Path) -> Session:
    root = tmp_path_factory.mktemp("labels")
    for name in ("content", "language", "macros", "metropolis", "theme", "mkdocs.yml"):
        (root / name).symlink_to(small_project / name)
    (root / "data").mkdir()
    texts = {file.name: file.read_text("utf-8") for file in (small_project / "data").glob("*.yml")}
    for name, before, after in LABELS:
        assert before in texts[name], before
        texts[name] = texts[name].replace(before, after, 1)
    for name, text in texts.items():
        (root / "data" / name).write_text(text, "utf-8")
    workbench, problems = open_workbench(root)
    assert workbench, listing(problems)
    return Session(root / "site", "fr", render_context(root, as_prepared(workbench)))


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("forewords/index.html", BODY),
        ("index.html", LINK),
        ("index.html", QUOTE),
        ("indicators/index.html", HIDDEN),
        ("members/index.html", MARKDOWN),
        ("members/barcelone/index.html", MARKDOWN),
    ],
)
def test_it_is_shown_as_it_is_written(session: Session, path: str, label: str) -> None:
    html = session.render(session.pages[path])
    assert escape(label).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in html
    page = parse(html)
    names = {name.lower() for element in page.iter() for name in element.attrib}
    assert not {
        name for name in names if name.startswith("on") or name in {"style", "data-x", "http-equiv"}
    }
    assert not {element.tag.rpartition("}")[2] for element in page.iter()} & {
        "animate",
        "noscript",
        "img",
        "iframe",
    }
    assert not [one for one in page.iter() if "evil.example" in one.attrib.get("href", "")]
