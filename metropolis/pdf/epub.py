"""Packs the chapters of a book as an EPUB 3, for readers who want larger letters or a small screen.

It is made from the HTML that the PDF is made from, so both have the same words and the same section
numbers, and its list of pages is the PDF's. The same input gives the same bytes. Sources: EPUB 3.3,
EPUB Accessibility 1.1.
"""

from __future__ import annotations

import io
import uuid
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree, html
from lxml.html import HtmlElement

from metropolis.inputs import Files
from metropolis.pdf.epub_chapters import EPUB, XHTML, EpubChapter, chapters_of, write_document
from metropolis.pdf.metadata import Metadata

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0"'
    ' xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="book/package.opf" media-type="application/oebps-package+xml"/>'
    "</rootfiles></container>"
)
_TYPES = {
    "png": "image/png", "jpg": "image/jpeg", "jpeg": "image/jpeg", "gif": "image/gif",
    "svg": "image/svg+xml",
}  # fmt: skip
_OPF, _DC = "http://www.idpf.org/2007/opf", "http://purl.org/dc/elements/1.1/"
_FEATURES = (
    "alternativeText", "longDescription", "pageBreakMarkers", "pageNavigation", "readingOrder",
    "structuralNavigation", "tableOfContents",
)  # fmt: skip


@dataclass(frozen=True)
class EpubWords:
    """Words in the book's language: what it offers for accessibility, and the names of its lists.

    `address` is the site's home page in the book's language.
    """

    address: str
    summary: str
    contents: str
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
        _relink(one.root, places)
    entries: dict[str, bytes] = {
        "META-INF/container.xml": _CONTAINER.encode(),
        "book/package.opf": _package(metadata, words, chapters, pictures),
        "book/nav.xhtml": _navigation(contents, metadata, words, chapters, places),
        "book/book.css": style,
    }
    entries |= {f"book/{one.name}.xhtml": write_document(one.root) for one in chapters}
    entries |= {f"book/{name}": files.read(path) for path, name in pictures.items()}
    return _zipped(entries, metadata)


def _relink(root: etree._Element, places: dict[str, str]) -> None:
    for link in root.iter(f"{{{XHTML}}}a"):
        target = link.get("href", "")
        if target.startswith("#"):
            link.set("href", places[target[1:]])


def _package(
    metadata: Metadata,
    words: EpubWords,
    chapters: Sequence[EpubChapter],
    pictures: dict[str, str],
) -> bytes:
    package = etree.Element(
        f"{{{_OPF}}}package",
        {"version": "3.0", "unique-identifier": "id", f"{{{_XML}}}lang": metadata.language},
        nsmap={None: _OPF, "dc": _DC},
    )
    about = etree.SubElement(package, f"{{{_OPF}}}metadata")
    address, day = words.address, metadata.date.isoformat()
    for name, value in (
        ("identifier", f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'{address}#{day}')}"),
        ("title", metadata.title),
        ("language", metadata.language),
        ("creator", metadata.author),
        ("publisher", "Metropolis"),
        ("description", metadata.subject),
        ("date", day),
        ("source", address),
    ):
        etree.SubElement(about, f"{{{_DC}}}{name}", {"id": "id"} if name == "identifier" else {})
        about[-1].text = value
    about[-1].set("id", "printed")
    for name, value in (
        ("dcterms:modified", f"{day}T00:00:00Z"),
        ("dcterms:conformsTo", "EPUB Accessibility 1.1 - WCAG 2.1 Level AA"),
        ("a11y:certifiedBy", "Metropolis"),
        ("schema:accessMode", "textual"),
        ("schema:accessMode", "visual"),
        ("schema:accessModeSufficient", "textual"),
        *(("schema:accessibilityFeature", feature) for feature in _FEATURES),
        ("schema:accessibilityHazard", "none"),
        ("schema:accessibilitySummary", words.summary),
    ):
        etree.SubElement(about, f"{{{_OPF}}}meta", {"property": name}).text = value
    pagination = {"refines": "#printed", "property": "source-of"}
    etree.SubElement(about, f"{{{_OPF}}}meta", pagination).text = "pagination"
    _manifest(package, chapters, pictures)
    return bytes(etree.tostring(package, xml_declaration=True, encoding="utf-8"))


_XML = "http://www.w3.org/XML/1998/namespace"


def _manifest(
    package: etree._Element, chapters: Sequence[EpubChapter], pictures: dict[str, str]
) -> None:
    """Adds the list of files, and the order in which they are read."""
    manifest = etree.SubElement(package, f"{{{_OPF}}}manifest")
    spine = etree.SubElement(package, f"{{{_OPF}}}spine")
    xhtml = "application/xhtml+xml"

    def add(id: str, href: str, kind: str, properties: str = "") -> None:
        item = {"id": id, "href": href, "media-type": kind}
        own = {"properties": properties} if properties else {}
        etree.SubElement(manifest, f"{{{_OPF}}}item", {**item, **own})

    add("nav", "nav.xhtml", xhtml, "nav")
    add("style", "book.css", "text/css")
    for number, name in enumerate(pictures.values(), 1):
        add(f"picture-{number}", name, _TYPES[name.rpartition(".")[2].lower()])
    for one in chapters:
        add(f"c-{one.name}", f"{one.name}.xhtml", xhtml, "svg" if one.has_drawing else "")
        etree.SubElement(spine, f"{{{_OPF}}}itemref", {"idref": f"c-{one.name}"})
        if one.name == "cover":
            etree.SubElement(spine, f"{{{_OPF}}}itemref", {"idref": "nav"})


def _navigation(
    contents: HtmlElement,
    metadata: Metadata,
    words: EpubWords,
    chapters: Sequence[EpubChapter],
    places: dict[str, str],
) -> bytes:
    """The table of contents of the book, and the list of the pages of its PDF."""
    root = etree.Element(
        f"{{{XHTML}}}html",
        {"lang": metadata.language, f"{{{_XML}}}lang": metadata.language},
        nsmap={None: XHTML, "epub": EPUB},
    )
    head = etree.SubElement(root, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = metadata.title
    etree.SubElement(head, f"{{{XHTML}}}link", {"rel": "stylesheet", "href": "book.css"})
    body = etree.SubElement(root, f"{{{XHTML}}}body")
    for kind, role, title in (
        ("toc", "doc-toc", words.contents),
        ("page-list", "doc-pagelist", words.pages),
    ):
        nav = etree.SubElement(
            body, f"{{{XHTML}}}nav", {f"{{{EPUB}}}type": kind, "role": role, "id": kind}
        )
        etree.SubElement(nav, f"{{{XHTML}}}h1" if kind == "toc" else f"{{{XHTML}}}h2").text = title
        items = etree.SubElement(nav, f"{{{XHTML}}}ol")
        if kind == "toc":
            _copy_entries(contents.find("ol"), items, places)
        else:
            marks = {page: one.name for one in chapters for page in one.pages}
            mark = min(marks)
            for page in range(1, max(marks) + 1):
                mark = page if page in marks else mark  # where nothing begins, the page before
                href = f"{marks[mark]}.xhtml#page-{mark}"
                item = etree.SubElement(items, f"{{{XHTML}}}li")
                etree.SubElement(item, f"{{{XHTML}}}a", {"href": href}).text = str(page)
    return write_document(root)


def _copy_entries(entries: HtmlElement, items: etree._Element, places: dict[str, str]) -> None:
    for entry in entries.iterchildren("li"):
        item = etree.SubElement(items, f"{{{XHTML}}}li")
        link = entry.find("a")
        href = places[link.get("href")[1:]]
        words = " ".join(link.text_content().split())
        etree.SubElement(item, f"{{{XHTML}}}a", {"href": href}).text = words
        inner = entry.find("ol")
        if inner is not None and len(inner):
            _copy_entries(inner, etree.SubElement(item, f"{{{XHTML}}}ol"), places)


def _zipped(entries: dict[str, bytes], metadata: Metadata) -> bytes:
    """The type comes first and is not compressed, so that it can be read at a fixed place."""
    day = metadata.date
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"mimetype": b"application/epub+zip", **entries}.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            stored = name == "mimetype"
            entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
            archive.writestr(entry, content)
    return out.getvalue()
