"""A unit as a file holds it, whatever the file's format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from metropolis.translation.exchange.lines import Line

_FINGERPRINT = re.compile(r"^fingerprint: *(\S+)", re.MULTILINE)
_ANCHOR = re.compile(r"#([^#/]*)/[^/]*\Z")


@dataclass(frozen=True)
class Message:
    """`notes` are lines for the translator, and the fingerprint; a stale target is to be looked at
    again."""

    id: str
    source: Line
    target: Line | None
    notes: tuple[str, ...] = ()
    is_stale: bool = False

    @property
    def anchor(self) -> str:
        """The section that its id names."""
        found = _ANCHOR.search(self.id)
        return found[1] if found else ""

    @property
    def fingerprint(self) -> str:
        """The source's when the file was made; nothing where a tool has dropped the note."""
        found = _FINGERPRINT.search("\n".join(self.notes))
        return found[1] if found else ""


@dataclass(frozen=True)
class Document:
    """A file's messages; `path` is the source page's, `locale` and `source_locale` the
    languages."""

    path: str
    source_locale: str
    locale: str
    messages: tuple[Message, ...]
