"""Which page a file that comes back belongs to, by its own words: agencies rename files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from metropolis.problem import Problem
from metropolis.translation.exchange import gettext, xliff
from metropolis.translation.exchange.message import Document

Format = Literal["xliff", "po"]
# Ten times the largest page that is read.
MAX_BYTES = 2_000_000
ENDINGS: dict[Format, tuple[str, ...]] = {"xliff": (".xlf", ".xliff"), "po": (".po",)}


@dataclass(frozen=True)
class Origin:
    """The source page's path, and the language of the translation."""

    path: str
    locale: str


def read_origin(data: bytes, name: str) -> tuple[Origin | None, list[Problem]]:
    """The page that the file `name` translates."""
    document, problems = read_document(data, name)
    return (Origin(document.path, document.locale) if document else None), problems


def read_document(data: bytes, name: str) -> tuple[Document | None, list[Problem]]:
    """The messages of the file `name`, whose ending tells the format."""
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB: no page is."
        return None, [Problem(name, 0, 0, what, how="Ask for the file that was sent.")]
    ending = PurePosixPath(name).suffix.lower()
    if ending in ENDINGS["xliff"]:
        document, form = xliff.read(data), "XLIFF 1.2"
    elif ending in ENDINGS["po"]:
        document, form = gettext.read(data), "PO"
    else:
        return None, [
            Problem(
                name,
                0,
                0,
                "The file's name ends neither in .xlf nor in .po.",
                how="Export to either.",
            )
        ]
    if document is None:
        how = "Ask for it again, in the format in which it was sent."
        return None, [Problem(name, 0, 0, f"The file cannot be read as {form}.", how=how)]
    return document, []
