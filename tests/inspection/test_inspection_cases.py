"""Golden cases of the inspection: each breaks one thing of a small valid site and expects the exact lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.inspection.inspect import inspect_site

CASES = yaml.safe_load((Path(__file__).parent / "cases.yml").read_text("utf-8"))
URL = "https://site.example/"
PAGE = """<!doctype html>
<html lang="{lang}">
<head>
<title>{title}</title><meta name="description" content="Une page.">
<link rel="canonical" href="{url}{own}">
{alternates}
<link rel="stylesheet" href="{up}assets/site.css">
</head>
<body>
<main id="main"><h1>{title}</h1>
<p><a href="{link}">{text}</a></p></main>
</body></html>
"""


def page(lang: str, name: str) -> str:
    """A page of the small site: "" is the home page, "page/" the other one; each links to the other."""
    folder = "" if lang == "fr" else "en/"
    places = {"fr": URL + name, "en": f"{URL}en/{name}", "x-default": URL + name}
    alternates = "".join(f'<link rel="alternate" hreflang="{code}" href="{url}">' for code, url in places.items())
    return PAGE.format(
        lang=lang, title="Page" if name else "Accueil", url=URL, own=folder + name, alternates=alternates,
        up="../" * (folder + name).count("/"), link="../" if name else "page/", text="Accueil" if name else "Page",
    )  # fmt: skip


def small_site() -> dict[str, str]:
    names = {"index.html": ("fr", ""), "page/index.html": ("fr", "page/")}
    names |= {"en/index.html": ("en", ""), "en/page/index.html": ("en", "page/")}
    files = {path: page(*which) for path, which in names.items()}
    # the languages lead to each other
    files["index.html"] = files["index.html"].replace("</main>", '<a href="en/">English</a></main>')
    files["404.html"] = files["index.html"].replace('href="', 'href="/').replace('href="/https', 'href="https')
    files["assets/site.css"] = 'body { background: url("map.svg"); }'
    files["assets/map.svg"] = "<svg/>"
    places = "".join(f"<url><loc>{URL}{path}</loc></url>" for path in ("", "page/", "en/", "en/page/"))
    files["sitemap.xml"] = f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{places}</urlset>'
    return files


def inspect(folder: Path, files: dict[str, str]) -> list[str]:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return [str(problem) for problem in inspect_site(folder, URL, ("fr", "en"))]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_case(tmp_path: Path, case: dict[str, Any]) -> None:
    files = small_site()
    if "swap" in case:
        name, old, new = case["swap"]
        assert old in files[name], "the case swaps what the site does not have"
        files[name] = files[name].replace(old, new, 1)
    files |= case.get("add", {})
    files.pop(case.get("remove", ""), None)
    assert inspect(tmp_path, files) == case["problems"]


def test_small_site_is_valid(tmp_path: Path) -> None:
    assert inspect(tmp_path, small_site()) == []
