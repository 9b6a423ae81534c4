"""Which passages of a translation say which of its source, when their numbers differ: the pairing
that fits best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from math import inf, log

from metropolis.content.likeness import LEAST, SHAPES, Likeness, Shape, Units, find_lists

_BAND = 12  # passages: so far from the diagonal a counterpart may be, beside the difference
_PLAIN = 3.0  # the cost up to which a pair needs no search
# Sections with the same passages in the same order are pairs, one by one, unless another pairing is
# so much cheaper: a translator who is brief left nothing out.
_MARGIN = 6.5
_SMALL_MARGIN = 2.5  # if another one joins or splits some: of many, one may be cheaper by chance
_ODD_MARGIN = 12.0  # or joins what seems to say something else
_SURE = 8.0  # so much cheaper, and it is certain
# What is lost may as well be its neighbour, if it takes the neighbour's counterpart for no more.
_NEAR = 2.0
_HARDLY_DEARER = 2.5  # to join it with its neighbour; for a short one it is cheap anyway
_POOR = 10.0  # the cost of one that hardly fits: what is lost beside it is not sure
_SURE_JOIN = 3.0  # cheaper than that one of them is lost
_SURE_SPLIT = 2.0  # cheaper than that one of them is too many
_SHORT = 40  # characters of a paragraph, which is split off rather than added
_MOVED = 3.0  # the highest cost of one that surely stands elsewhere
_SPAN = 6  # pairs: so far apart, what is lost and what is too many are two faults
_USUAL = 500  # characters, after which a section's own lengths tell more than its page's
_OTHER_RATIO = 0.03  # of lengths, that may lead to another pairing
MOST = 20_000  # passages times band: a second of work


@dataclass(frozen=True)
class Pair:
    """Counterparts, as ranges of numbers: one of the two may be empty. Not `is_sure`: another
    pairing is nearly as good, such as one by one in sections that are built alike. What is lost
    `may_be_neighbour`: one of the two is. What `is_moved` stands elsewhere in the translation."""

    source: range
    translation: range
    is_sure: bool = True
    may_be_neighbour: bool = False
    is_moved: bool = False

    @property
    def is_one(self) -> bool:
        return len(self.source) == len(self.translation) == 1


def align(source: Units, translation: Units, ratio: float) -> list[Pair] | None:
    """The cheapest pairing, in the order of the source; None if there is too much to compare.
    `ratio`: of lengths."""
    one_by_one = [Pair(range(n, n + 1), range(n, n + 1)) for n in range(len(source))]
    is_parallel = [unit.kind for unit in source] == [unit.kind for unit in translation]
    likeness = Likeness(source, translation, ratio)
    if len(source) == len(translation) and all(
        likeness.cost(one.source, one.translation) <= _PLAIN for one in one_by_one
    ):
        return one_by_one
    if len(source) * _width(likeness) > MOST:
        return None
    pairs, least = _search(likeness)
    own = _own_ratio(pairs, likeness)
    if abs(own - ratio) > _OTHER_RATIO * ratio and not all(pair.is_one for pair in pairs):
        likeness.ratio = own
        pairs, least = _search(likeness)
    pairs, saved = _with_moved(pairs, likeness)
    if is_parallel:
        gain = sum(likeness.cost(one.source, one.translation) for one in one_by_one) - least + saved
        is_lone = all(p.is_one or not (p.source and p.translation) for p in pairs)
        margin = _MARGIN if is_lone else _SMALL_MARGIN + log(max(len(source) / 3, 1))
        if any(likeness.is_odd(pair.source, pair.translation) for pair in pairs):
            margin = _ODD_MARGIN
        if gain <= margin:
            return one_by_one
        if gain <= _SURE:
            return [replace(pair, is_sure=False) for pair in pairs]
    return _Doubts(pairs, likeness).mark()


def _own_ratio(pairs: Sequence[Pair], likeness: Likeness) -> float:
    """Of the section's pairs of one and one: where much is lost, the page's ratio is too small."""
    alone = [pair for pair in pairs if pair.is_one]
    there = sum(likeness.source[one.source.start].length for one in alone)
    here = sum(likeness.translation[one.translation.start].length for one in alone)
    return (here + likeness.ratio * _USUAL) / (there + _USUAL)


def _with_moved(pairs: Sequence[Pair], likeness: Likeness) -> tuple[list[Pair], float]:
    """The pairs, where what is lost and what is too many elsewhere are one if they say the same,
    and the cost that this saves."""
    lost = [n for n, pair in enumerate(pairs) if not pair.translation]
    more = [m for m, pair in enumerate(pairs) if not pair.source]
    costs: list[tuple[float, int, int]] = []
    for n, m in product(lost, more):
        theirs, mine = pairs[n].source, pairs[m].translation
        if likeness.have_trace(theirs.start, mine.start):
            costs.append((likeness.cost(theirs, mine), n, m))
    found, saved = dict(enumerate(pairs)), 0.0
    for cost, n, m in sorted(costs):
        if cost <= _MOVED and m in found and not found[n].is_moved:
            alone = found[n], found.pop(m)
            found[n] = replace(alone[0], translation=alone[1].translation, is_moved=True)
            saved += sum(likeness.cost(one.source, one.translation) for one in alone) - cost
    return list(found.values()), saved


def _width(likeness: Likeness) -> int:
    return abs(len(likeness.source) - len(likeness.translation)) + _BAND


def _search(likeness: Likeness) -> tuple[list[Pair], float]:
    """The cheapest pairing, and its cost."""
    source, translation, width = likeness.source, likeness.translation, _width(likeness)
    their_lists, lists = find_lists(source), find_lists(translation)
    # rows[i][j]: the least cost of pairing the first i with the first j, and the last pair's shape.
    rows: list[dict[int, tuple[float, Shape]]] = []
    for i in range(len(source) + 1):
        rows.append({})
        middle = i * len(translation) // max(len(source), 1)
        for j in range(max(middle - width, 0), min(middle + width, len(translation)) + 1):
            best = (inf if i or j else 0.0, (0, 0))
            shapes = LEAST
            if i in their_lists and j and translation[j - 1].kind == "paragraph":
                shapes = shapes | {(number, 1): LEAST[2, 1] for number in their_lists[i]}
            if j in lists and i and source[i - 1].kind == "paragraph":
                shapes = shapes | {(1, number): LEAST[1, 2] for number in lists[j]}
            for (taken, given), least in shapes.items():
                before = rows[i - taken].get(j - given) if taken <= i else None
                if before and before[0] + least < best[0]:
                    pair = range(i - taken, i), range(j - given, j)
                    cost = before[0] + likeness.cost(*pair, best[0] - before[0])
                    best = min(best, (cost, (taken, given)))
            rows[i][j] = best
    return _follow(rows, len(source), len(translation)), rows[-1][len(translation)][0]


def _follow(rows: Sequence[Mapping[int, tuple[float, Shape]]], i: int, j: int) -> list[Pair]:
    """The pairs, found from the last to the first."""
    found: list[Pair] = []
    while i or j:
        taken, given = rows[i][j][1]
        found.append(Pair(range(i - taken, i), range(j - given, j)))
        i, j = i - taken, j - given
    return found[::-1]


@dataclass(frozen=True)
class _Doubts:
    """Which pairs of a section could be others that are nearly as good."""

    pairs: Sequence[Pair]
    likeness: Likeness

    def mark(self) -> list[Pair]:
        """The pairs, with what is in doubt."""
        lost = [n for n, pair in enumerate(self.pairs) if not pair.translation]
        neighbours = {n for n in lost if any(self._may_be_lost(n, one) for one in self._beside(n))}
        doubtful = {
            n
            for n in lost
            if self._may_be_moved(self.pairs[n])
            or any(self._may_be_joined(n, one) for one in self._beside(n))
        }
        poor = {n for n, pair in enumerate(self.pairs) if self._is_poor(pair)}
        doubtful |= {n for n in lost if poor & {n - 1, n + 1}} | poor
        doubtful |= {n for n, pair in enumerate(self.pairs) if self._may_be_half_lost(pair)}
        lone = [n for n, pair in enumerate(self.pairs) if len(pair.source) != len(pair.translation)]
        for first, last in pairwise(lone):
            if last - first <= _SPAN and self._may_be_shifted(first, last):
                doubtful |= {*range(first, last + 1)}
        return [
            replace(pair, is_sure=n not in doubtful, may_be_neighbour=n in neighbours)
            for n, pair in enumerate(self.pairs)
        ]

    def _beside(self, number: int) -> Iterator[Pair]:
        """The pairs of one and one before and behind."""
        beside = [*self.pairs[max(number - 1, 0) : number], *self.pairs[number + 1 : number + 2]]
        return (one for one in beside if one.is_one)

    def _may_be_lost(self, number: int, other: Pair) -> bool:
        """Whether the pair beside it is the one that is lost."""
        cost = self.likeness.cost(self.pairs[number].source, other.translation)
        return cost <= self._cost_of(other) + _NEAR

    def _may_be_joined(self, number: int, other: Pair) -> bool:
        """Whether it is not lost, but joined with the pair beside it."""
        some = sorted([*self.pairs[number].source, *other.source])
        cost = self.likeness.cost(range(some[0], some[-1] + 1), other.translation)
        is_short = self.likeness.source[self.pairs[number].source.start].length < _SHORT
        most = _HARDLY_DEARER - is_short
        return cost <= self._cost_of(self.pairs[number]) + self._cost_of(other) + most

    def _is_poor(self, pair: Pair) -> bool:
        """Whether a pair hardly fits; of many, each costs a little more."""
        number = len(pair.source) + len(pair.translation)
        return self._cost_of(pair) > _POOR + number - 2

    def _may_be_half_lost(self, pair: Pair) -> bool:
        """Whether one of two that are one on the other side may be alone: the other of them fits
        nearly as well."""
        theirs, mine, cost = pair.source, pair.translation, self.likeness.cost
        if (len(theirs), len(mine)) == (2, 1):
            least = min(cost(range(i, i + 1), mine) for i in theirs) - _SURE_JOIN
        elif (len(theirs), len(mine)) == (1, 2):
            lengths = [self.likeness.translation[j].length for j in mine]
            if min(lengths) < _SHORT:
                return False
            least = min(cost(theirs, range(j, j + 1)) for j in mine) - _SURE_SPLIT
        else:
            return False
        return SHAPES[1, 0] + least <= self._cost_of(pair)

    def _may_be_moved(self, pair: Pair) -> bool:
        """Whether the passage is lost, or stands elsewhere in the section: it fits one that is too
        many better than both stand alone."""
        alone = [other for other in self.pairs if not other.source]
        most = SHAPES[1, 0] + SHAPES[0, 1]
        return any(self.likeness.cost(pair.source, other.translation) <= most for other in alone)

    def _may_be_shifted(self, first: int, last: int) -> bool:
        """Whether a passage that is lost and one too many stand for each other, and those between
        them for the next ones."""
        some = self.pairs[first : last + 1]
        theirs = range(some[0].source.start, some[-1].source.stop)
        mine = range(some[0].translation.start, some[-1].translation.stop)
        kinds = (
            [self.likeness.source[i].kind for i in theirs],
            [self.likeness.translation[j].kind for j in mine],
        )
        if kinds[0] != kinds[1]:
            return False
        one_by_one = zip(theirs, mine, strict=True)
        other = sum(self.likeness.cost(range(i, i + 1), range(j, j + 1)) for i, j in one_by_one)
        return other <= sum(map(self._cost_of, some)) + _SURE

    def _cost_of(self, pair: Pair) -> float:
        return self.likeness.cost(pair.source, pair.translation)
