"""The passages of a translation beside those of its source, section by section."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from metropolis.content.alignment import Pair, align
from metropolis.content.likeness import AlignedUnit
from metropolis.content.macro_signature import Signatures, identity
from metropolis.content.outside_address import neutral_address
from metropolis.content.page import Page
from metropolis.content.prose import Passage, find_written
from metropolis.language.collation import folded

_FIGURE = re.compile(r"\d+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_BEGINNING = 4  # letters: endings differ in each language
_USUAL = 2_000  # characters, after which a page's own lengths tell more than the usual ones
_PARAGRAPH_END = re.compile(r"\n *\n")

Passages = Mapping[str, list[Passage]]


class Groups:
    """Places in a section, the same in both languages though a paragraph is split."""

    def __init__(self, page: Page, passages: Sequence[Passage], ranges: Sequence[range]) -> None:
        self._starts = [passage.start for passage in passages]
        self._ends = [passage.start + len(passage.text) for passage in passages]
        self._numbers = [number for number, one in enumerate(ranges) for _ in one]
        self._paragraph_ends = [end.start() for end in _PARAGRAPH_END.finditer(page.text.text)]

    def place(self, offset: int) -> tuple[int, int]:
        """The number of the pair before `offset`, and the paragraphs without words between."""
        number = bisect_right(self._starts, offset) - 1
        end = self._ends[number] if number >= 0 else 0
        ends = self._paragraph_ends
        beyond = max(bisect_right(ends, offset) - bisect_right(ends, end), 0)
        is_paired = number >= 0 and bool(self._numbers)
        return self._numbers[number] if is_paired else number, beyond


@dataclass(frozen=True)
class Paired:
    """A section that both pages have: its passages, and `pairs`, None if that is too much work."""

    source: Page
    page: Page
    theirs: Sequence[Passage]
    mine: Sequence[Passage]
    pairs: Sequence[Pair] | None

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
                end = [one.kind == "item" for one in others[run.stop - 1 : run.stop + 1]]
                if len(own) == 1 < len(run) and end in ([True], [True, False]):
                    found.append(some[own.start].start)
        return texts

    @cached_property
    def their_groups(self) -> Groups:
        ranges = [pair.source for pair in self.pairs or ()]
        return Groups(self.source, self.theirs, ranges)

    @cached_property
    def groups(self) -> Groups:
        return Groups(self.page, self.mine, [pair.translation for pair in self.pairs or ()])


def pair_sections(
    source: Page,
    page: Page,
    theirs: Passages,
    mine: Passages,
    signatures: Signatures,
    anchors: Collection[str] | None = None,
) -> Iterator[tuple[str, Paired]]:
    """Each section that both have, by its anchor; only those of `anchors`, if given."""
    their_marks, marks = _marks(source, signatures), _marks(page, signatures)
    ratio = _ratio(theirs, mine)
    for anchor, passages in mine.items():
        if anchor in theirs and (anchors is None or anchor in anchors):
            there, here = _bodies(theirs[anchor]), _bodies(passages)
            units = [_unit(one, their_marks) for one in there], [_unit(one, marks) for one in here]
            yield anchor, Paired(source, page, there, here, align(*units, ratio))


def _bodies(passages: Sequence[Passage]) -> list[Passage]:
    return [passage for passage in passages if passage.kind != "heading"]


def _ratio(theirs: Passages, mine: Passages) -> float:
    """Of the whole page: in a short section, what is lost would pass for brevity."""
    there = sum(len(one.words) for passages in theirs.values() for one in passages)
    here = sum(len(one.words) for passages in mine.values() for one in passages)
    return min(max((here + _USUAL) / (there + _USUAL), 0.8), 1.25)


def passages_by_section(page: Page, signatures: Signatures) -> dict[str, list[Passage]]:
    """The passages of `page` under each anchor, its headings among them and its header not."""
    found: dict[str, list[Passage]] = {section.anchor: [] for section in page.sections}
    for passage in find_written(page, signatures):
        if passage.start >= page.body_start and passage.kind != "foreign":
            found.setdefault(passage.anchor, []).append(passage)
    return found


def _marks(page: Page, signatures: Signatures) -> list[tuple[int, str]]:
    """What a translation has letter for letter (calls, addresses, code), and where, in order."""
    found = [(call.start, identity(call, signatures)) for call in page.calls]
    found += [(link.start, neutral_address(link.address)) for link in page.links]
    return sorted(found + [(start, page.text.text[start:end]) for start, end in page.code])


def _unit(passage: Passage, marks: Sequence[tuple[int, str]]) -> AlignedUnit:
    first = bisect_left(marks, (passage.start, ""))
    last = bisect_left(marks, (passage.start + len(passage.text), ""))
    own = [text for _, text in marks[first:last]]
    words = passage.words
    beginnings = frozenset(map(_beginning, _LONG_WORD.findall(words)))
    marks_of = Counter([*own, *_FIGURE.findall(words)])
    return AlignedUnit(passage.kind, len(words), marks_of, beginnings)


@lru_cache(maxsize=50_000)
def _beginning(word: str) -> str:
    return folded(word)[:_BEGINNING]
