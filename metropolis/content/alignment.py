"""Which passages of a translation say which of its source, when their numbers differ.

A translator may join two paragraphs or split one. The pairing that fits best is found by lengths
(Gale and Church, 1993) and by what both texts have letter for letter: figures, names, calls,
addresses. Pure: it knows no pages."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from math import erfc, log, sqrt

# (passages of the source, passages of the translation) that can be counterparts, and the cost of
# meeting it: the more unusual, the dearer.
_SHAPES = {
    (1, 1): 0.0,
    (1, 0): 5.0,
    (0, 1): 5.0,
    (2, 1): 4.0,
    (1, 2): 4.0,
    (3, 1): 5.0,
    (1, 3): 5.0,
    (4, 1): 6.0,
    (1, 4): 6.0,
    (2, 2): 7.0,
}
_VARIANCE = 2.5  # of a translation's length, in characters for each character of the source
_DEAREST_LENGTH = 8.0  # a translator may shorten: two texts alone between others stay a pair
_OTHER_KIND = 1.0  # the cost of a list item for a paragraph
_FOREIGN_KIND = 12.0  # the cost of a row or a note for either: dearer than to leave both over
_PROSE = frozenset({"paragraph", "item", "quotation"})
_UNSHARED = 4.0  # the cost of two texts without the same figures and names
_UNKNOWN = 1.0  # the cost of two texts without any
_BAND = 40  # passages: so far from the diagonal a counterpart may be, beside the difference
_MANY = 120  # passages, from which on plain pairs at both ends are taken as they are
_PLAIN = 2.0  # the cost up to which a pair is plain
_MARGIN = 5  # passages before a pair that is not plain
MOST = 100_000  # cells that are compared: a second of work


@dataclass(frozen=True)
class Unit:
    """What is compared of a passage: its kind, its length in characters, and what stands in every
    language letter for letter."""

    kind: str
    length: int
    marks: Counter[str]


@dataclass(frozen=True)
class Pair:
    """Counterparts, as ranges of numbers: one of the two may be empty."""

    source: range
    translation: range


def align(source: Sequence[Unit], translation: Sequence[Unit], ratio: float) -> list[Pair] | None:
    """The cheapest pairing, in order; None where there is too much to compare.

    `ratio` is how many characters the translation's language needs for each of the source's."""
    first, last = _plain_ends(source, translation, ratio)
    middle = source[first : len(source) - last], translation[first : len(translation) - last]
    if len(middle[0]) * (abs(len(middle[0]) - len(middle[1])) + _BAND) > MOST:
        return None
    pairs = [
        Pair(
            *(range(one.start + first, one.stop + first) for one in (pair.source, pair.translation))
        )
        for pair in _align(*middle, ratio)
    ]
    ends = zip(range(len(source))[-last:], range(len(translation))[-last:], strict=True)
    return [
        *(Pair(range(n, n + 1), range(n, n + 1)) for n in range(first)),
        *pairs,
        *(Pair(range(i, i + 1), range(j, j + 1)) for i, j in (ends if last else ())),
    ]


def _plain_ends(
    source: Sequence[Unit], translation: Sequence[Unit], ratio: float
) -> tuple[int, int]:
    """How many pairs at the beginning and at the end need no search."""
    shortest = min(len(source), len(translation))

    def count(sign: int, most: int) -> int:
        ends = zip(source[::sign], translation[::sign], strict=False)
        plain = takewhile(lambda pair: _cost(pair[:1], pair[1:], ratio) <= _PLAIN, ends)
        return min(sum(1 for _ in plain), most)

    first = count(1, shortest)
    if first == len(source) == len(translation):
        return first, 0
    if max(len(source), len(translation)) < _MANY:
        return 0, 0
    first = max(first - _MARGIN, 0)
    return first, max(count(-1, shortest - first) - _MARGIN, 0)


def _align(source: Sequence[Unit], translation: Sequence[Unit], ratio: float) -> list[Pair]:
    """All of it by dynamic programming, in a band around the diagonal."""
    width = abs(len(source) - len(translation)) + _BAND
    rows: list[array[float]] = []
    steps: list[bytearray] = []
    shapes = list(_SHAPES.items())
    for i in range(len(source) + 1):
        row, step = array("d", [float("inf")]) * (2 * width + 1), bytearray(2 * width + 1)
        for place, j in _band(i, width, len(source), len(translation)):
            if i == j == 0:
                row[place] = 0.0
                continue
            for number, ((taken, given), price) in enumerate(shapes):
                if i < taken or j < given:
                    continue
                before = _place(i - taken, j - given, width, len(source), len(translation))
                if not 0 <= before <= 2 * width:
                    continue
                cost = (row if not taken else rows[-taken])[before] + price
                if cost < row[place]:
                    cost += _cost(source[i - taken : i], translation[j - given : j], ratio)
                    if cost < row[place]:
                        row[place], step[place] = cost, number
        rows = [*rows[-3:], row]
        steps.append(step)
    return _follow(steps, width, len(source), len(translation))


def _band(i: int, width: int, rows: int, columns: int) -> Iterator[tuple[int, int]]:
    middle = i * columns // max(rows, 1)
    for j in range(max(middle - width, 0), min(middle + width, columns) + 1):
        yield j - middle + width, j


def _place(i: int, j: int, width: int, rows: int, columns: int) -> int:
    return j - i * columns // max(rows, 1) + width


def _follow(steps: list[bytearray], width: int, rows: int, columns: int) -> list[Pair]:
    """The pairs, from the last to the first."""
    shapes = list(_SHAPES)
    found: list[Pair] = []
    i, j = rows, columns
    while i or j:
        taken, given = shapes[steps[i][_place(i, j, width, rows, columns)]]
        found.append(Pair(range(i - taken, i), range(j - given, j)))
        i, j = i - taken, j - given
    return found[::-1]


def _cost(source: Sequence[Unit], translation: Sequence[Unit], ratio: float) -> float:
    if not source or not translation:
        return 0.0
    expected = ratio * sum(unit.length for unit in source)
    length = sum(unit.length for unit in translation)
    distance = abs(length - expected) / sqrt(_VARIANCE * max(expected, length, 1))
    cost = min(-log(max(erfc(distance / sqrt(2)), 1e-9)), _DEAREST_LENGTH)
    kinds = {unit.kind for unit in source}, {unit.kind for unit in translation}
    if kinds[0] != kinds[1]:
        cost += _OTHER_KIND if kinds[0] | kinds[1] <= _PROSE else _FOREIGN_KIND
    theirs, mine = (_marks(units) for units in (source, translation))
    total = theirs.total() + mine.total()
    share = 2 * (theirs & mine).total() / total if total else 0
    return cost + (_UNSHARED * (1 - share) if total else _UNKNOWN)


def _marks(units: Sequence[Unit]) -> Counter[str]:
    return units[0].marks if len(units) == 1 else sum((one.marks for one in units), Counter())
