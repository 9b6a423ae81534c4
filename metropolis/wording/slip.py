"""A slip against the typography of a language: what the rules find, and typography.py reports."""

from __future__ import annotations

from dataclasses import dataclass

from metropolis.content.page_text import Edit


@dataclass(frozen=True)
class Slip:
    """`start` is the place of the wrong character, `edits` fix it; `what` and `expected` are for
    the reader. `is_certain`: nothing else can be meant."""

    start: int
    what: str
    expected: str
    edits: tuple[Edit, ...]
    is_certain: bool = True
