"""A label may hold every syntax that there is: it comes out letter for letter, wherever it is
shown."""

from __future__ import annotations

import csv
import difflib
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from book_text import structure_text
from lxml import etree
from lxml import html as lxml_html
from openpyxl import load_workbook
from tinyhtml5 import parse

from metropolis.cache import Cache
from metropolis.pdf.composition import compose_book
from metropolis.pdf.printing import book_inputs
from metropolis.pdf.render import BookStyle
from metropolis.pdf.text import letters

Sites = tuple[Any, Any]
# What a file weighs differs with its texts, which are escaped in it.
_SIZE = re.compile(r'(?<=data-file=")([^"]*)">[^<]*<')
# A drawing's words stand line by line: see test_drawings.
_LINE = re.compile(r"<tspan[^>]*>([^<]*)</tspan>")
_SHOWN = re.compile(r"⟦([KSk]\d{4})⟧")
_LEFT = re.compile(r"\b[KSk]\d{4} .{0,60}")
# Of these, each shows what all pages of its kind show.
_KINDS = (
    "index.html", "404.html", "milestones/index.html", "en/glossary/index.html", "references/index.html",
    "es/forewords/index.html", "data/index.html", "action-plan/line-1/index.html", "en/indicators/index.html",
    "indicators/air-quality/index.html", "en/members/index.html", "members/barcelone/index.html", "vision/index.html",
)  # fmt: skip


def same(ours: dict[str, str], theirs: dict[str, str]) -> list[str]:
    """The lines in which two sets of texts differ, each with its name; and the texts that stand
    there otherwise."""
    assert set(ours) == set(theirs)
    found = [
        f"{name}: {line[:500]}"
        for name in ours
        if ours[name] != theirs[name]
        for line in difflib.unified_diff(
            theirs[name].split("\n"), ours[name].split("\n"), lineterm="", n=0
        )
    ]
    return [*found, *(f"{name}: {left}" for name in ours for left in _LEFT.findall(ours[name]))][
        :20
    ]


def shown_in(texts: Iterator[str] | list[str]) -> set[str]:
    """The numbers of what was found letter for letter."""
    return {number.upper() for text in texts for number in _SHOWN.findall(text)}


def sifted(site: Any) -> dict[str, str]:
    """Every page, its texts taken out."""
    pages = {path: _SIZE.sub(r"\1", _LINE.sub("", page)) for path, page in site.pages.items()}
    return {path: site.sift_page(page) for path, page in pages.items()}


def test_pages(sites: Sites) -> None:
    """Not an octet of a page differs but for the texts, and those stand there escaped: so no tag
    can differ."""
    ours, theirs = map(sifted, sites)
    assert len(ours) > 120
    assert same(ours, theirs) == []
    assert len(shown_in(list(ours.values()))) > 1800


def nodes(root: Any) -> Iterator[str]:
    """Elements, attributes and texts, one a line, in their order."""
    for event, element in walk(root):
        if event == "start":
            yield f"<{element.tag}>"
            yield from (f"{key}={value}" for key, value in sorted(element.attrib.items()))
            yield str(element.text or "")
        else:
            yield str(element.tail or "")


def walk(element: Any) -> Iterator[tuple[str, Any]]:
    """Each element, before and after what is in it; comments are elements for the parsers."""
    yield "start", element
    for child in element:
        yield from walk(child)
    yield "end", element


def test_as_a_browser_reads_them(sites: Sites) -> None:
    """The parser of HTML5 finds the same elements with the same attributes, and the texts letter
    for letter."""
    ours, theirs = (
        {
            path: site.sift_nodes(
                "\n".join(nodes(parse(_SIZE.sub(r"\1", _LINE.sub("", site.pages[path])))))
            )
            for path in _KINDS
        }
        for site in sites
    )
    for found in (ours, theirs):  # in a script, JSON's own signs: see test_what_search_engines_read
        for path, text in found.items():
            found[path] = re.sub(r"\{\"@context.*", "", text)
    assert same(ours, theirs) == []
    assert len(shown_in(list(ours.values()))) > 800


def test_drawings(sites: Sites) -> None:
    """The words of the transit map, put together again."""
    site = sites[0]
    for path in (
        "action-plan/index.html",
        "en/action-plan/index.html",
        "es/action-plan/index.html",
    ):
        texts = re.findall(r"<text.*?</text>", site.pages[path], re.DOTALL)
        found = [
            site.sift(" ".join(lxml_html.fromstring(text).xpath(".//tspan/text()")))
            for text in texts
        ]
        assert len(shown_in(found)) == 12  # eleven axes and what they lead to
        assert [left for text in found for left in _LEFT.findall(text)] == []


def strings(value: Any, place: str = "") -> Iterator[str]:
    """Keys and texts of JSON, with their places."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from strings(one, f"{place}.{key}")
    elif isinstance(value, list):
        for number, one in enumerate(value):
            yield from strings(one, f"{place}.{number}")
    else:
        yield f"{place}: {value}"


def test_what_search_engines_read(sites: Sites) -> None:
    """JSON-LD is JSON with the same keys, in a script that nothing in it ends."""
    ours, theirs = (
        {path: structured(site, page) for path, page in site.pages.items()} for site in sites
    )
    assert same(ours, theirs) == []
    assert len(shown_in(list(ours.values()))) > 50


def structured(site: Any, page: str) -> str:
    found = re.findall(r'<script type="application/ld\+json">([^<]*)</script>', page)
    assert page.count("application/ld+json") == len(found) <= 1
    return "\n".join(site.sift(line) for one in found for line in strings(json.loads(one)))


def test_feeds_sitemap_and_manifests(sites: Sites) -> None:
    ours, theirs = (
        {
            name: site.sift(read_file(site.folder / name))
            for name in files(site.folder, ".xml", ".webmanifest")
        }
        for site in sites
    )
    assert sorted(ours) == [
        "en/feed.xml", "en/site.webmanifest", "es/feed.xml", "es/site.webmanifest", "feed.xml", "site.webmanifest",
        "sitemap.xml",
    ]  # fmt: skip
    assert same(ours, theirs) == []
    assert (
        len(shown_in(list(ours.values()))) == 6
    )  # release, changed, short name; in three languages


def files(folder: Path, *endings: str) -> list[str]:
    return [
        file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.suffix in endings
    ]


def read_file(file: Path) -> str:
    if file.suffix == ".xml":
        return "\n".join(nodes(etree.fromstring(file.read_bytes())))
    return "\n".join(strings(json.loads(file.read_bytes())))


def test_open_data(sites: Sites) -> None:
    """CSV, JSON, GeoJSON, the workbook and its description: the same cells and keys."""
    ours, theirs = (
        {
            name: site.sift(site.sift(cells(name, data)), in_a_list)
            for name, data in site.data.items()
        }
        for site in sites
    )
    assert {name.rpartition(".")[2] for name in ours} >= {"csv", "json", "geojson", "xlsx"}
    assert same(ours, theirs) == []
    # Every label of a record, and those interface texts that describe the data.
    assert len({one for one in shown_in(list(ours.values())) if one[0] == "K"}) > 1400


def in_a_list(text: str) -> str:
    """Bars part the texts of a cell that holds several."""
    return re.sub(r"([\\|])", r"\\\1", text)


def cells(name: str, data: bytes) -> str:
    if name.endswith(".csv"):
        rows = csv.reader(io.StringIO(data.decode(), newline=""))
        return "\n".join(
            f"{row} {at}: {cell}" for row, line in enumerate(rows) for at, cell in enumerate(line)
        )
    if name.endswith(".xlsx"):
        sheets = load_workbook(io.BytesIO(data)).worksheets
        return "\n".join(
            f"{sheet.title} {cell.coordinate} {cell.data_type}: {cell.value}"
            for sheet in sheets
            for row in sheet.iter_rows()
            for cell in row
        )
    if name.endswith(("json", "geojson")):
        found = strings(json.loads(data))
        return "\n".join(line for line in found if not re.search(r"\.(hash|bytes): ", line))
    return ""  # sums and the archive of the files above


def test_what_search_shows(sites: Sites) -> None:
    """Title, address, kind and text of each result, in each language."""
    ours, theirs = (dict(results(site)) for site in sites)
    assert len(ours) > 300
    assert same(ours, theirs) == []
    assert len(shown_in(list(ours.values()))) > 450


def results(site: Any) -> Iterator[tuple[str, str]]:
    for file in (site.folder / "search").glob("*.json"):
        for title, address, kind, text, *_ in json.loads(file.read_text("utf-8"))["entries"]:
            yield f"{file.stem} {address}", site.sift(f"{title} | {kind} | {text}")


def test_share_pictures(sites: Sites) -> None:
    """A picture shows a title's words; white space of any kind is a space in it."""
    ours, theirs = (" ".join(site.pictures).split() for site in sites)
    assert len(ours) == len(theirs)
    titles = {
        " ".join(sites[0].text(number).split())
        for number in re.findall(r"\bK\d{4}\b", " ".join(ours))
    }
    assert len(titles) > 40
    assert [title for title in titles if title not in " ".join(ours)] == []


def test_books(sites: Sites) -> None:
    """The whole book in each language: the same elements, the same texts."""
    ours, theirs = (
        {book.name: site.sift("\n".join(nodes(lxml_html.document_fromstring(_LINE.sub("", book.html)))))
         for book in site.books}
        for site in sites
    )  # fmt: skip
    assert len(ours) == 3
    assert same(ours, theirs) == []
    assert len(shown_in(list(ours.values()))) > 1300


def test_a_printed_book(sites: Sites, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A pack in one language: what it says, its bookmarks and what it says of itself."""
    site = sites[0]
    order = site.pack
    theme = root / "theme"
    style = (theme / "book/book.css").read_text("utf-8")
    files = book_inputs(order, theme, root / "content").files
    # Texts of this length do not fit everywhere; of nothing else may the book complain.
    monkeypatch.setattr("metropolis.pdf.render.off_paper", lambda *_: [])
    shared = BookStyle("pack.pdf", (style,), "theme/book", files)
    pdf, _ = compose_book(order.html, shared, order.metadata, Cache(None))
    sections = structure_text(pdf)
    said = letters("".join(section.heading + section.text for section in sections))
    pieces = re.split(r"(?=[ks]\d{4})", said)[1:]
    texts = [letters(site.text(piece[:5].upper())) for piece in pieces]
    # Texts of this length overflow the cover and narrow columns: such a one may be cut off, and is
    # never another.
    changed = [
        p
        for p, text in zip(pieces, texts, strict=True)
        if not (p.startswith(text) or text.startswith(p))
    ]
    assert changed == []
    numbers = {
        piece[:5].upper()
        for piece, text in zip(pieces, texts, strict=True)
        if piece.startswith(text)
    }
    assert len(numbers) > 120
    with (
        pikepdf.open(io.BytesIO(pdf)) as document,
        document.open_outline() as outline,
        document.open_metadata() as xmp,
    ):
        title = str(document.docinfo["/Title"])
        assert _SHOWN.search(site.sift(title))
        assert xmp["dc:title"] == title
        marks = [letters(item.title) for item in outline.root]
    assert sum(any(letters(site.text(number)) in mark for mark in marks) for number in numbers) >= 2
