"""Which passages of a translation say which of its source, when their numbers differ: the pairing
that fits best by lengths (Gale and Church, 1993) and by what both have letter for letter."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
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
_UNSHARED = 4.0  # the cost of two texts without the same figures and names
_UNKNOWN = 1.0  # the cost of two texts without any
_BAND = 20  # passages: so far from the diagonal a counterpart may be, beside the difference
_PLAIN = 2.0  # the cost up to which a pair needs no search
# Two sections with the same passages in the same order are pairs, one by one, unless another
# pairing is so much cheaper: a translator who is brief, or gives other examples, left nothing out.
_MARGIN = 4.0
_SURE = 8.0  # so much cheaper, and it is certain
MOST = 20_000  # passages times band: a second of work


@dataclass(frozen=True)
class AlignedUnit:
    """`length` in characters; `marks`: what is the same in every language, letter for letter."""

    kind: str
    length: int
    marks: Counter[str]


@dataclass(frozen=True)
class Pair:
    """Counterparts, as ranges of numbers: one of the two may be empty. Not `is_sure`: the section
    is built alike in both languages, and to pair it one by one is nearly as good."""

    source: range
    translation: range
    is_sure: bool = True


def align(
    source: Sequence[AlignedUnit], translation: Sequence[AlignedUnit], ratio: float
) -> list[Pair] | None:
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
                    cost = before[0] + price + _cost(*pair, ratio)
                    best = min(best, (cost, (taken, given)))
            rows[i][j] = best
    gain = sum(costs) - rows[-1][len(translation)][0]
    if is_parallel and gain <= _MARGIN:
        return one_by_one
    return _follow(rows, len(source), len(translation), not is_parallel or gain > _SURE)


def _follow(
    rows: Sequence[Mapping[int, tuple[float, Shape]]], i: int, j: int, is_sure: bool
) -> list[Pair]:
    """The pairs, found from the last to the first."""
    found: list[Pair] = []
    while i or j:
        taken, given = rows[i][j][1]
        found.append(Pair(range(i - taken, i), range(j - given, j), is_sure))
        i, j = i - taken, j - given
    return found[::-1]


def _cost(source: Sequence[AlignedUnit], translation: Sequence[AlignedUnit], ratio: float) -> float:
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
        most = max(len(source), len(translation))
        cost += most * _OTHER_KIND if is_prose else _FOREIGN_KIND
    theirs, mine = (_marks(units) for units in (source, translation))
    total = theirs.total() + mine.total()
    share = 2 * (theirs & mine).total() / total if total else 0
    return cost + (_UNSHARED * (1 - share) if total else _UNKNOWN)


def _marks(units: Sequence[AlignedUnit]) -> Counter[str]:
    return units[0].marks if len(units) == 1 else sum((one.marks for one in units), Counter())
