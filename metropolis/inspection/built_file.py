"""Reads an HTML file of a built site into facts. turbohtml builds the tree that a browser builds,
and is faster than lxml (docs/decisions/0020-the-parser-of-the-inspection.md)."""

from __future__ import annotations

from collections.abc import Callable

import turbohtml
from turbohtml import Document, Element, Namespace

from metropolis.content.page_text import PageText
from metropolis.inspection import elements
from metropolis.inspection.elements import Found, find_lacks, find_unheard
from metropolis.inspection.facts import PageFacts
from metropolis.inspection.vocabulary import PLAIN, find_strange
from metropolis.inspection.well_formedness import find_misreadings, find_remains
from metropolis.problem import Problem

_READERS: dict[str, Callable[[Element, Found], None]] = {
    "title": elements.read_title,
    "meta": elements.read_meta,
    "link": elements.read_head_link,
    "a": elements.read_link,
    "script": elements.read_script,
    "img": elements.read_image,
    "svg svg": elements.read_drawing,
    "svg a": elements.read_link,
    "svg use": elements.read_use,
    **dict.fromkeys(("button", "summary"), elements.read_button),
    **dict.fromkeys(("input", "select"), elements.read_field),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), elements.read_heading),
}
# Problems further on in a page are reported when these are fixed.
_MOST = 100
_HTML, _SVG = Namespace.HTML, Namespace.SVG


def read_built_page(data: bytes, path: str, locales: tuple[str, ...]) -> PageFacts | Problem:
    """The facts of a page's file, or why it cannot be read. `locales` are those of the site."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        what = "The page is not written in UTF-8."
        return Problem(path, line, 1, what, how="Save its source as UTF-8.")
    if not text.strip():
        how = "Build it again, or remove its source."
        return Problem(path, 0, 0, "The page is empty.", how=how)
    document, source = parse(text), PageText(path, text)
    folder = path.partition("/")[0]
    locale = folder if folder in locales[1:] else locales[0]
    facts = PageFacts(path, locale, _language(document, "html"), _language(document, "article"))
    named = document.select("[id]")
    facts.refusals += find_remains(source)
    facts.refusals += [*find_misreadings(source, document), *find_unheard(document)]
    by_id = {one.attr("id") or "": one for one in reversed(named)}  # the first of several
    found = Found(facts, by_id.get)
    elements.read_ids(named, found)
    for element in document.iter_elements():
        name = element.tag
        if (space := element.namespace) is not _HTML:
            name = f"{'svg' if space is _SVG else 'math'} {name}"
        plain = PLAIN.get(name)
        if plain is None or not plain.issuperset(element.attrs):
            facts.refusals += find_strange(name, element)
        if (reader := _READERS.get(name)) is not None:
            reader(element, found)
    del facts.refusals[_MOST:]
    facts.refusals += find_lacks(found)
    return facts


def parse(text: str) -> Document:
    """The tree that a browser makes of a page, in which scripts run."""
    return turbohtml.parse(text, scripting=True, allow_declarative_shadow_roots=False)


def _language(document: Document, tag: str) -> str:
    """The language that the first element of this kind states."""
    element = document.select_one(tag)
    return (element.attr("lang") or "") if element else ""
