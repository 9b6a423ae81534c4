"""Passages of a translation beside those of its source, with the quantities that only one side
has. Where both sections have the same kinds of passages in one order, one stands for one; else the
sections are compared as a whole, and the pairing by length and names tells which passages have no
counterpart at all: what they say is reported with their paragraph, list or table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from metropolis.content.page import Page
from metropolis.content.pairing import join_sections, pair_sections
from metropolis.content.paragraphs import tell_other_version
from metropolis.content.prose import Passage
from metropolis.language.quantity import Reading
from metropolis.wording.mentions import Mention, Passages, gather_mentions

_MOST_COMPARED = 250  # each with each
_MOST_PAIRED = 100  # passages of a section
_FEW = 3  # figures that a translation of the same words may have otherwise
_TWO = re.compile(r"\d{1,3},\d{1,3}")
_ALONE = -1  # the number of a passage without a counterpart


Side = Literal["own", "other"]
Places = dict[Reading, set[int]]


@dataclass
class SectionFigures:
    """In which pairs of a section each reading is, in the translation and in the source."""

    own: Places
    other: Places


@dataclass
class FigurePair:
    """Passages and their translation. `numbers`: in a section that is compared as a whole, the
    number of the pair that each passage is in, by its start, in the translation and in the
    source."""

    own: Passages
    other: Passages
    is_section: bool
    extra: list[Mention]
    lost: list[Mention]
    numbers: tuple[dict[int, int], dict[int, int]] = field(default_factory=lambda: ({}, {}))
    section: SectionFigures = field(default_factory=lambda: SectionFigures({}, {}))
    index: int = 0  # in the section

    def cut(self) -> int:
        """Keeps no more than can be compared, and returns how many were left out."""
        cut = len(self.extra[_MOST_COMPARED:]) + len(self.lost[_MOST_COMPARED:])
        self.extra, self.lost = self.extra[:_MOST_COMPARED], self.lost[:_MOST_COMPARED]
        return cut

    @property
    def is_unclear(self) -> bool:
        """Whether its passages have to be paired: those of a whole section that differs, or two
        that have so little in common that they may say other things."""
        return len(self.extra) + len(self.lost) > (0 if self.is_section else _FEW)

    @property
    def is_short(self) -> bool:
        """Whether it takes little time to find which passage stands for which."""
        return max(len(self.own.passages), len(self.other.passages)) <= _MOST_PAIRED

    def may_replace(self, mention: Mention, twin: Mention) -> bool:
        """Whether a quantity of the translation may stand for one of the source."""
        own, other = self.numbers
        number = own.get(mention.passage.start)
        return not self.is_section or number == other.get(twin.passage.start, number)

    def are_paired(self, passage: Passage, other: Passage) -> bool:
        """Whether a passage of the translation surely says what the `other` of the source says."""
        number = self.numbers[0].get(passage.start)
        known = number is not None and number == self.numbers[1].get(other.start)
        return known or not self.is_section

    def has_elsewhere(self, mention: Mention, side: Side) -> bool:
        """Whether another passage of the section has the same quantity."""
        places = getattr(self.section, side)
        return _is_elsewhere(mention, places, self.index)

    def drop_lone_passages(self) -> None:
        """Removes the quantities of passages without a counterpart."""
        own, other = self.numbers
        self.extra = [one for one in self.extra if own.get(one.passage.start) != _ALONE]
        self.lost = [one for one in self.lost if other.get(one.passage.start) != _ALONE]


def pair_figures(
    page: Page, source: Page, passages: Iterable[Passage], source_passages: Iterable[Passage]
) -> list[list[FigurePair]]:
    """The pairs of each section that both have."""
    mine = part_sections(passages, join_sections(page, source))
    theirs = part_sections(source_passages, join_sections(source, page))
    sections = {
        anchor: _pairs(page, source, mine[anchor], theirs[anchor])
        for anchor in mine
        if anchor in theirs
    }
    pairs = [pair for section in sections.values() for pair in section]
    _drop_moved(pairs)
    for section in sections.values():
        if any(pair.extra or pair.lost for pair in section):
            figures = SectionFigures(_all_places(section, "own"), _all_places(section, "other"))
            for index, pair in enumerate(section):
                pair.section, pair.index = figures, index
    unclear = [pair for pair in pairs if pair.is_unclear]
    anchors = {
        anchor
        for anchor, section in sections.items()
        if any(pair.is_unclear and pair.is_short for pair in section)
    }
    numbers = _number(page, source, anchors) if anchors else ({}, {})
    for pair in unclear:
        pair.numbers = numbers
        pair.drop_lone_passages()
    return list(sections.values())


def part_sections(
    passages: Iterable[Passage], into: Mapping[str, str]
) -> dict[str, list[tuple[Passage, ...]]]:
    """The passages of each section that is compared; words marked as another language go with the
    passage around them."""
    sections: dict[str, list[tuple[Passage, ...]]] = {}
    for passage in passages:
        groups = sections.setdefault(into.get(passage.anchor, passage.anchor), [])
        if passage.kind == "foreign" and groups:
            groups[-1] = (*groups[-1], passage)
        else:
            groups.append((passage,))
    return sections


def _pairs(
    page: Page,
    source: Page,
    own: list[tuple[Passage, ...]],
    other: list[tuple[Passage, ...]],
) -> list[FigurePair]:
    """Pairs of passages where both sections have the same kinds in one order; else whole
    sections."""
    is_parallel = [group[0].kind for group in own] == [group[0].kind for group in other]
    groups = (
        [([a], [b]) for a, b in zip(own, other, strict=True)] if is_parallel else [(own, other)]
    )
    pairs = [
        FigurePair(
            gather_mentions(page, mine), gather_mentions(source, theirs), not is_parallel, [], []
        )
        for mine, theirs in groups
    ]
    for pair in pairs:
        pair.extra = [one for one in pair.own.mentions if not pair.other.says(one)]
        pair.lost = [one for one in pair.other.mentions if not pair.own.says(one)]
        _drop_lists(pair.extra, pair.lost, pair.other)
        _drop_lists(pair.lost, pair.extra, pair.own)
        if is_parallel and not pair.extra and not pair.lost:
            _find_exchanged(pair)
    return [pair for pair in pairs if pair.own.passages]


def _drop_lists(some: list[Mention], others: list[Mention], side: Passages) -> None:
    """Removes what is a decimal here and two numbers on the other `side`: "[1,12]", "[1 ; 12]"."""
    known = {one.words for one in side.mentions}
    for mention in [one for one in some if _TWO.fullmatch(one.words) and not one.is_measured]:
        digits = {*mention.words.split(",")}
        lost = {one.words for one in others if one.words in digits}
        before = mention.passage.text[: mention.start - mention.passage.start]
        if lost == digits or (before.endswith("[") and known >= digits):
            some.remove(mention)
            others[:] = [one for one in others if one.words not in digits]


def _find_exchanged(pair: FigurePair) -> None:
    """A figure in place of another that both passages have too: one is there once more than in the
    other passage, one once less."""
    own, other = (
        Counter(one.key for one in side.mentions if one.quantity.form == "digits")
        for side in (pair.own, pair.other)
    )
    more, fewer = own - other, other - own
    if more.total() == fewer.total() == 1 and own.keys() == other.keys():
        pair.extra = [one for one in pair.own.mentions if one.key in more][-1:]
        pair.lost = [one for one in pair.other.mentions if one.key in fewer][-1:]


def _drop_moved(pairs: list[FigurePair]) -> None:
    """Removes quantities that moved: missing in one passage and surplus in another, they are no
    difference."""
    lost, extra = _places(pairs, "lost"), _places(pairs, "extra")
    for index, pair in enumerate(pairs):
        pair.extra = [one for one in pair.extra if not _is_elsewhere(one, lost, index)]
        pair.lost = [one for one in pair.lost if not _is_elsewhere(one, extra, index)]


def _all_places(pairs: list[FigurePair], side: Side) -> Places:
    return _index(getattr(pair, side).mentions for pair in pairs)


def _places(pairs: list[FigurePair], side: Literal["lost", "extra"]) -> Places:
    """Of what may be left out anywhere (`both`), one place proves nothing about another."""
    groups = (getattr(pair, side) for pair in pairs)
    return _index([one for one in group if one.quantity.form != "hint"] for group in groups)


def _index(groups: Iterable[list[Mention]]) -> Places:
    """In which groups each reading is."""
    places: Places = {}
    for index, mentions in enumerate(groups):
        for mention in mentions:
            for reading in mention.quantity.readings:
                places.setdefault(reading, set()).add(index)
    return places


def _is_elsewhere(mention: Mention, places: Places, index: int) -> bool:
    found = (places.get(reading, set()) for reading in mention.quantity.readings)
    return any(len(indexes) > 1 or (indexes and index not in indexes) for indexes in found)


def _number(
    page: Page, source: Page, anchors: Collection[str]
) -> tuple[dict[int, int], dict[int, int]]:
    """The number of the pair that each passage of some sections is in, by its start, here and in
    the source; none is paired where they are of another version."""
    own: dict[int, int] = {}
    other: dict[int, int] = {}
    count = 0
    sections = [section for _, section in pair_sections(source, page, {}, anchors)]
    is_other = tell_other_version(page, source, sections) is not None
    for section in sections:
        for pair in section.pairs or ():
            count += 1
            is_paired = pair.source and pair.translation and not is_other
            number = count if is_paired else _ALONE
            own |= _starts(section.mine, pair.translation, number)
            other |= _starts(section.theirs, pair.source, number)
    return own, other


def _starts(passages: Sequence[Passage], some: range, number: int) -> Iterator[tuple[int, int]]:
    return ((passages[index].start, number) for index in some)
