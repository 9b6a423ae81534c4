"""Whether a passage of a translation lacks a sentence of its source. Translators join and split
sentences as they like, which keeps the length: one is lost if nothing is like it, if the passage is
shorter by about its length, and if the sentences beside it did not take it in. One with a figure, a
link, a note or a call is left to the checks of these."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from metropolis.content.alignment import Pair, align
from metropolis.content.landmarks import Mark, aligned_unit, find_marks
from metropolis.content.likeness import Likeness
from metropolis.content.macro_signature import Signatures
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, excerpt
from metropolis.content.pairing import Paired
from metropolis.content.prose import Passage
from metropolis.language.sentences import split_sentences
from metropolis.problem import Problem

REMEDIES = "Add it, if no other sentence says it.", "Add them, if no other sentence says them."
_KINDS = frozenset({"paragraph", "item", "quotation", "note"})
_USUAL = 2_000  # characters, after which a page's own lengths tell more than the usual ones
_SHORTEST = 30  # characters of a sentence that anyone would miss
_SHORTER = 0.8  # of its length: the passage is shorter by that at least
_LONGER = 0.2  # of its length: a neighbour's counterpart is longer by that at most
_MORE_PARTS = 1  # commas and the like, that it has more at most
_NEAR = 6.0  # of cost: a neighbour that has its counterpart for so little more may be the lost one
_FEWEST_WORDS = 12  # long ones, of a passage
_SHARE = 10  # and at least one of so many is one of its counterpart's
_MOST_COMPARED = 40  # sentences of a passage
_MOST_SAID = 3  # passages of a page
_PART_SIGN = re.compile(r"[,;:()–—]")


@dataclass(frozen=True)
class _Loss:
    """Sentences that a passage seems to lack, or those beside them."""

    passage: Passage
    sentences: Sequence[Passage]
    may_be_neighbour: bool


def find_lost_sentences(
    source: Page, page: Page, sections: Collection[Paired], signatures: Signatures
) -> list[Problem]:
    """Advice on the `sections` of a page; of a page that often says less, one."""
    twins = [one for section in sections for one in _twins(section)]
    lengths = (sum(len(one.words) for one in side) for side in zip(*twins, strict=True))
    there, here = (length + _USUAL for length in (lengths if twins else (0, 0)))
    search = _SentenceSearch(source, page, signatures, here / there)
    losses = [loss for one in twins if (loss := search.find_loss(*one))]
    if len(losses) <= _MOST_SAID:
        return [_tell(source, page, loss) for loss in losses]
    what = f"From here on, {len(losses)} passages seem to lack sentences of {source.path}."
    how = "Compare them, and add what is missing."
    return [page.problem(losses[0].passage.first, what, how=how, severity="advice")]


def _tell(source: Page, page: Page, loss: _Loss) -> Problem:
    first, is_one = loss.sentences[0], len(loss.sentences) == 1
    line = source.text.place(first.first)[0]
    words = excerpt(source.text.text[first.start : first.start + len(first.text)])
    beside = (", or one beside it" if is_one else ", or some beside them") * loss.may_be_neighbour
    if is_one:
        what, how = "A sentence seems", REMEDIES[0]
    else:
        what, how = f"{len(loss.sentences)} sentences seem", REMEDIES[1]
    words = f"“{words}”" if is_one else f"“{words}” and others"
    what = f"{what} to be missing here: {words} ({source.path}, line {line}){beside}."
    return page.problem(loss.passage.first, what, how=how, severity="advice")


def _twins(section: Paired) -> Iterator[tuple[Passage, Passage]]:
    """Passages of the source and of the translation that surely are one and one, beside others that
    are."""
    pairs = section.pairs or ()
    plain = [True, *(pair.is_one and pair.is_sure and not pair.is_moved for pair in pairs), True]
    for number, pair in enumerate(pairs):
        if all(plain[number : number + 3]):
            theirs, mine = section.theirs[pair.source.start], section.mine[pair.translation.start]
            if theirs.kind == mine.kind and theirs.kind in _KINDS:
                yield theirs, mine


@dataclass(frozen=True)
class _SentenceSearch:
    """Of two pages, whose texts have a `ratio` of lengths."""

    source: Page
    page: Page
    signatures: Signatures
    ratio: float

    @cached_property
    def _marks(self) -> tuple[list[Mark], list[Mark]]:
        """Of both pages; few are asked for them."""
        return find_marks(self.source, self.signatures), find_marks(self.page, self.signatures)

    @cached_property
    def _told(self) -> list[int]:
        """Where the source has what other checks miss."""
        source = self.source
        found = [one.start for one in source.calls] + [one.start for one in source.links]
        return sorted(found + [one.start for one in source.footnotes])

    def find_loss(self, theirs: Passage, mine: Passage) -> _Loss | None:
        shorter = self.ratio * len(theirs.words) - len(mine.words)
        if shorter < _SHORTER * self.ratio * _SHORTEST:
            return None
        if _are_strange(theirs, mine):
            return None
        there, here = _split(theirs), _split(mine)
        if not 0 < len(here) < len(there) <= _MOST_COMPARED:
            return None
        marks = self._marks
        units = (
            [aligned_unit(one, marks[0]) for one in there],
            [aligned_unit(one, marks[1]) for one in here],
        )
        pairs = align(*units, self.ratio) or []
        lost = [pair for pair in pairs if not pair.translation]
        sentences = [there[pair.source.start] for pair in lost]
        length = self.ratio * sum(len(one.words) for one in sentences)
        is_sure = all(pair.is_sure and pair.source and not pair.is_moved for pair in pairs)
        if not lost or not is_sure or shorter < _SHORTER * length:
            return None
        if not all(map(self._is_missed, sentences)):
            return None
        beside = _Neighbours(there, here, pairs, Likeness(*units, self.ratio))
        if beside.have_taken_in():
            return None
        return _Loss(mine, sentences, beside.may_be_lost())

    def _is_missed(self, sentence: Passage) -> bool:
        """Whether it is long enough, and no other check reports what it has."""
        start, words = sentence.start, sentence.words
        first, last = (bisect_left(self._told, at) for at in (start, start + len(sentence.text)))
        return len(words) >= _SHORTEST and first == last and not any(map(str.isdigit, words))


@dataclass(frozen=True)
class _Neighbours:
    """The sentences beside those that are lost, with their counterparts."""

    theirs: Sequence[Passage]
    mine: Sequence[Passage]
    pairs: Sequence[Pair]
    likeness: Likeness

    def _found(self) -> Iterator[tuple[range, Pair]]:
        """Each lost sentence with a pair beside it."""
        for beside in pairwise(self.pairs):
            for lost, other in (beside, beside[::-1]):
                if not lost.translation and other.translation:
                    yield lost.source, other

    def have_taken_in(self) -> bool:
        """Whether the counterpart of one is so long, or has so many parts, that it may say the lost
        one, too: "…, but at times …"."""
        ratio = self.likeness.ratio
        for lost, other in self._found():
            there = " ".join(self.theirs[number].words for number in other.source)
            here = " ".join(self.mine[number].words for number in other.translation)
            most = ratio * (len(there) + _LONGER * len(self.theirs[lost.start].words))
            if len(here) > most or _parts(here) > _parts(there) + _MORE_PARTS:
                return True
        return False

    def may_be_lost(self) -> bool:
        """Whether one fits nearly as badly, and the lost one has its counterpart."""
        cost = self.likeness.cost
        return any(
            cost(lost, other.translation) <= cost(other.source, other.translation) + _NEAR
            for lost, other in self._found()
        )


def _are_strange(theirs: Passage, mine: Passage) -> bool:
    """Whether two long passages have hardly a word or a figure in common: a page of another text
    has many, and each would be searched for sentences."""
    units = aligned_unit(theirs, ()), aligned_unit(mine, ())
    shared = len(units[0].words & units[1].words) + len(units[0].marks & units[1].marks)
    number = min(len(unit.words) for unit in units)
    return number >= _FEWEST_WORDS and shared * _SHARE < number


def _parts(words: str) -> int:
    return len(_PART_SIGN.findall(words))


def _split(passage: Passage) -> list[Passage]:
    """The sentences of a passage, each with its place; what has no letter belongs to the one before
    it."""
    text = passage.text.replace(BLANK, " ").replace("\n", " ")
    found: list[Passage] = []
    end = 0
    for words in split_sentences(text, passage.locale):
        begin = text.index(words, end)
        end = begin + len(words)
        if found and not any(map(str.isalpha, words)):
            begin = found.pop().start - passage.start
        span = passage.text[begin:end]
        found.append(replace(passage, kind="paragraph", text=span, start=passage.start + begin))
    return found
