"""Turns the sections and the contents of a book's HTML into XHTML documents, for epub.py. XHTML is
case-sensitive and has namespaces, so the tree is built anew. What is only for paper (QR codes) is
left out, and notes stand at the end of their chapter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from posixpath import normpath

from lxml import etree
from lxml.builder import ElementMaker
from lxml.html import HtmlElement

from metropolis.pdf.layout_tree import SVG_ATTRIBUTES
from metropolis.pdf.metadata import Metadata

XHTML = "http://www.w3.org/1999/xhtml"
EPUB = "http://www.idpf.org/2007/ops"
TYPE = f"{{{EPUB}}}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
X = ElementMaker(namespace=XHTML, nsmap={None: XHTML, "epub": EPUB})
_SVG = "http://www.w3.org/2000/svg"
# Attributes that only the site's scripts and the book's style read.
_NOT_KEPT = ("data-", "role", "tabindex", "xmlns")


@dataclass
class EpubChapter:
    """A document: `ids` and `pages` of the PDF that are in it."""

    name: str
    root: etree._Element
    ids: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    has_drawing: bool = False


def chapters_of(
    body: HtmlElement, language: str, starts: Sequence[tuple[str, int]]
) -> tuple[list[EpubChapter], dict[str, str]]:
    """The documents in reading order, and the pictures: path in the project -> name in the file."""
    pages = {start: number for number, start in enumerate(starts, 1)}
    order: Counter[str] = Counter()
    page_of: dict[HtmlElement, int] = {}
    for element in body.iter():
        if isinstance(element.tag, str):
            if (element.tag, order[element.tag]) in pages:
                page_of[element] = pages[element.tag, order[element.tag]]
            order[element.tag] += 1
    pictures: dict[str, str] = {}
    found = []
    for section in body.iterchildren("section"):
        found.append(_Writer(page_of, pictures).write(section, language))
    places = _places(found)
    for one in found:
        for link in one.root.iter(f"{{{XHTML}}}a"):
            if link.get("href", "").startswith("#"):
                link.set("href", places[link.get("href")[1:]])
    return found, pictures


def _places(chapters: Sequence[EpubChapter]) -> dict[str, str]:
    """An id of the book -> its address in the file."""
    return {id: f"{one.name}.xhtml#{id}" for one in chapters for id in one.ids}


def nav_document(
    contents: HtmlElement, metadata: Metadata, pages_title: str, chapters: Sequence[EpubChapter]
) -> etree._Element:
    """The table of contents of the book, and the list of the pages of its PDF."""
    marks = {page: one.name for one in chapters for page in one.pages}
    mark = min(marks)
    pages = X.ol()
    for page in range(1, max(marks) + 1):
        mark = page if page in marks else mark  # where nothing begins, the page before
        pages.append(X.li(X.a(str(page), href=f"{marks[mark]}.xhtml#page-{mark}")))
    root, body = _new_document(metadata.language, metadata.title)
    toc = X.ol(*_entries(contents.find("ol"), _places(chapters)))
    title, kind = X.h1(contents.findtext("h1")), {TYPE: "toc", "role": "doc-toc", "id": "toc"}
    body.append(X.nav(kind, title, toc))
    kind = {TYPE: "page-list", "role": "doc-pagelist", "id": "page-list"}
    body.append(X.nav(kind, X.h2(pages_title), pages))
    return root


def _entries(listed: HtmlElement, places: dict[str, str]) -> Iterator[etree._Element]:
    for entry in listed.iterchildren("li"):
        link, inner = entry.find("a"), entry.find("ol")
        words = " ".join(link.text_content().split())
        item = X.li(X.a(words, href=places[link.get("href")[1:]]))
        if inner is not None and len(inner):
            item.append(X.ol(*_entries(inner, places)))
        yield item


def _new_document(language: str, title: str) -> tuple[etree._Element, etree._Element]:
    """An XHTML document without content, and its body."""
    head, body = X.head(X.title(title), X.link(rel="stylesheet", href="book.css")), X.body()
    return X.html({"lang": language, LANG: language}, head, body), body


def write_document(root: etree._Element) -> bytes:
    return bytes(
        etree.tostring(root, xml_declaration=True, encoding="utf-8", doctype="<!DOCTYPE html>")
    )


class _Writer:
    """Writes one section as a document."""

    def __init__(self, page_of: dict[HtmlElement, int], pictures: dict[str, str]) -> None:
        self.page_of, self.pictures = page_of, pictures
        self.notes: list[HtmlElement] = []

    def write(self, section: HtmlElement, language: str) -> EpubChapter:
        title = next(section.iter("h1", "h2"))
        root, body = _new_document(language, " ".join(title.text_content().split()))
        self.chapter = EpubChapter(section.get("id") or "cover", root)
        self._add(section, body, XHTML)
        for number, note in enumerate(self.notes, 1):
            paragraph = X.p(f"{number}. ")
            id = f"{self.chapter.name}-note-{number}"
            aside = {"id": id, "role": "doc-footnote", TYPE: "footnote"}
            body[0].append(X.aside(aside, paragraph))
            self._fill(note, paragraph, XHTML)
        return self.chapter

    def _add(self, element: HtmlElement, parent: etree._Element, space: str) -> None:
        """Adds the element under `parent`; its tail is the caller's."""
        classes = element.get("class", "").split()
        if "live" in classes:
            return
        if "footnote" in classes:
            self._call(element, parent)
            return
        if element.tag == "svg":
            space = _SVG
            self.chapter.has_drawing = True
        nsmap = {None: _SVG} if element.tag == "svg" else None
        made = etree.SubElement(
            parent, f"{{{space}}}{element.tag}", dict(self._attributes(element)), nsmap=nsmap
        )
        if element.tag == "svg":
            made.set("role", "img")
            made.set("aria-label", element.findtext("title") or "")
        if page := self.page_of.get(element):
            self._break(element, made, page)
        self._fill(element, made, space)

    def _fill(self, element: HtmlElement, made: etree._Element, space: str) -> None:
        _append(made, element.text)
        for child in element:
            if isinstance(child.tag, str):
                self._add(child, made, space)
            _append(made, child.tail)

    def _attributes(self, element: HtmlElement) -> Iterator[tuple[str, str]]:
        for name, value in element.attrib.items():
            if name.startswith(_NOT_KEPT):
                continue
            if name == "id":
                self.chapter.ids.append(value)
            if name == "src":
                path = normpath(f"theme/book/{value}")
                ending = path.rpartition(".")[2]
                value = self.pictures.setdefault(path, f"picture-{len(self.pictures) + 1}.{ending}")
            yield SVG_ATTRIBUTES.get(name, name), value

    def _break(self, element: HtmlElement, made: etree._Element, page: int) -> None:
        """Marks the place where a page of the PDF begins."""
        if element.tag == "tr":  # its first cell is a place for a span
            self.page_of[element[0]] = page
            return
        self.chapter.pages.append(page)
        mark = {"id": f"page-{page}", "role": "doc-pagebreak", "aria-label": str(page)}
        made.append(X.span({**mark, TYPE: "pagebreak"}))

    def _call(self, note: HtmlElement, parent: etree._Element) -> None:
        self.notes.append(note)
        number = len(self.notes)
        id = f"{self.chapter.name}-note-{number}"
        self.chapter.ids.append(id)
        call = {"href": f"#{id}", "role": "doc-noteref", TYPE: "noteref"}
        parent.append(X.a(str(number), call))


def _append(element: etree._Element, text: str | None) -> None:
    """Adds text at the end of what the element has."""
    if text and len(element):
        element[-1].tail = (element[-1].tail or "") + text
    elif text:
        element.text = (element.text or "") + text
