"""The tree that WeasyPrint lays out: the book's HTML, prepared so that WeasyPrint has less to do.

WeasyPrint's own parser takes five times as long as libxml2. Where boxes stand beside each other, it
lays out the first box of each line twice: it tries it in the line before. Here they have a <row>
around them. And it computes about a hundred properties for an element with an id, and again for all
elements in it. Here the id is on an element with nothing in it where that is possible. Rows and
anchors have no tag in the PDF. The members' cells, which follow each other like words, are divided
by a sign in their text: `::before` would be two boxes for each."""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import E

from metropolis.pdf.sheet_end import ROW, Element

_SVG = "{http://www.w3.org/2000/svg}"
# HTML has no case, SVG has: libxml2 writes all attributes in lower case.
SVG_ATTRIBUTES = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio"}
# Class of a list -> how many of its items stand beside each other. Widths: theme/book/book.css.
_COLUMNS = {
    "challenges": 2, "subthemes": 2, "indicator-pictures": 2, "glossary": 2,
    "members": 2, "chapter-entry": 2, "cards": 3, "indicator-list": 3, "key-figures": 4,
}  # fmt: skip
# Elements that hold the items of a list whose class stands on their parent.
_INNER = frozenset({"tbody", "ol"})


def layout_tree(text: str) -> Element:
    """The root of the book's HTML, for WeasyPrint."""
    root = html.document_fromstring(text, html.HTMLParser(remove_comments=True, remove_pis=True))
    _move_ids(root)
    for cell in root.xpath("//table[contains(@class, 'members')]//tr/*[position() > 1]"):
        cell.text = f" · {cell.text or ''}"
    return _copy(root, "")


def _move_ids(root: HtmlElement) -> None:
    for element in root.xpath("//*[@id]"):
        id = element.attrib.pop("id")
        header = element.find("header")
        if header is not None:
            header.insert(0, E.anchor(id=id))
        elif element.tag == "div" and len(element) and element[0].tag == "dt":
            element[0].set("id", id)
        else:
            element.set("id", id)


def _copy(element: HtmlElement, namespace: str) -> Element:
    if element.tag == "svg":
        namespace = _SVG
    attributes = dict(element.attrib)
    if namespace:
        attributes.pop("xmlns", None)
        attributes = {SVG_ATTRIBUTES.get(name, name): attributes[name] for name in attributes}
    copy = Element(namespace + element.tag, attributes)
    copy.text = element.text
    for child, columns in _in_rows(element):
        copied = _copy(child, namespace)
        copied.tail = child.tail
        if columns == 0:
            copy.append(copied)
            continue
        copied.tail = (child.tail or "").strip()  # a space would be a part of the row's width
        last = copy[-1] if len(copy) else None
        if last is None or last.tag != ROW or len(last) == columns:
            last = ElementTree.SubElement(copy, ROW)
        last.append(copied)
    return copy


def _in_rows(element: HtmlElement) -> Iterator[tuple[HtmlElement, int]]:
    """Each child, and how many stand beside each other there; 0 for one that stands alone."""
    columns = _columns(element)
    for child in element.iterchildren("*"):
        yield child, 3 if "indicator" in child.get("class", "").split() else columns


def _columns(element: HtmlElement) -> int:
    holder = element.getparent() if element.tag in _INNER else element
    if holder is None or (holder is element and element.tag in {"table", "li"}):
        return 0
    found = (_COLUMNS[name] for name in holder.get("class", "").split() if name in _COLUMNS)
    return next(found, 0)
