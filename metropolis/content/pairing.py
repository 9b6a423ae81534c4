"""The passages of a translation beside those of its source, section by section."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from metropolis.content.alignment import Pair, align
from metropolis.content.headings import section_at
from metropolis.content.landmarks import Mark, aligned_unit, find_marks
from metropolis.content.likeness import AlignedUnit
from metropolis.content.macro_signature import Signatures
from metropolis.content.page import Page
from metropolis.content.passage_places import Groups
from metropolis.content.prose import Passage, find_written, without_indented_code

_USUAL = 2_000  # characters, after which a page's own lengths tell more than the usual ones
# Lines that other tools read, and no reader sees: addresses of links, files to include.
_TOOL_LINES = re.compile(r"(?:(?:\[[^\]\n]+\]: ?\S|--8<--|\{ ?%|:::)[^\n]*\n?)+")


@dataclass(frozen=True)
class Paired:
    """A section that both pages have: its passages, and `pairs`, None if that is too much work.
    `heading` is the translation's, None where it has no words; `lone` are the sections read with
    this one that only one page has as a whole."""

    source: Page
    page: Page
    theirs: Sequence[Passage]
    mine: Sequence[Passage]
    pairs: Sequence[Pair] | None
    heading: Passage | None
    lone: frozenset[str]

    @property
    def lost(self) -> set[int]:
        """Where the passages of the source begin that the translation lacks, without `lone`."""
        alone = (pair.source for pair in self.pairs or () if not pair.translation)
        return {self.theirs[number].start for numbers in alone for number in numbers}

    @property
    def start(self) -> int:
        """Where the translation's section begins."""
        return self.heading.start if self.heading else self.page.body_start

    def groups_of(self, page: Page) -> Groups:
        """The places in the section of one of the two pages."""
        return self.their_groups if page is self.source else self.groups

    def is_alone(self, page: Page, offset: int) -> bool:
        """Whether `offset` of one page is in a passage that the other page lacks."""
        is_inside = self.groups_of(page).is_inside(offset)
        return is_inside and self._lone_pair(page, offset) is not None

    def is_below_lost(self, page: Page, offset: int) -> bool:
        """Whether what begins at `offset` is right below a passage that the other page surely
        lacks."""
        pair = self._lone_pair(page, max(offset - 1, 0))
        return pair is not None and pair.is_sure

    def _lone_pair(self, page: Page, offset: int) -> Pair | None:
        """Of the last passage that begins before `offset`, if the other page lacks it."""
        number = self.groups_of(page).place(offset)[0]
        if number < 0 or not self.pairs:
            return None
        pair = self.pairs[number]
        return None if (pair.translation if page is self.source else pair.source) else pair

    def counterpart(self, offset: int) -> int:
        """Where the translation says what the source says at `offset`; 0 if that is unknown."""
        number = self.their_groups.place(offset)[0]
        if number < 0 or not self.pairs or not self.mine:
            return 0
        here = self.pairs[number].translation
        return self.mine[here.start if here else max(here.start - 1, 0)].start

    @cached_property
    def texts_for_lists(self) -> tuple[list[int], list[int]]:
        """Where the source, and where the translation, has a paragraph for a list of the other."""
        texts: tuple[list[int], list[int]] = ([], [])
        for pair in (one for one in self.pairs or () if one.is_sure):
            sides = [(self.theirs, pair.source), (self.mine, pair.translation)]
            for found, (some, own), (others, run) in zip(texts, sides, sides[::-1], strict=True):
                end = [one.kind for one in others[run.stop - 1 : run.stop + 1]]
                is_list = end[:1] == ["item"] and (len(run) == 1 or "item" not in end[1:])
                if len(own) == 1 and run and is_list and some[own.start].kind != "item":
                    found.append(some[own.start].start)
        return texts

    @cached_property
    def their_groups(self) -> Groups:
        ranges = [pair.source for pair in self.pairs or ()]
        return Groups(self.source, self.theirs, ranges)

    @cached_property
    def groups(self) -> Groups:
        return Groups(self.page, self.mine, [pair.translation for pair in self.pairs or ()])


@dataclass(frozen=True)
class _Side:
    """A page: the section that each of its sections is compared in, its passages by the former, and
    its marks by the latter."""

    into: Mapping[str, str]
    passages: Mapping[str, Sequence[Passage]]
    marks: Mapping[str, Sequence[Mark]]

    def units(self, passages: Sequence[Passage]) -> list[AlignedUnit]:
        """Some of the passages as they are paired."""
        return [aligned_unit(one, self.marks.get(one.anchor, ())) for one in passages]


def join_sections(page: Page, other: Page) -> dict[str, str]:
    """The section that each section of `page` is compared in, by their anchors: one without a
    counterpart on the `other` page is read with the section before it, since its heading alone may
    be lost there, or have another anchor."""
    known = {section.anchor for section in other.sections}
    found: dict[str, str] = {}
    into = next((section.anchor for section in other.sections), "")
    for section in page.sections:
        into = section.anchor if section.anchor in known else into
        found[section.anchor] = into
    return found


def pair_sections(
    source: Page, page: Page, signatures: Signatures, anchors: Collection[str] | None = None
) -> Iterator[tuple[str, Paired]]:
    """Each section that both have, by its anchor; only those of `anchors`, if given."""
    theirs, mine = _read(source, page, signatures), _read(page, source, signatures)
    ratio = _ratio(theirs.passages, mine.passages)
    for anchor in mine.passages:
        if anchor in theirs.passages and (anchors is None or anchor in anchors):
            there, here = _without_repeated(
                (source, _bodies(theirs.passages[anchor])), (page, _bodies(mine.passages[anchor]))
            )
            pairs = align(theirs.units(there), mine.units(here), ratio)
            lone = _lone(pairs or (), there, here) - {anchor}
            lone = frozenset(one for one in lone if not _is_marked(one, anchor, theirs, mine))
            if lone:
                there, here = (
                    [one for one in some if one.anchor not in lone] for some in (there, here)
                )
                pairs = align(theirs.units(there), mine.units(here), ratio)
            heading = next(iter(mine.passages[anchor]), None)
            yield anchor, Paired(source, page, there, here, pairs, heading, lone)


def _read(page: Page, other: Page, signatures: Signatures) -> _Side:
    into = join_sections(page, other)
    passages: dict[str, list[Passage]] = {one: [] for one in into.values()}
    for passage in without_indented_code(page, find_written(page, signatures)):
        is_body = passage.start >= page.body_start and passage.kind != "foreign"
        end = passage.start + len(passage.text)
        if is_body and not _TOOL_LINES.fullmatch(page.text.text, passage.start, end):
            passages.setdefault(into.get(passage.anchor, passage.anchor), []).append(passage)
    marks: dict[str, list[Mark]] = {}
    for start, text in find_marks(page, signatures):
        marks.setdefault(section_at(page.sections, start), []).append((start, text))
    return _Side(into, passages, marks)


def _bodies(passages: Sequence[Passage]) -> Sequence[Passage]:
    """The passages of a section below its own heading."""
    return passages[1:] if passages and passages[0].kind == "heading" else passages


def _without_repeated(*sides: tuple[Page, Sequence[Passage]]) -> list[Sequence[Passage]]:
    """The passages of a section, without what a page says twice in a row: that has advice on its
    style. Where both pages have as many passages, each may have its counterpart."""
    kinds = [[one.kind for one in some] for _, some in sides]
    if kinds[0] == kinds[1]:
        return [some for _, some in sides]
    return [[one for one in some if not page.is_repeated(one.start)] for page, some in sides]


def _lone(
    pairs: Sequence[Pair], theirs: Sequence[Passage], mine: Sequence[Passage]
) -> frozenset[str]:
    """The sections of which no passage has a counterpart."""
    paired: set[str] = set()
    for pair in pairs:
        if pair.source and pair.translation:
            paired |= {theirs[number].anchor for number in pair.source}
            paired |= {mine[number].anchor for number in pair.translation}
    return frozenset(one.anchor for one in (*theirs, *mine)) - paired


def _is_marked(anchor: str, into: str, theirs: _Side, mine: _Side) -> bool:
    """Whether one page has a mark of a section `anchor` that the other has in the section `into`:
    its heading alone is lost."""
    side, other = (theirs, mine) if anchor in theirs.marks else (mine, theirs)
    own = {text for _, text in side.marks.get(anchor, ())}
    near = (marks for name, marks in other.marks.items() if other.into.get(name) == into)
    return any(text in own for marks in near for _, text in marks)


def _ratio(theirs: Mapping[str, Sequence[Passage]], mine: Mapping[str, Sequence[Passage]]) -> float:
    """Of the whole page: in a short section, what is lost would pass for brevity."""
    there = sum(len(one.words) for passages in theirs.values() for one in passages)
    here = sum(len(one.words) for passages in mine.values() for one in passages)
    return min(max((here + _USUAL) / (there + _USUAL), 0.8), 1.25)
