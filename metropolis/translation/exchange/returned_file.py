"""Reads a file that comes back, whatever its name: the format by its start, the pages by units."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from metropolis.leftovers import merge_lines
from metropolis.problem import Problem, ProblemsError
from metropolis.text_file import PACKAGE, plain_lines
from metropolis.translation.exchange.message import Document, Message
from metropolis.translation.exchange.po import read_po
from metropolis.translation.exchange.xliff_reader import read_xliff

Format = Literal["xliff", "po"]
MAX_BYTES = 10_000_000  # ten times the size of all pages in one file
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"  # byte order marks and spaces
_LARGE = f"The file is larger than {MAX_BYTES // 1_000_000} MB."
_MO = "PO in the form for programs (MO)", "Ask for the .po file."
_ZIP = "a ZIP package of a translation tool", "Unpack it, and import the .xlf file in it."
_GZIP = "compressed (gzip)", "Unpack it, and import the file in it."
_OTHER_FORMATS = (
    (PACKAGE, _ZIP),
    (b"\x1f\x8b", _GZIP),
    (b"\xde\x12\x04\x95", _MO),
    (b"\x95\x04\x12\xde", _MO),
)
_AGAIN = "Ask for the file that was sent."
_LANGUAGE_IN_NAME = re.compile(r"[._-]([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4})*)\.\w+\Z")


def read_file(data: bytes, name: str) -> tuple[list[Document], list[Problem]]:
    """The pages in the file `name`, one document for each page and language."""
    plain = data.replace(b"\0", b"")  # as UTF-16 has them
    is_xml = plain.lstrip(_BEFORE_XML).startswith(b"<")
    problem = _unreadable(data, name, is_known=is_xml or b"msgid" in plain)
    if problem:
        return [], [problem]
    try:
        pages = _by_page((read_xliff if is_xml else read_po)(data, name), name)
    except ProblemsError as error:
        return [], error.problems
    return pages, [] if pages else [Problem(name, 0, 0, "The file has no units.", how=_AGAIN)]


def language_in_name(file: str) -> str:
    """The code of a language in a file's name: “es” in vision.es.po; empty if there is none."""
    found = _LANGUAGE_IN_NAME.search(file)
    return found[1] if found else ""


def _unreadable(data: bytes, name: str, is_known: bool) -> Problem | None:
    if len(data) > MAX_BYTES:
        return Problem(name, 0, 0, _LARGE, how=_AGAIN)
    if other := next((words for sign, words in _OTHER_FORMATS if data.startswith(sign)), None):
        return Problem(name, 0, 0, f"This is {other[0]}.", how=other[1])
    if not data.strip():
        return Problem(name, 0, 0, "The file is empty.", how="Ask for the file again.")
    if markers := merge_lines(plain_lines(data.decode("utf-8", "replace"))):
        line, sign = markers[0]
        what = "A merge of two versions is not finished here: git has left both."
        how = f"Keep one version, and delete the lines that begin with {sign[:7]}."
        return Problem(name, line, 1, what, how=how)
    if not is_known:
        what = "This is neither XLIFF nor PO."
        return Problem(name, 0, 0, what, how="Ask for the format that was sent.")
    return None


def _by_page(documents: Iterable[Document], file: str) -> list[Document]:
    """One document for each page and language, whatever the tool has joined or split. A unit whose
    id is not ours goes with the one before. The file's name may give the language."""
    heads: dict[tuple[str, str], Document] = {}
    messages: dict[tuple[str, str], list[Message]] = {}
    for document in documents:
        locale = document.locale or language_in_name(file)
        page = document.page
        for message in document.messages:
            page = message.page or page
            heads.setdefault((page, locale), replace(document, locale=locale))
            messages.setdefault((page, locale), []).append(message)
    return [replace(one, messages=tuple(messages[key])) for key, one in heads.items()]
