"""Reads a file that comes back: the format by its name, the pages by its units."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import Literal

from metropolis.problem import Problem
from metropolis.translation.exchange import gettext, xliff_reading
from metropolis.translation.exchange.message import Document, by_page

Format = Literal["xliff", "po"]
# All pages in one file take a tenth of it.
MAX_BYTES = 10_000_000
ENDINGS: dict[Format, tuple[str, ...]] = {
    "xliff": (".xlf", ".xliff", ".sdlxliff", ".mqxliff", ".mxliff"),
    "po": (".po",),
}
_PACKED = b"PK\x03\x04"
_MERGE_MARKER = re.compile(rb"^(?:<{7}|>{7}|\|{7})(?: |\r?$)|^={7}\r?$", re.MULTILINE)


def read_file(data: bytes, name: str) -> tuple[list[Document], list[Problem]]:
    """The pages in the file `name`, one document for each page and language."""
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB."
        return [], [Problem(name, 0, 0, what, how="Ask for the file that was sent.")]
    ending = PurePosixPath(name).suffix.lower()
    if ending not in (*ENDINGS["xliff"], *ENDINGS["po"]):
        what = "The file's name ends neither in .xlf nor in .po."
        return [], [Problem(name, 0, 0, what, how="Ask for the format that was sent.")]
    if data.startswith(_PACKED):
        what = "This is a ZIP package of a translation tool."
        return [], [Problem(name, 0, 0, what, how="Unpack it, and import the .xlf file in it.")]
    if marker := _MERGE_MARKER.search(data):
        line = data[: marker.start()].count(b"\n") + 1
        what = "A merge of two versions is not finished here: git has left both."
        how = f"Keep one version, and delete the lines that begin with {marker[0][:7].decode()}."
        return [], [Problem(name, line, 1, what, how=how)]
    read = gettext.read if ending in ENDINGS["po"] else xliff_reading.read
    documents, problems = read(data, name)
    if problems:
        return [], problems
    pages = by_page(documents, name)
    return pages, [] if pages else [
        Problem(name, 0, 0, "The file has no units.", how="Ask for the file that was sent.")
    ]
