"""The units of a page: each segment with words, its placeholders, and what its translation says
now.

Made anew from both pages at the export and at the import: a file that comes back is never trusted
to say what a placeholder stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from metropolis.content.calls import MacroSignature
from metropolis.content.page import Page
from metropolis.translation.exchange.lines import Line, match, number
from metropolis.translation.exchange.protection import Piece, has_words, protect
from metropolis.translation.exchange.segments import Segment, by_section, find_segments


@dataclass(frozen=True)
class Unit:
    """`fixed` tells what each placeholder stands for, in the source or in the translation.

    `own` are the ids of the source's. `target` is the translation as it stands, where the sections
    are built alike."""

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
) -> list[Unit]:
    """The units of `source`, in the order of the file."""
    segments = find_segments(source)
    counterparts = pair(segments, find_segments(translation) if translation else [])
    units: list[Unit] = []
    for segment in segments:
        pieces = protect(segment.text, signatures)
        if not has_words(pieces):
            continue
        line, fixed = number(pieces)
        target, others = None, dict[str, Piece]()
        if counterpart := counterparts.get(segment.id):
            target, others = match(protect(counterpart.text, signatures), fixed)
        units.append(Unit(segment, line, tuple(fixed), {**fixed, **others}, target))
    return units


def pair(sources: list[Segment], translations: list[Segment]) -> dict[str, Segment]:
    """For a source segment's id its counterpart, in the header and in the sections that both pages
    build alike."""
    header = {segment.kind: segment for segment in translations if segment.is_header}
    found = {segment.id: header[segment.kind] for segment in sources if segment.kind in header}
    theirs = by_section(translations)
    for anchor, segments in by_section(sources).items():
        others = theirs.get(anchor, [])
        if [segment.kind for segment in segments] == [segment.kind for segment in others]:
            found.update(
                {segment.id: other for segment, other in zip(segments, others, strict=True)}
            )
    return found
