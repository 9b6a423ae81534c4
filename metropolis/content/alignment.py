"""Which passages of a translation say which of its source, when their numbers differ: the pairing
that fits best by lengths (Gale and Church, 1993), by what both have letter for letter, and by words
that begin alike (Simard, Foster and Isabelle, 1992): "économie", "economy", "economía"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import erfc, inf, log, sqrt

Shape = tuple[int, int]  # how many passages of the source and of the translation are a pair

# The cost of a pair by its shape: the more unusual, the dearer.
_SHAPES: dict[Shape, float] = {
    (1, 1): 0.0, (1, 0): 5.0, (0, 1): 5.0, (2, 1): 4.0, (1, 2): 4.0,
    (3, 1): 5.0, (1, 3): 5.0, (4, 1): 6.0, (1, 4): 6.0, (2, 2): 7.0,
}  # fmt: skip
_LONE_ITEM = 2.5  # of an item or a row without a counterpart: lists are lost as a whole
_VARIANCE = 2.5  # of a translation's length, in characters for each character of the source
_DEAREST_LENGTH = 8.0  # a translator may shorten: two texts alone between others stay a pair
_OTHER_KIND = 1.0  # the cost of each list item for a paragraph
_FOREIGN_KIND = 12.0  # the cost of a row or a note for either: dearer than to leave both over
_PROSE = frozenset({"paragraph", "item", "quotation"})
_UNSHARED = 4.0  # the cost of two texts without the same figures, calls and addresses
_UNKNOWN = 1.0  # the cost of two texts without any
# The logarithms of how much likelier a word of two texts that say the same is to begin like none of
# the other's (70 % of its words), and like one (30 %), than a word of two texts that do not (94 and
# 6 %), measured on our pages and on manuals in English, French and Spanish.
_ALONE, _ALIKE = 0.3, 1.6
_DEAREST_WORDS = 5.0
_BAND = 20  # passages: so far from the diagonal a counterpart may be, beside the difference
_PLAIN = 2.0  # the cost up to which a pair needs no search
# Two sections with the same passages in the same order are pairs, one by one, unless another
# pairing is so much cheaper: a translator who is brief, or gives other examples, left nothing out.
_MARGIN = 4.0
_SURE = 8.0  # so much cheaper, and it is certain
# What is lost may as well be its neighbour, if it takes the neighbour's counterpart for no more.
_NEAR = 2.0
_HARDLY_DEARER = 0.5  # to join it with its neighbour
_SPAN = 6  # pairs: so far apart, what is lost and what is too many are two faults
MOST = 20_000  # passages times band: a second of work


@dataclass(frozen=True)
class AlignedUnit:
    """`length` in characters; `marks`: what is the same in every language, letter for letter;
    `words`: how its long words begin."""

    kind: str
    length: int
    marks: Counter[str]
    words: frozenset[str] = frozenset()


Units = Sequence[AlignedUnit]


@dataclass(frozen=True)
class Pair:
    """Counterparts, as ranges of numbers: one of the two may be empty. Not `is_sure`: another
    pairing is nearly as good, such as one by one in sections that are built alike. What is lost
    `may_be_neighbour`: one of the two is."""

    source: range
    translation: range
    is_sure: bool = True
    may_be_neighbour: bool = False


def align(source: Units, translation: Units, ratio: float) -> list[Pair] | None:
    """The cheapest pairing, in order; None if there is too much to compare. `ratio`: of lengths."""
    one_by_one = [Pair(range(n, n + 1), range(n, n + 1)) for n in range(len(source))]
    is_parallel = [unit.kind for unit in source] == [unit.kind for unit in translation]
    costs = [_cost([a], [b], ratio) for a, b in zip(source, translation, strict=False)]
    if len(source) == len(translation) and all(cost <= _PLAIN for cost in costs):
        return one_by_one
    width = abs(len(source) - len(translation)) + _BAND
    if len(source) * width > MOST:
        return None
    # rows[i][j]: the least cost of pairing the first i with the first j, and the last pair's shape.
    rows: list[dict[int, tuple[float, Shape]]] = []
    for i in range(len(source) + 1):
        rows.append({})
        middle = i * len(translation) // max(len(source), 1)
        for j in range(max(middle - width, 0), min(middle + width, len(translation)) + 1):
            best = (inf if i or j else 0.0, (0, 0))
            for (taken, given), price in _SHAPES.items():
                before = rows[i - taken].get(j - given) if taken <= i else None
                least = price if taken and given else _LONE_ITEM
                if before and before[0] + least < best[0]:
                    pair = source[i - taken : i], translation[j - given : j]
                    so_far = before[0] + price
                    cost = so_far + _cost(*pair, ratio, best[0] - so_far)
                    best = min(best, (cost, (taken, given)))
            rows[i][j] = best
    gain = sum(costs) - rows[-1][len(translation)][0]
    if is_parallel and gain <= _MARGIN:
        return one_by_one
    pairs = _follow(rows, len(source), len(translation))
    if is_parallel and gain <= _SURE:
        return [replace(pair, is_sure=False) for pair in pairs]
    return _Doubts(pairs, source, translation, ratio).mark()


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
    source: Units
    translation: Units
    ratio: float

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
        lone = [n for n, pair in enumerate(self.pairs) if len(pair.source) != len(pair.translation)]
        for first, last in pairwise(lone):
            if last - first <= _SPAN and self._may_be_shifted(first, last):
                doubtful |= {*range(first, last + 1)}
        return [
            replace(pair, is_sure=n not in doubtful, may_be_neighbour=n in neighbours)
            for n, pair in enumerate(self.pairs)
        ]

    def _beside(self, number: int) -> list[Pair]:
        """The pairs of one and one before and behind."""
        beside = [*self.pairs[max(number - 1, 0) : number], *self.pairs[number + 1 : number + 2]]
        return [one for one in beside if len(one.source) == len(one.translation) == 1]

    def _may_be_lost(self, number: int, other: Pair) -> bool:
        """Whether the pair beside it is the one that is lost."""
        cost = self._cost(self.pairs[number].source, other.translation)
        return cost <= self._cost_of(other) + _NEAR

    def _may_be_joined(self, number: int, other: Pair) -> bool:
        """Whether it is not lost, but joined with the pair beside it."""
        some = sorted([*self.pairs[number].source, *other.source])
        cost = _SHAPES[2, 1] + self._cost(range(some[0], some[-1] + 1), other.translation)
        return cost <= _SHAPES[1, 0] + self._cost_of(other) + _HARDLY_DEARER

    def _may_be_moved(self, pair: Pair) -> bool:
        """Whether the passage is lost, or stands elsewhere in the section: it fits one that is too
        many better than both stand alone."""
        alone = [other for other in self.pairs if not other.source]
        most = _SHAPES[1, 0] + _SHAPES[0, 1]
        return any(self._cost(pair.source, other.translation) <= most for other in alone)

    def _may_be_shifted(self, first: int, last: int) -> bool:
        """Whether a passage that is lost and one too many stand for each other, and those between
        them for the next ones."""
        some = self.pairs[first : last + 1]
        theirs = range(some[0].source.start, some[-1].source.stop)
        mine = range(some[0].translation.start, some[-1].translation.stop)
        kinds = [self.source[i].kind for i in theirs], [self.translation[j].kind for j in mine]
        if kinds[0] != kinds[1]:
            return False
        one_by_one = zip(theirs, mine, strict=True)
        other = sum(self._cost(range(i, i + 1), range(j, j + 1)) for i, j in one_by_one)
        return other <= sum(map(self._cost_of, some)) + _SURE

    def _cost_of(self, pair: Pair) -> float:
        shape = _SHAPES[len(pair.source), len(pair.translation)]
        return shape + self._cost(pair.source, pair.translation)

    def _cost(self, theirs: range, mine: range) -> float:
        units = self.source[theirs.start : theirs.stop], self.translation[mine.start : mine.stop]
        return _cost(*units, self.ratio)


def _cost(source: Units, translation: Units, ratio: float, most: float = inf) -> float:
    """The cost of a pair, or any that is more than `most`."""
    if not source or not translation:
        (alone,) = (*source, *translation)
        return _LONE_ITEM - _SHAPES[(1, 0)] if alone.kind in ("item", "row") else 0.0
    expected = ratio * sum(unit.length for unit in source)
    length = sum(unit.length for unit in translation)
    distance = abs(length - expected) / sqrt(_VARIANCE * max(expected, length, 1))
    cost = min(-log(max(erfc(distance / sqrt(2)), 1e-9)), _DEAREST_LENGTH)
    kinds = {unit.kind for unit in source}, {unit.kind for unit in translation}
    if kinds[0] != kinds[1]:
        is_prose = kinds[0] | kinds[1] <= _PROSE
        pieces = max(len(source), len(translation))
        cost += pieces * _OTHER_KIND if is_prose else _FOREIGN_KIND
    if cost > most:  # as of most pairs: what both have in common takes longer
        return cost
    theirs, mine = (_marks(units) for units in (source, translation))
    total = theirs.total() + mine.total()
    share = 2 * (theirs & mine).total() / total if total else 0
    cost += _UNSHARED * (1 - share) if total else _UNKNOWN
    return cost + _strangeness(source, translation)


def _strangeness(source: Units, translation: Units) -> float:
    """The cost of two texts whose words begin otherwise; few words prove little. Of texts that are
    joined, each has its own: none of them may say something else."""
    theirs, mine = (_words(units) for units in (source, translation))
    if len(source) == len(translation):
        return _strange(len(theirs & mine), (len(theirs) + len(mine)) / 2)
    parts, whole = (source, mine) if len(source) > len(translation) else (translation, theirs)
    return sum(_strange(len(one.words & whole), len(one.words)) for one in parts)


def _strange(alike: int, number: float) -> float:
    """The cost of `number` words of which so many are alike."""
    return min(max(_ALONE * (number - alike) - _ALIKE * alike, 0.0), _DEAREST_WORDS)


def _words(units: Units) -> frozenset[str]:
    return units[0].words if len(units) == 1 else frozenset().union(*(one.words for one in units))


def _marks(units: Units) -> Counter[str]:
    return units[0].marks if len(units) == 1 else sum((one.marks for one in units), Counter())
