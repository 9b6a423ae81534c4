"""The only module that calls WeasyPrint: HTML and style in, pages and their PDF out. WeasyPrint's
warnings become problems. It needs system libraries: without them, importing this module raises
OSError."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from os.path import relpath
from typing import Any
from urllib.parse import urlsplit
from urllib.request import url2pathname

import weasyprint.pdf
from cssselect2 import ElementWrapper
from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from metropolis.inputs import Files
from metropolis.log_messages import collected_messages
from metropolis.pdf.archive import finish_part
from metropolis.pdf.layout_tree import layout_tree
from metropolis.pdf.page_numbers import draw_all_digits, mark_numbers
from metropolis.pdf.paper import off_paper, page_starts
from metropolis.pdf.parts import BookPart
from metropolis.pdf.shared_styles import styles_shared
from metropolis.pdf.sheet_end import keep_end
from metropolis.pdf.tags import add_tags
from metropolis.problem import Problem

_OPTIONS = {"pdf_variant": "pdf/ua-1", "output_intent": "srgb"}
# A fixed base address for a book's files: WeasyPrint writes a hash of each picture's address into
# the PDF, which would otherwise depend on the folder of the project.
_PLACE = "/project"


class _LocalFiles(URLFetcher):
    """Fetches the book's own files and data: addresses, and nothing else: no book uses the
    network."""

    def __init__(self, files: Files) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.root = files.root
        self.readable = {(files.root / path).resolve() for path, _ in files.digests}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        split = urlsplit(url)
        if split.scheme == "file":
            # A path that is not under _PLACE leads out of the project, so it is not readable.
            path = (self.root / relpath(url2pathname(split.path), _PLACE)).resolve()
            if path not in self.readable:
                raise ValueError(f"{path.name} is not one of the book's own files")
            url = path.as_uri()
        return super().fetch(url, headers)


_PSEUDO_ELEMENT = 3  # in an entry of cssselect2's matcher
# What list items and notes have by themselves. WeasyPrint's own style sheet gives the same, and
# three more pseudo-elements, to each element of the book, and computes a style for all of them.
_MARKS = """
li::marker { font-variant-numeric: tabular-nums; white-space: pre; text-transform: none }
.footnote::footnote-call { content: counter(footnote); vertical-align: super; font-size: smaller }
.footnote::footnote-marker { content: counter(footnote) ". " }
"""


class _Book(HTML):
    """The HTML of a part, in the tree of layout_tree.py."""

    def __init__(self, html: str, address: str, fetcher: URLFetcher) -> None:
        self.base_url, self.media_type, self.url_fetcher = address, "print", fetcher
        tree = layout_tree(html)
        keep_end(tree[-1])
        self.wrapper_element = ElementWrapper.from_html_root(tree)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        sheet = copy(super()._ua_stylesheets(forms)[0])
        sheet.matcher = copy(sheet.matcher)
        for_all = sheet.matcher.other_selectors
        sheet.matcher.other_selectors = [one for one in for_all if one[_PSEUDO_ELEMENT] is None]
        return [sheet, CSS(string=_MARKS)]


@dataclass(frozen=True)
class BookStyle:
    """What the parts of a book share. `name` is that of its file, as in messages. Addresses in the
    book are relative to `base`, a folder in the project ("theme/book"). Only `files` are read."""

    name: str
    sheets: tuple[str, ...]
    base: str
    files: Files


@dataclass(frozen=True)
class PartInputs:
    """All that a part is made from. `page` is the number of its first page. For each page number,
    room is left for so many `digits`."""

    part: BookPart
    style: BookStyle
    page: int
    digits: int


@dataclass(frozen=True)
class PrintedPart:
    """A part's PDF, with marks where page numbers go; how many pages it has; the page of each id in
    it; what each page begins with (paper.page_starts); and what is wrong."""

    pdf: bytes
    pages: int
    places: dict[str, int]
    starts: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def print_part(inputs: PartInputs) -> PrintedPart:
    """The same input gives the same bytes: no clock, no random identifiers."""
    style = inputs.style
    with collected_messages("weasyprint", logging.WARNING) as messages:
        document = lay_out(inputs)
        places: dict[str, int] = {}
        for number, page in enumerate(document.pages, inputs.page):
            for id in page.anchors:
                places.setdefault(id, number)  # what spans pages begins on the first
        off = off_paper(document, style.name, inputs.page)
        pages, starts, pdf = len(document.pages), page_starts(document), _draw(document, inputs)
    problems = (*off, *_warnings(style.name, messages))
    return PrintedPart(pdf, pages, places, starts, problems)


def lay_out(inputs: PartInputs) -> Document:
    """The pages of a part as boxes."""
    with styles_shared():
        engine = _engine(inputs.style)
        book = _Book(inputs.part.html, engine.address, engine.fetcher)
        sheets = [*engine.sheets, CSS(string=_start(inputs))]
        return book.render(engine.fonts, stylesheets=sheets, **_OPTIONS)


@dataclass(frozen=True)
class _Engine:
    """What WeasyPrint reads once for all parts of a book."""

    address: str
    fetcher: URLFetcher
    fonts: FontConfiguration
    sheets: tuple[CSS, ...]


@lru_cache(1)
def _engine(style: BookStyle) -> _Engine:
    address = f"file://{_PLACE}/{style.base}/"
    fetcher, fonts = _LocalFiles(style.files), FontConfiguration()
    sheets = tuple(
        CSS(string=text, base_url=address, url_fetcher=fetcher, font_config=fonts)
        for text in style.sheets
    )
    return _Engine(address, fetcher, fonts, sheets)


def _start(inputs: PartInputs) -> str:
    """The style of where the part begins in the book."""
    side = "right" if inputs.page % 2 else "left"
    return (
        f'html {{ --page: "{"0" * inputs.digits}"; break-before: {side};'
        f" counter-set: footnote {inputs.part.notes} }}"
        f"@page :first {{ counter-set: page {inputs.page} }}"
    )


def _draw(document: Document, inputs: PartInputs) -> bytes:
    draw_all_digits(document, inputs.digits)
    for id in inputs.part.outside:  # WeasyPrint would drop a link to nowhere
        document.pages[-1].anchors[id] = (0, 0, 0, 0)
    with _own_tags(inputs):
        pdf: bytes = document.write_pdf(finisher=lambda _, pdf: finish_part(pdf), **_OPTIONS)
    return pdf


@contextmanager
def _own_tags(inputs: PartInputs) -> Iterator[None]:
    """Replaces WeasyPrint's tag tree with ours (tags.py says why); it has no option for that."""

    def add_ours(pdf: Any, document: Document, _: Any, page_streams: list[Any]) -> None:
        mark_numbers(document, page_streams, inputs.digits)
        add_tags(pdf, document, page_streams, inputs.part.notes)

    theirs, weasyprint.pdf.add_tags = weasyprint.pdf.add_tags, add_ours
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


def _warnings(name: str, messages: list[str]) -> list[Problem]:
    said = dict.fromkeys(" ".join(message.split()) for message in messages)
    return [Problem(name, 0, 0, f"The PDF engine says: {message}") for message in said]
