"""The units of a page: each segment with words, its placeholders, and its translation now.

The export and the import both make them from the two pages: a file that comes back is never trusted
to say what a placeholder stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page
from metropolis.translation.exchange.protection import (
    Line,
    Piece,
    has_words,
    match,
    number,
    protect,
)
from metropolis.translation.exchange.segments import Segment, find_segments, pair


@dataclass(frozen=True)
class TranslationUnit:
    """`fixed`: what each placeholder stands for, in the source or in the translation; `own`: the
    ids of the source's. `target` is the translation now, where both pages build the section alike.
    """

    segment: Segment
    source: Line
    own: tuple[str, ...]
    fixed: Mapping[str, Piece]
    target: Line | None

    @property
    def id(self) -> str:
        """Its segment's."""
        return self.segment.id


def make_units(
    source: Page, translation: Page | None, signatures: Mapping[str, MacroSignature]
) -> list[TranslationUnit]:
    """The units of `source`, in the order of the file."""
    segments = find_segments(source)
    counterparts = pair(segments, find_segments(translation) if translation else [])
    units: list[TranslationUnit] = []
    for segment in segments:
        pieces = protect(segment.text, signatures)
        if not has_words(pieces):
            continue
        line, fixed = number(pieces)
        target, others = None, dict[str, Piece]()
        if counterpart := counterparts.get(segment.id):
            target, others = match(protect(counterpart.text, signatures), fixed)
        units.append(TranslationUnit(segment, line, tuple(fixed), {**fixed, **others}, target))
    return units
