"""Checks each finished book for assistive software and archives, in about a second. It checks rules
that validators check (ISO 14289-1, ISO 19005-2), and one that they do not: the tags must match the
HTML. veraPDF itself runs in the tests."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pikepdf

from metropolis.pdf.html_counts import Counts, count_html, squeezed
from metropolis.pdf.tag_tree import Marks, Tag, read_tags
from metropolis.pdf.text import lost_text, tagged_text
from metropolis.problem import Problem

STANDARD = {
    "Document", "Part", "Art", "Sect", "Div", "BlockQuote", "Caption", "TOC", "TOCI", "NonStruct",
    "P",
    "H1", "H2", "H3", "H4", "H5", "H6", "L", "LI", "Lbl", "LBody", "Table", "TR", "TH", "TD",
    "THead", "TBody", "TFoot",
    "Span", "Quote", "Note", "Reference", "Link", "Figure",
}  # fmt: skip
SHORTEST_ALTERNATIVE = 10
_PICTURES = (".png", ".jpg", ".svg")
# The families of theme/book/book.css: with a system font, the bytes would depend on the machine.
_OWN_FONT = re.compile(r"/[A-Z]{6}\+Book-S")
_HEADINGS = {f"H{level}": level for level in range(1, 7)}


def inspect_pdf(pdf: bytes, name: str, html: str) -> list[Problem]:
    """Every rule that `pdf`, made from `html`, breaks; the problems name the file `name`."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        root, marks = read_tags(document)
        found = [*_file(document), *_fonts(document), *_marks(marks), *_links(document)]
        if root is None:
            found.append("The file has no tags.")
        else:
            found += [*_tree(root), *_differences(root, count_html(html)), *_lost(root, html)]
    return [Problem(name, 0, 0, what) for what in found]


def _file(pdf: Any) -> Iterator[str]:
    root = pdf.Root
    shows_title = root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False)
    is_titled = shows_title and pdf.docinfo.get("/Title")
    runs = "/OpenAction" in root or "/AA" in root or "/JavaScript" in root.get("/Names", {})
    faults = {
        "The file is encrypted.": pdf.is_encrypted,
        "The file does not say that it is tagged.": not root.get("/MarkInfo", {}).get("/Marked"),
        "The file does not say its language.": "/Lang" not in root,
        "The file has no title to show in the window.": not is_titled,
        "Something runs when the file is opened.": runs,
        "The file has no bookmarks.": "/Outlines" not in root,
    }
    yield from (what for what, is_found in faults.items() if is_found)
    packet = root["/Metadata"].read_bytes().decode() if "/Metadata" in root else ""
    if packet.count("<rdf:RDF") != 1:
        yield f"The metadata have {packet.count('<rdf:RDF')} RDF parts instead of one."
    for claim, words in (
        ("<pdfuaid:part>1<", "PDF/UA-1"),
        ("<pdfaid:part>2<", "PDF/A-2"),
        ("<pdfaid:conformance>A<", "conformance A"),
    ):
        if claim not in packet:
            yield f"The metadata do not claim {words}."


def _fonts(pdf: Any) -> Iterator[str]:
    on_pages = (page.Resources.get("/Font", {}).values() for page in pdf.pages)
    strange = []
    for font in {font.objgen: font for fonts in on_pages for font in fonts}.values():
        name = str(font.get("/BaseFont"))
        descendant = font["/DescendantFonts"][0] if "/DescendantFonts" in font else font
        descriptor = descendant.get("/FontDescriptor", {})
        if not any(key in descriptor for key in ("/FontFile", "/FontFile2", "/FontFile3")):
            yield f"The font {name} is not embedded."
        if "/ToUnicode" not in font:
            yield f"The font {name} does not say which characters it shows."
        if not _OWN_FONT.match(name):
            strange.append(name)
    if strange:
        what = "Some characters are not in the book's fonts and took the machine's"
        yield f"{what} ({', '.join(strange)})."


def _marks(marks: list[Marks]) -> Iterator[str]:
    lacking = {number: page.missing_glyphs for number, page in enumerate(marks, 1)}
    if missing := sum(lacking.values()):
        first = next(number for number, count in lacking.items() if count)
        yield f"The fonts lack {missing} characters that the book shows, the first on page {first}."
    for number, page in enumerate(marks, 1):
        if page.loose:
            what = f"{page.loose} things are painted that are neither tagged nor artifacts"
            yield f"Page {number}: {what}."
        if page.unowned:
            yield f"Page {number}: {page.unowned} passages belong to no tag."


def _links(pdf: Any) -> Iterator[str]:
    names = pdf.Root.get("/Names", {}).get("/Dests", {}).get("/Names", [])
    known = {str(names[at]) for at in range(0, len(names), 2)}
    for number, page in enumerate(pdf.pages, 1):
        annotations = page.get("/Annots", [])
        if len(annotations) and page.get("/Tabs") != "/S":
            yield f"Page {number}: the tab key does not follow the reading order."
        for annotation in annotations:
            target = str(annotation.get("/Dest", ""))
            address = str(annotation.get("/A", {}).get("/URI", ""))
            if not str(annotation.get("/Contents", "")).strip():
                yield f"Page {number}: a link has no words ({target or address})."
            if "/StructParent" not in annotation:
                yield f"Page {number}: a link is not in the tag tree ({target or address})."
            if target and target not in known:
                yield f"Page {number}: a link leads nowhere ({target})."
            if address.startswith("file:") or "localhost" in address or "127.0.0.1" in address:
                yield f"Page {number}: a link leads to the machine that made the book ({address})."


def _tree(root: Tag) -> Iterator[str]:
    notes: Counter[str] = Counter()
    level = 0
    for tag in root.walk():
        over = tag.parent.kind if tag.parent else ""
        words = " ".join(tag.text.split())[:40]
        if tag.kind not in STANDARD:
            yield f"“{tag.kind}” is no standard structure type (“{words}”)."
        if tag.kind == "LI" and over != "L":
            yield f"A list item stands in no list (“{words}”)."
        if tag.kind == "TH" and "/Scope" not in tag.entries.get("/A", {}):
            yield f"A table's header cell does not say what it heads (“{words}”)."
        if tag.kind == "Link" and not tag.annotations:
            yield f"A link cannot be pressed (“{words}”)."
        if tag.kind == "Note":
            notes[str(tag.entries.get("/ID", ""))] += 1
        if tag.kind == "Figure":
            said = str(tag.entries.get("/Alt", ""))
            if len(said) < SHORTEST_ALTERNATIVE or said.lower().endswith(_PICTURES):
                yield f"A figure has no text in its place, or too short a one (“{said}”)."
        if tag.kind == "Table":
            yield from _table(tag)
        if tag.kind in _HEADINGS:
            before, level = level, _HEADINGS[tag.kind]
            if level > before + 1:
                yield f"A heading of level {level} follows one of level {before} (“{words}”)."
    if any(not id or count > 1 for id, count in notes.items()):
        yield "Notes have no names, or share one."


def _table(table: Tag) -> Iterator[str]:
    heads = [kid for kid in table.kids if kid.kind == "THead"]
    if len(heads) > 1:
        yield f"A table has {len(heads)} heads."
    widths = set(_widths([tag for tag in table.walk() if tag.kind == "TR"]))
    if len(widths) > 1:
        yield f"The rows of a table have different numbers of cells: {sorted(widths)}."


def _widths(rows: list[Tag]) -> Iterator[int]:
    """How many columns each row fills, including cells that span into it from above."""
    reaching: list[tuple[int, int]] = []  # (columns, rows still to come)
    for row in rows:
        cells = [(_span(cell, "/ColSpan"), _span(cell, "/RowSpan")) for cell in row.kids]
        yield sum(columns for columns, _ in cells + reaching)
        reaching = [(columns, left - 1) for columns, left in cells + reaching if left > 1]


def _span(cell: Tag, key: str) -> int:
    return int(cell.entries.get("/A", {}).get(key, 1))


def _lost(root: Tag, html: str) -> Iterator[str]:
    for passage in lost_text(tagged_text(root), html):
        yield f"The HTML says “{passage[:60]}”, and the file does not, or not in its place."


def _differences(root: Tag, expected: Counts) -> Iterator[str]:
    """Problems where counts or headings of the tags differ from those of the HTML."""
    kinds = Counter(tag.kind for tag in root.walk())
    for kind, count in sorted(expected.kinds.items()):
        if kinds[kind] != count:
            what = f"The book's HTML has {count} elements that become {kind}"
            yield f"{what}; the file has {kinds[kind]}."
    headings = [
        (_HEADINGS[tag.kind], squeezed(tag.text)) for tag in root.walk() if tag.kind in _HEADINGS
    ]
    for wanted, found in zip(expected.headings, headings, strict=False):
        if wanted != found:
            what = f"A heading of the HTML is “{wanted[1]}” (level {wanted[0]}),"
            yield f"{what} of the file “{found[1]}” (level {found[0]})."
            return
    if len(headings) != len(expected.headings):
        yield f"The HTML has {len(expected.headings)} headings, the file {len(headings)}."
