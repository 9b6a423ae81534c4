"""Packs the chapters of a book as an EPUB 3, for readers who want larger letters or a small screen.
It is made from the HTML that the PDF is made from, so both have the same words and the same section
numbers, and its list of pages is the PDF's. The same input gives the same bytes. Sources: EPUB 3.3,
EPUB Accessibility 1.1."""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from mimetypes import MimeTypes

from lxml import etree, html
from lxml.builder import ElementMaker

from metropolis.inputs import Files
from metropolis.pdf.epub_chapters import (
    LANG,
    EpubChapter,
    chapters_of,
    nav_document,
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
    entries: dict[str, bytes] = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "book/package.opf": _package(metadata, words, chapters, pictures),
        "book/nav.xhtml": write_document(nav_document(contents, metadata, words.pages, chapters)),
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


def _zipped(entries: dict[str, bytes], metadata: Metadata) -> bytes:
    """The type comes first and is not compressed, so that it can be read at a fixed place."""
    day, out = metadata.date, io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in {"mimetype": b"application/epub+zip", **entries}.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content, method)
    return out.getvalue()
