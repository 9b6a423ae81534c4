"""The only module that calls WeasyPrint: HTML and style in, the finished PDF out.

WeasyPrint's warnings become problems. It needs system libraries: without them, importing this
module raises OSError.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from pathlib import Path
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
from metropolis.pdf.archive import add_pdf_metadata, compress_streams
from metropolis.pdf.layout_tree import layout_tree
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.page_numbers import DIGITS, digits_needed, reserved, write_page_numbers
from metropolis.pdf.paper import off_paper, page_starts
from metropolis.pdf.shared_styles import styles_shared
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
            seeming = Path(url2pathname(split.path))
            path = (
                (self.root / seeming.relative_to(_PLACE)).resolve()
                if seeming.is_relative_to(_PLACE)
                else None
            )
            if path not in self.readable:
                raise ValueError(f"{seeming.name} is not one of the book's own files")
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
    """The book's HTML, in the tree of layout_tree.py."""

    def __init__(self, html: str, address: str, fetcher: URLFetcher) -> None:
        self.base_url, self.media_type, self.url_fetcher = address, "print", fetcher
        self.wrapper_element = ElementWrapper.from_html_root(layout_tree(html))
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        sheet = copy(super()._ua_stylesheets(forms)[0])
        sheet.matcher = copy(sheet.matcher)
        for_all = sheet.matcher.other_selectors
        sheet.matcher.other_selectors = [one for one in for_all if one[_PSEUDO_ELEMENT] is None]
        return [sheet, CSS(string=_MARKS)]


@contextmanager
def _own_tags() -> Iterator[None]:
    """Replaces WeasyPrint's tag tree with ours (tags.py says why); it has no option for that."""
    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


def render_pdf(
    html: str,
    stylesheets: Sequence[str],
    metadata: Metadata,
    base: Path,
    files: Files,
    name: str,
) -> tuple[bytes, tuple[tuple[str, int], ...], list[Problem]]:
    """The finished book, what each of its pages begins with (paper.page_starts), and problems.

    Addresses in it are relative to `base`, the project's theme/book/. Only `files` are read. The
    same input gives the same bytes: no clock, no random identifiers.
    """
    address = f"file://{_PLACE}/{base.parent.name}/{base.name}/"
    with collected_messages("weasyprint", logging.WARNING) as messages:
        fetcher, fonts = _LocalFiles(files), FontConfiguration()
        sheets = [
            CSS(string=text, base_url=address, url_fetcher=fetcher, font_config=fonts)
            for text in stylesheets
        ]
        book = _Book(html, address, fetcher)
        document = _numbered(book, sheets, fonts)
        with _own_tags():
            pdf: bytes = document.write_pdf(
                finisher=lambda _, pdf: _finish(pdf, metadata),
                pdf_identifier=hashlib.sha256(html.encode() + _pictures(files, base)).digest()[:16],
                **_OPTIONS,
            )
    whats = (f"The PDF engine says: {' '.join(message.split())}" for message in messages)
    warnings = [Problem(name, 0, 0, what) for what in whats]
    return pdf, page_starts(document), [*warnings, *off_paper(document, name)]


def _finish(pdf: Any, metadata: Metadata) -> None:
    add_pdf_metadata(pdf, metadata)
    compress_streams(pdf)


def _numbered(book: HTML, sheets: Sequence[CSS], fonts: FontConfiguration) -> Document:
    """The pages with their numbers; laid out again only if these need more or fewer digits."""
    digits = DIGITS
    document = _laid_out(book, sheets, fonts, digits)
    if digits_needed(document) != digits:
        digits = digits_needed(document)
        document = _laid_out(book, sheets, fonts, digits)
    while digits_needed(document) > digits:  # wider numbers may need one more page, and so on
        digits += 1
        document = _laid_out(book, sheets, fonts, digits)
    write_page_numbers(document, digits)
    return document


def _laid_out(book: HTML, sheets: Sequence[CSS], fonts: FontConfiguration, digits: int) -> Document:
    reserve = CSS(string=reserved(digits), font_config=fonts)
    with styles_shared():
        return book.render(fonts, stylesheets=[*sheets, reserve], **_OPTIONS)


def _pictures(files: Files, base: Path) -> bytes:
    """The content of the pictures that the book names: they are part of what it is."""
    theme = f"{base.parent.name}/"
    return b"".join(files.read(path) for path, _ in files.digests if not path.startswith(theme))
