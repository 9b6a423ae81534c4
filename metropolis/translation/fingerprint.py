"""The fingerprint of a source section: what a translation of it was made from.

Two parts, so that status can say what has changed: the section's text, and what its macro calls
show (labels and figures from data/). By content, not by date: a touched file changes nothing, and
no history is needed."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from metropolis.content.call_grammar import Call
from metropolis.content.front_matter import FrontMatter
from metropolis.content.page import Page
from metropolis.content.sections import Section

# The labels and figures that a call shows to readers of the source language.
Shown = Callable[[Call], Iterable[str]]

# Spaces and apostrophes of another kind are mended typography: no translation has to follow them.
_SPACES = re.compile(r"\s+")
_APOSTROPHES = str.maketrans({"’": "'"})


@dataclass(frozen=True)
class Fingerprint:
    """`text` and `shown` are eight hexadecimal digits; `shown` is empty where no call shows
    anything."""

    text: str
    shown: str = ""

    def __str__(self) -> str:
        return f"{self.text}-{self.shown}" if self.shown else self.text

    @classmethod
    def parse(cls, written: str) -> Fingerprint:
        """The fingerprint that stands in a header."""
        text, _, shown = written.partition("-")
        return cls(text, shown)


def fingerprint(page: Page, section: Section, shown: Shown) -> Fingerprint:
    """The fingerprint of one section of `page`; the first section's covers the header's two
    texts."""
    fragments = sorted({fragment for call in calls_of(page, section) for fragment in shown(call)})
    return Fingerprint(
        text_fingerprint(page, section), _digest("\n".join(fragments)) if fragments else ""
    )


def text_fingerprint(page: Page, section: Section) -> str:
    """The part of a fingerprint that needs no data."""
    return _digest(section_text(page, section))


def section_text(page: Page, section: Section) -> str:
    """What the fingerprint of a section is made from, before its spaces are evened out."""
    header = page.front_matter if section.is_first else None
    return "\n\n".join([*_texts(header), page.text.text[section.start : section.end].strip()])


def calls_of(page: Page, section: Section) -> list[Call]:
    """The calls that stand in a section."""
    return [call for call in page.calls if section.start <= call.start < section.end]


def _texts(header: FrontMatter | None) -> list[str]:
    return [header.title, header.description] if header else []


def _digest(text: str) -> str:
    even = _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_APOSTROPHES)).strip()
    return hashlib.sha256(even.encode()).hexdigest()[:8]
