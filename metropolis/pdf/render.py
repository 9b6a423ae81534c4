"""The one place that calls WeasyPrint: a book's HTML and style in, the finished PDF out. Its warnings are problems.

WeasyPrint needs libraries of the system; importing this module fails with OSError where they are missing.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

import weasyprint.pdf
from weasyprint import CSS, HTML
from weasyprint.logger import LOGGER
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from metropolis.pdf.archive import describe
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.tags import add_tags
from metropolis.problem import Problem

VARIANT = "pdf/ua-1"


class _LocalFiles(URLFetcher):
    """Fetches files of these folders and data: addresses, and nothing else: no book ever asks the network."""

    def __init__(self, folders: Sequence[Path]) -> None:
        super().__init__(allowed_protocols=("file", "data"), allow_redirects=False)
        self.folders = [folder.resolve() for folder in folders]

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        split = urlsplit(url)
        if split.scheme == "file":
            path = Path(url2pathname(split.path)).resolve()
            if not any(path.is_relative_to(folder) for folder in self.folders):
                raise ValueError(f"{path.name} is not one of the book's own files")
        return super().fetch(url, headers)


class _Warnings(logging.Handler):
    """Collects what WeasyPrint says."""

    def __init__(self, name: str) -> None:
        super().__init__(logging.WARNING)
        self.name_of_book = name
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        what = f"The PDF engine says: {' '.join(record.getMessage().split())}"
        self.problems.append(Problem(self.name_of_book, 0, 0, what))


@contextmanager
def _own_tags() -> Iterator[None]:
    """WeasyPrint builds its tag tree page by page, and has no way to ask for another one: tags.py says why ours."""
    theirs = weasyprint.pdf.add_tags
    weasyprint.pdf.add_tags = add_tags
    try:
        yield
    finally:
        weasyprint.pdf.add_tags = theirs


def render_pdf(
    html: str, stylesheets: Sequence[str], metadata: Metadata, base: Path, folders: Sequence[Path], name: str
) -> tuple[bytes, list[Problem]]:
    """The finished book; addresses in it are relative to the folder `base`, and only files under `folders` are read.

    Same input, same bytes: no clock, no random identifier.
    """
    warnings = _Warnings(name)
    LOGGER.addHandler(warnings)
    try:
        fetcher, fonts = _LocalFiles(folders), FontConfiguration()
        address = base.resolve().as_uri() + "/"
        sheets = [CSS(string=text, base_url=address, url_fetcher=fetcher, font_config=fonts) for text in stylesheets]
        document = HTML(string=html, base_url=address, url_fetcher=fetcher)
        with _own_tags():
            pdf: bytes = document.write_pdf(
                stylesheets=sheets,
                font_config=fonts,
                finisher=lambda _, pdf: describe(pdf, metadata),
                pdf_variant=VARIANT,
                pdf_identifier=hashlib.sha256(html.encode()).digest()[:16],
                output_intent="srgb",
            )
    finally:
        LOGGER.removeHandler(warnings)
    return pdf, warnings.problems
