"""Packs the chapters of a book as an EPUB 3, for readers who want larger letters or a small screen.
It is made from the HTML that the PDF is made from, so both have the same words and the same section
numbers, and its list of pages is the PDF's. The same input gives the same bytes. Sources: EPUB 3.3,
EPUB Accessibility 1.1."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from mimetypes import MimeTypes

from lxml import etree, html
from lxml.builder import ElementMaker
from lxml.html import HtmlElement

from metropolis.inputs import Files
from metropolis.pdf.epub_chapters import (
    LANG,
    TYPE,
    EpubChapter,
    X,
    chapters_of,
    new_document,
    write_document,
)
from metropolis.pdf.metadata import Metadata

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0"'
    ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
_NAMESPACES = {None: "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}
_OPF = ElementMaker(namespace=_NAMESPACES[None], nsmap=_NAMESPACES)
_DC = ElementMaker(namespace=_NAMESPACES["dc"], nsmap=_NAMESPACES)
_FEATURES = (
    "alternativeText", "longDescription", "pageBreakMarkers", "pageNavigation", "readingOrder",
    "structuralNavigation", "tableOfContents",
)  # fmt: skip


@dataclass(frozen=True)
class EpubWords:
    """Words in the book's language: what it offers for accessibility, and the name of the list of
    pages. `address` is the site's home page in the book's language."""

    address: str
    summary: str
    pages: str


def make_epub(
    text: str,
    metadata: Metadata,
    words: EpubWords,
    starts: Sequence[tuple[str, int]],
    style: bytes,
    files: Files,
) -> bytes:
    """The file. `starts`: what each page of the PDF begins with, as paper.page_starts gives it."""
    body = html.document_fromstring(text).find("body")
    contents = body.find("nav")
    chapters, pictures = chapters_of(body, metadata.language, starts)
    places = {id: f"{one.name}.xhtml#{id}" for one in chapters for id in one.ids}
    for one in chapters:
        for link in one.root.xpath("//*[local-name() = 'a'][starts-with(@href, '#')]"):
            link.set("href", places[link.get("href")[1:]])
    entries: dict[str, bytes] = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "book/package.opf": _package(metadata, words, chapters, pictures),
        "book/nav.xhtml": _navigation(contents, metadata, words, chapters, places),
        "book/book.css": style,
    }
    entries |= {f"book/{one.name}.xhtml": write_document(one.root) for one in chapters}
    entries |= {f"book/{name}": files.read(path) for path, name in pictures.items()}
    return _zipped(entries, metadata)


def _package(
    metadata: Metadata,
    words: EpubWords,
    chapters: Sequence[EpubChapter],
    pictures: dict[str, str],
) -> bytes:
    address, day = words.address, metadata.date.isoformat()
    properties = (
        ("dcterms:modified", f"{day}T00:00:00Z"),
        ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"),
        ("a11y:certifiedBy", "Metropolis"),
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in _FEATURES),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", words.summary),
    )
    about = _OPF.metadata(
        _DC.identifier(f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{address}#{day}')}", id="id"),
        _DC.title(metadata.title),
        _DC.language(metadata.language),
        _DC.creator(metadata.author),
        _DC.publisher("Metropolis"),
        _DC.description(metadata.subject),
        _DC.date(day),
        _DC.source(address, id="printed"),
        *(_OPF.meta(value, property=name) for name, value in properties),
        _OPF.meta("pagination", refines="#printed", property="source-of"),
    )
    attributes = {"version": "3.0", "unique-identifier": "id", LANG: metadata.language}
    package = _OPF.package(attributes, about, *_manifest(chapters, pictures))
    return bytes(etree.tostring(package, xml_declaration=True, encoding="utf-8"))


def _manifest(
    chapters: Sequence[EpubChapter], pictures: dict[str, str]
) -> tuple[etree._Element, etree._Element]:
    """The list of files, and the order in which they are read."""
    xhtml, types = "application/xhtml+xml", MimeTypes()

    def item(id: str, href: str, kind: str | None, **properties: str) -> etree._Element:
        return _OPF.item({"id": id, "href": href, "media-type": kind, **properties})

    manifest = _OPF.manifest(
        item("nav", "nav.xhtml", xhtml, properties="nav"), item("style", "book.css", "text/css")
    )
    for number, name in enumerate(pictures.values(), 1):
        manifest.append(item(f"picture-{number}", name, types.guess_type(name)[0]))
    for one in chapters:
        drawn = {"properties": "svg"} if one.has_drawing else {}
        manifest.append(item(f"c-{one.name}", f"{one.name}.xhtml", xhtml, **drawn))
    read = [f"c-{one.name}" for one in chapters]
    read.insert(read.index("c-cover") + 1, "nav")
    return manifest, _OPF.spine(*(_OPF.itemref(idref=id) for id in read))


def _navigation(
    contents: HtmlElement,
    metadata: Metadata,
    words: EpubWords,
    chapters: Sequence[EpubChapter],
    places: dict[str, str],
) -> bytes:
    """The table of contents of the book, and the list of the pages of its PDF."""
    marks = {page: one.name for one in chapters for page in one.pages}
    mark = min(marks)
    pages = X.ol()
    for page in range(1, max(marks) + 1):
        mark = page if page in marks else mark  # where nothing begins, the page before
        pages.append(X.li(X.a(str(page), href=f"{marks[mark]}.xhtml#page-{mark}")))
    root, body = new_document(metadata.language, metadata.title)
    toc, title = X.ol(*_entries(contents.find("ol"), places)), contents.findtext("h1")
    body.append(X.nav({TYPE: "toc", "role": "doc-toc", "id": "toc"}, X.h1(title), toc))
    kind = {TYPE: "page-list", "role": "doc-pagelist", "id": "page-list"}
    body.append(X.nav(kind, X.h2(words.pages), pages))
    return write_document(root)


def _entries(listed: HtmlElement, places: dict[str, str]) -> Iterator[etree._Element]:
    for entry in listed.iterchildren("li"):
        link, inner = entry.find("a"), entry.find("ol")
        words = " ".join(link.text_content().split())
        item = X.li(X.a(words, href=places[link.get("href")[1:]]))
        if inner is not None and len(inner):
            item.append(X.ol(*_entries(inner, places)))
        yield item


def _zipped(entries: dict[str, bytes], metadata: Metadata) -> bytes:
    """The type comes first and is not compressed, so that it can be read at a fixed place."""
    day, out = metadata.date, io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {"mimetype": b"application/epub+zip", **entries}.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, method)
    return out.getvalue()
