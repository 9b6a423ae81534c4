"""Divides a book into parts. Each is laid out, drawn and cached for itself, and begins on a new
sheet: an edited page costs one part, not the book. The cover, the imprint and the contents are a
part, because a new release changes them."""

from __future__ import annotations

from collections import Counter
from copy import deepcopy
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import E

from metropolis.html_tree import write_html


@dataclass(frozen=True)
class BookPart:
    """A document with some of the book's sections. `notes`: how many notes the parts before it
    have. `tags`: how many elements of each tag it has. `outside`: the ids in other parts that it
    links to. Only what a link of the book leads to has an id in it."""

    html: str
    notes: int
    tags: tuple[tuple[str, int], ...]
    outside: tuple[str, ...]


def divide_book(book: str) -> list[BookPart]:
    """The parts of the book's HTML, in order."""
    root = html.document_fromstring(book, html.HTMLParser(remove_comments=True, remove_pis=True))
    head, body = root.find("head"), root.find("body")
    ids = _linked_ids(body)
    groups: list[list[HtmlElement]] = [[]]
    for section in body:
        if _begins_part(section):
            groups.append([])
        groups[-1].append(section)
    parts: list[BookPart] = []
    notes = 0
    for group in filter(None, groups):
        inside = E.body(*group)
        document = E.html(deepcopy(head), inside, dict(root.attrib))
        outside = ids & _targets(inside) - set(inside.xpath(".//@id"))
        tags = Counter(element.tag for element in inside.iter())
        text = f"<!doctype html>\n{write_html(document)}"
        parts.append(BookPart(text, notes, tuple(sorted(tags.items())), tuple(sorted(outside))))
        notes += len(inside.xpath(".//span[@class='footnote']"))
    return parts


def _linked_ids(body: HtmlElement) -> set[str]:
    """The ids that links lead to. Removes the others: each costs WeasyPrint time."""
    targets = _targets(body)
    for element in body.xpath(".//*[@id]"):
        if element.get("id") not in targets:
            del element.attrib["id"]
    return set(body.xpath(".//@id"))


def _targets(element: HtmlElement) -> set[str]:
    return {href[1:] for href in element.xpath(".//a/@href") if href.startswith("#")}


def _begins_part(section: HtmlElement) -> bool:
    before = section.getprevious()
    is_after_contents = before is not None and before.tag == "nav"
    return is_after_contents or "part-opener" in section.get("class", "").split()
