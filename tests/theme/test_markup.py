"""Markup is a type, made in one place; templates escape what is not of it; words have no other way
to become markup."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.content.given_names import DEFINITION, FRAME
from metropolis.html_tree import write_html
from metropolis.markup import element, finished, in_html, joined, words_of
from metropolis.site.templates import component_renderer

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]))


def test_markup_is_made_in_one_place(root: Path) -> None:
    door = re.compile(
        r"\bMarkup\(|\bmarkupsafe\b|__html__|\bautoescape=(?!True)|Environment\((?!$)"
    )
    found = [
        f"{file.relative_to(root)}: {line.strip()}"
        for folder in ("metropolis", "macros")
        for file in sorted((root / folder).rglob("*.py"))
        for line in file.read_text("utf-8").splitlines()
        if door.search(line) and file != root / "metropolis/markup.py"
    ]
    assert found == []


def test_no_template_says_that_a_text_is_markup(root: Path) -> None:
    found = [
        f"{file.relative_to(root)}: {match[0]}"
        for file in sorted((root / "theme").rglob("*.html"))
        for match in re.finditer(
            r"\|\s*(safe|striptags|e|escape|forceescape|tojson)\b|autoescape", file.read_text()
        )
    ]
    assert found == []


def test_every_attribute_is_in_quotes(root: Path) -> None:
    found = [
        f"{file.relative_to(root)}: {match[0]}"
        for file in sorted((root / "theme").rglob("*.html"))
        for match in re.finditer(r"[\w-]=\{\{[^\n]{0,40}", file.read_text("utf-8"))
    ]
    assert found == []


def test_no_script_makes_html_of_texts(root: Path) -> None:
    text = "".join(file.read_text("utf-8") for file in (root / "theme").rglob("*.js"))
    assert re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(", text) == []


def test_pages_may_not_take_the_frame_s_anchors(root: Path) -> None:
    theme = root / "theme"
    files = [theme / "base.html", theme / "404.html", *(theme / "partials").glob("*.html")]
    ids = {
        id
        for file in files
        for id in re.findall(r'(?<![\w-])id="([^"{]+)"', file.read_text("utf-8"))
    }
    assert ids == FRAME
    assert 'id="{{ item.id }}"' in (theme / "components/definitions.html").read_text()
    assert DEFINITION == "term-"


class Read(HTMLParser):
    """What there is in HTML."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data


@given(TEXTS, TEXTS)
def test_a_text_stays_one(words: str, value: str) -> None:
    read = Read(element("a", words, title=value, data_x=value))
    assert read.tags == [("a", {"title": value, "data-x": value})]
    assert read.words == words
    assert words_of(in_html(words)) == words


def test_markup_stays_markup() -> None:
    link = element("a", "x < y", href="?a&b", class_="c")
    assert link == '<a href="?a&amp;b" class="c">x &lt; y</a>'
    assert in_html(link) == link
    assert joined(" & ", [link, "<b>"]) == f"{link} &amp; &lt;b&gt;"
    assert element("p", finished("<br>")) == "<p><br></p>"
    assert words_of("<p>a &amp; <b>b</b>&lt;</p>") == "a & b<"


@given(TEXTS, TEXTS)
def test_a_tree_is_written_as_it_is(words: str, value: str) -> None:
    from lxml.html import Element

    tree = Element("p")
    try:
        tree.text, tree.tail = words, words
        tree.set("title", f"<!-- {value} --> &amp;")
    except ValueError:  # no character of XML
        return
    read = Read(write_html(tree))
    assert read.tags == [("p", {"title": f"<!-- {value} --> &amp;"})]
    assert read.words == words


@pytest.mark.parametrize("text", ['"><script>', "' onclick='x", "&quot;", "</dd>", "a\n\n b"])
def test_components_escape(root: Path, text: str) -> None:
    draw = component_renderer(root / "theme")
    html = draw(
        "notice",
        title=text,
        text=text,
        href=text,
        link=text,
        hreflang="fr",
        sections=[(text, text, text)],
    )
    read = Read(html)
    assert read.words.count(text) == 4
    assert {tag for tag, _ in read.tags} <= {
        "div",
        "svg",
        "circle",
        "path",
        "p",
        "strong",
        "a",
        "ul",
        "li",
    }
    assert {
        value
        for _, given in read.tags
        for key, value in given.items()
        if key in {"href", "aria-label", "lang"}
    } == {text}
