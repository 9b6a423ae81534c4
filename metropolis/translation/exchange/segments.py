"""The segments of a page (its blocks, the texts of its header) and its units: segments with words,
placeholders and their translation. The import makes them again, and trusts no returned file."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from metropolis.content.front_matter import TEXTS, find_texts
from metropolis.content.headings import section_at
from metropolis.content.macro_signature import Signatures
from metropolis.content.page import Page
from metropolis.translation.exchange import protection
from metropolis.translation.exchange.protection import Line, Piece

# Kinds of blocks that have another name in the files for agencies.
_KINDS = {"rule": "cell", "title": "box", "note": "footnote"}
# A code block, which is not translated, counts once for each group of lines.
_PART = re.compile(r"[^\n]+(?:\n[^\n]+)*")


@dataclass(frozen=True)
class Segment:
    """`id`: page, section's anchor and place in it, "vision#peace/3". What is replaced, from
    `start` to `end`, includes the quotation marks of a text in the header."""

    id: str
    kind: str
    anchor: str
    text: str
    start: int
    end: int

    @property
    def is_header(self) -> bool:
        return self.kind in TEXTS


@dataclass(frozen=True)
class ExchangedPage:
    """`fingerprints` of the source's sections by their anchors; `stale`: those not current."""

    source: Page
    translation: Page | None
    fingerprints: Mapping[str, str]
    stale: frozenset[str] = frozenset()


def find_segments(page: Page) -> list[Segment]:
    """The segments in the order of the file. Those of the header belong to the first section."""
    sections = page.sections
    first = sections[0].anchor if sections else ""
    segments = list(_header(page, first))
    count: dict[str, int] = {}
    for kind, start, end in _spans(page):
        anchor = section_at(sections, start)
        count[anchor] = count.get(anchor, 0) + 1
        name = f"{page.name}#{anchor}/{count[anchor]}"
        segments.append(Segment(name, kind, anchor, page.text.text[start:end], start, end))
    return segments


def by_section(segments: Iterable[Segment]) -> dict[str, list[Segment]]:
    """The segments of each section's text, without those of the header."""
    found: dict[str, list[Segment]] = {}
    for segment in segments:
        if not segment.is_header:
            found.setdefault(segment.anchor, []).append(segment)
    return found


def pair(sources: list[Segment], translations: list[Segment]) -> dict[str, Segment]:
    """A source segment's id -> its counterpart, in the header and in sections built alike."""
    header = {segment.kind: segment for segment in translations if segment.is_header}
    found = {segment.id: header[segment.kind] for segment in sources if segment.kind in header}
    theirs = by_section(translations)
    for anchor, segments in by_section(sources).items():
        others = theirs.get(anchor, [])
        if [one.kind for one in segments] == [one.kind for one in others]:
            found |= zip([one.id for one in segments], others, strict=True)
    return found


def section_spans(page: Page) -> dict[str, tuple[int, int]]:
    """Where each section's text is; what comes before the title belongs to the first."""
    sections = page.sections
    if not sections:
        return {"": (page.body_start, len(page.text.text))}
    return {
        one.anchor: (page.body_start if one.is_first else one.start, one.end) for one in sections
    }


def _header(page: Page, anchor: str) -> Iterator[Segment]:
    if page.front_matter is None:
        return
    texts = {"title": page.front_matter.title, "description": page.front_matter.description}
    for kind, start, end in find_texts(page.text.text[: page.body_start]):
        yield Segment(f"{page.name}#{anchor}/{kind}", kind, anchor, texts[kind], start, end)


def _spans(page: Page) -> Iterator[tuple[str, int, int]]:
    for block in page.blocks:
        if block.kind == "code":
            for part in _PART.finditer(page.text.text, block.start, block.end):
                yield "paragraph", *part.span()
        else:
            kind = block.role if block.kind == "paragraph" else block.kind
            yield _KINDS.get(kind, kind), block.start, block.end


@dataclass(frozen=True)
class TranslationUnit:
    """`fixed`: what each placeholder stands for, in the source or the translation; `own`: ids of
    the source's. `target`: the translation now, where both pages build the section alike."""

    segment: Segment
    source: Line
    own: tuple[str, ...]
    fixed: Mapping[str, Piece]
    target: Line | None

    @property
    def id(self) -> str:
        return self.segment.id


def make_units(
    source: Page, translation: Page | None, signatures: Signatures
) -> list[TranslationUnit]:
    segments = find_segments(source)
    counterparts = pair(segments, find_segments(translation) if translation else [])
    units: list[TranslationUnit] = []
    for segment in segments:
        pieces = protection.protect(segment.text, signatures)
        if not protection.has_words(pieces):
            continue
        line, fixed = protection.number(pieces)
        target, others = None, dict[str, Piece]()
        if counterpart := counterparts.get(segment.id):
            own = protection.protect(counterpart.text, signatures)
            target, others = protection.match(own, fixed)
        units.append(TranslationUnit(segment, line, tuple(fixed), {**fixed, **others}, target))
    return units
