"""A returned or sent file, whatever its format: its units, the page and the language."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal

from metropolis.translation.exchange.lines import Line

State = Literal["final", "review", "untranslated"]
_FINGERPRINT = re.compile(r"^fingerprint: *(\S+)", re.MULTILINE)
# "challenges/index#housing/3": the page, the section's anchor, the place in the section.
_ID = re.compile(r"(?P<page>[^#\s]+)#(?P<anchor>[^#/\s]*)/\w+")
_LANGUAGE_IN_NAME = re.compile(r"[._-]([A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,4})*)\.\w+\Z")


@dataclass(frozen=True)
class Message:
    """`notes` are lines for the translator, and the fingerprint. `status` is the tool's own word
    for the state of the target: “new”, “fuzzy”. `is_joined`: a space was put between two segments
    that the tool had joined without one. `line` counts from 1 in the file; 0 is unknown."""

    id: str
    source: Line
    target: Line | None
    notes: tuple[str, ...] = ()
    state: State = "final"
    status: str = ""
    line: int = 0
    is_joined: bool = False

    @property
    def page(self) -> str:
        """The name of the page in its id; empty if the id is not one of ours."""
        found = _ID.fullmatch(self.id)
        return found["page"] if found else ""

    @property
    def anchor(self) -> str:
        """The section in its id."""
        found = _ID.fullmatch(self.id)
        return found["anchor"] if found else ""

    @property
    def fingerprint(self) -> str:
        """The source's when the file was made; empty if a tool has dropped the note."""
        found = _FINGERPRINT.search("\n".join(self.notes))
        return found[1] if found else ""


@dataclass(frozen=True)
class Document:
    """The units of one page in one language. `path` is that of the source page, as the file gives
    it: tools rewrite it, so the units' ids decide."""

    path: str
    source_locale: str
    locale: str
    messages: tuple[Message, ...]

    @property
    def page(self) -> str:
        """The name of the page that the units, or else the path, name."""
        named = next((message.page for message in self.messages if message.page), "")
        return named or PurePosixPath(PureWindowsPath(self.path).as_posix()).stem


def is_id(text: str | None) -> bool:
    """Whether a unit of ours may have this id."""
    return bool(text and _ID.fullmatch(text))


def by_page(documents: Iterable[Document], file: str) -> list[Document]:
    """One document for each page and language, whatever parts the tool has joined or split.

    A unit whose id is not ours goes with the page before it. A language that the file does not
    give is taken from its name: vision.es.po."""
    in_name = _LANGUAGE_IN_NAME.search(file)
    messages: dict[tuple[str, str], list[Message]] = {}
    documents_by_key: dict[tuple[str, str], Document] = {}
    for document in documents:
        locale = document.locale or (in_name[1] if in_name else "")
        page = document.page
        for message in document.messages:
            page = message.page or page
            documents_by_key.setdefault((page, locale), replace(document, locale=locale))
            messages.setdefault((page, locale), []).append(message)
    return [
        replace(document, messages=tuple(messages[key]))
        for key, document in documents_by_key.items()
    ]
