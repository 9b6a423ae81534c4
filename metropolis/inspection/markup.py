"""A page can be read by everybody, and nothing of the workshop is left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from metropolis.inspection.facts import PageFacts
from metropolis.problem import Problem

_REMAINS = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")
_DATA_SCRIPTS = {"application/json", "application/ld+json"}


def check_markup(page: PageFacts) -> Iterator[Problem]:
    """Headings, ids, alternative texts, names of links, template remains, what could run."""
    yield from _headings(page)
    yield from _head(page)
    seen: set[str] = set()
    for id in page.ids:
        if id in seen:
            yield _problem(
                page, page.tree.xpath("//*[@id=$id]", id=id)[1], f"The id “{id}” stands twice.", "Rename one."
            )
        seen.add(id)
    for element in page.tree.iter():
        if isinstance(element.tag, str):
            yield from _element(page, element)
    if found := _REMAINS.search(page.text):
        line = page.text.count("\n", 0, found.start()) + 1
        what = f"A piece of template is left: “{page.text[found.start() : found.start() + 30].strip()}”."
        yield Problem(page.path, line, 1, what, how="Mend the page, component or template that wrote it.")


def _problem(page: PageFacts, element: html.HtmlElement, what: str, how: str = "") -> Problem:
    return Problem(page.path, page.line(element), 1, what, how=how)


def _headings(page: PageFacts) -> Iterator[Problem]:
    headings = [
        element
        for element in page.tree.iter("h1", "h2", "h3", "h4", "h5", "h6")
        if not any(parent.tag == "dialog" for parent in element.iterancestors())
    ]
    first = [heading for heading in headings if heading.tag == "h1"]
    if len(first) != 1:
        yield Problem(page.path, 0, 0, f"The page has {len(first)} main headings (h1).", "Exactly one is expected.")
    level = 0
    for heading in headings:
        if not heading.text_content().strip():
            yield _problem(page, heading, "A heading is empty.")
        if int(heading.tag[1]) > level + 1 and level:
            yield _problem(page, heading, f"The heading level jumps from {level} to {heading.tag[1]}.")
        level = int(heading.tag[1])


def _head(page: PageFacts) -> Iterator[Problem]:
    title = page.tree.xpath("string(//title)").strip()
    description = page.tree.xpath("string(//meta[@name='description']/@content)").strip()
    for name, text in (("title", title), ("description", description)):
        if not text:
            yield Problem(page.path, 0, 0, f"The page has no {name}.", how="Write one in the header of its source.")
        elif "<" in text or ">" in text:
            yield Problem(page.path, 0, 0, f"The {name} holds markup: “{text}”.", how="Write plain text.")


def _element(page: PageFacts, element: html.HtmlElement) -> Iterator[Problem]:
    for name, value in element.attrib.items():
        if name.startswith("on"):
            yield _problem(page, element, f"<{element.tag}> has an event attribute ({name}).", "Remove it.")
        elif name in ("href", "src", "action", "formaction") and _runs(value):
            yield _problem(page, element, f"The address “{value[:40]}” would run a program.", "Remove it.")
    if element.tag in ("iframe", "object", "embed", "applet", "form", "base"):
        yield _problem(page, element, f"<{element.tag}> may not stand on a page.", "Remove it.")
    elif element.tag == "meta" and element.get("http-equiv", "").lower() == "refresh":
        yield _problem(page, element, "The page sends its reader elsewhere (meta refresh).", "Remove it.")
    elif element.tag == "script" and not element.get("src") and element.get("type") not in _DATA_SCRIPTS:
        yield _problem(page, element, "A script stands in the page itself.", "Scripts are files of theme/scripts.")
    elif element.tag == "img" and element.get("alt") is None:
        yield _problem(page, element, "A picture has no text for those who cannot see it.", "Give it an alt text.")
    elif element.tag == "svg" and element.get("role") == "img" and not element.get("aria-label"):
        yield _problem(page, element, "A drawing has no text for those who cannot see it.", "Give it an aria-label.")
    elif element.tag == "a" and element.get("href") is not None and not _name(element):
        yield _problem(page, element, f"The link to “{element.get('href')}” has no text.", "Write one.")


def _runs(address: str) -> bool:
    return re.sub(r"[\s\x00-\x1f]", "", address).lower().startswith(("javascript:", "vbscript:", "data:"))


def _name(element: html.HtmlElement) -> str:
    """What a screen reader says of a link."""
    texts = [
        element.get("aria-label") or "",
        element.text_content(),
        *element.xpath(".//img/@alt"),
        *element.xpath(".//*/@aria-label"),
    ]
    return "".join(texts).strip()
