"""A returned or sent file, whatever its format: its units, the page and the language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal

from metropolis.translation.exchange.protection import Line

State = Literal["final", "review", "untranslated"]
# Some tools make one note of all.
_FINGERPRINT = re.compile(r"(?<![\w-])fingerprint: *([\w.-]+)")
# "challenges/index#housing/3": the page, the section's anchor, the place in the section.
_ID = re.compile(r"[^#\s]+#[^#/\s]*/\w+")


@dataclass(frozen=True)
class Message:
    """`notes` are lines for the translator, and the fingerprint; `status` is the tool's word for
    the state (“fuzzy”); `is_joined`: a space was put between two segments; `line` 0 is unknown."""

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
        return self.id.partition("#")[0] if is_id(self.id) else ""

    @property
    def anchor(self) -> str:
        return self.id.partition("#")[2].partition("/")[0] if is_id(self.id) else ""

    @property
    def fingerprint(self) -> str:
        """The source's when the file was made; empty if a tool has dropped the note."""
        found = _FINGERPRINT.search("\n".join(self.notes))
        return found[1] if found else ""


@dataclass(frozen=True)
class Document:
    """The units of one page in one language. Tools rewrite the `path`, so the units' ids decide."""

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
    return bool(text and _ID.fullmatch(text))
