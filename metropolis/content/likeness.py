"""How well passages of a translation fit passages of its source: by their lengths (Gale and Church,
1993), by what both have letter for letter, and by words that begin alike (Simard, Foster and
Isabelle, 1992): "économie", "economy", "economía"."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import erfc, inf, log, sqrt

Shape = tuple[int, int]  # how many passages of the source and of the translation are a pair

# The cost of a pair by its shape: the more unusual, the dearer.
SHAPES: dict[Shape, float] = {
    (1, 1): 0.0, (1, 0): 5.0, (0, 1): 5.0, (2, 1): 4.0, (1, 2): 4.0,
    (3, 1): 5.5, (1, 3): 5.5, (4, 1): 7.0, (1, 4): 7.0, (2, 2): 10.0,
}  # fmt: skip
_LONE_ITEM = 2.5  # of one of these without a counterpart: a list is lost as a whole
_LOST_AS_A_WHOLE = frozenset({"item", "row", "heading"})
_VARIANCE = 3.5  # of a translation's length, in characters for each character of the source
_DEAREST_LENGTH = 8.0  # a translator may shorten: two texts alone between others stay a pair
_OTHER_KIND = 1.0  # the cost of each list item for a paragraph
_FOREIGN_KIND = 12.0  # the cost of a row or a note for either: dearer than to leave both over
_PROSE = frozenset({"paragraph", "item", "quotation", "heading"})
_UNSHARED = 5.0  # the cost of two texts without the same figures, calls and addresses
_UNKNOWN = 1.0  # the cost of two texts without any
# The logarithms of how much likelier a word of two texts that say the same is to begin like none of
# the other's (63 % of its words), and like one (37 %), than a word of two texts that do not (98 and
# 2 %), measured on manuals in English, French and Spanish; a little less, as words come together.
_ALONE, _ALIKE = 0.4, 2.0
_DEAREST_WORDS, _MOST_ALIKE = 7.0, 5.0
_NO_TRACE = 0.75  # more for a part without a trace
_FEWEST_WORDS = 4  # of a passage that would have a trace
_MOST_USES = 2  # of a word that tells one passage from another: others are the section's subject

LEAST = {
    (taken, given): price - _MOST_ALIKE * max(taken, given) if taken and given else _LONE_ITEM
    for (taken, given), price in SHAPES.items()
}


@dataclass(frozen=True)
class AlignedUnit:
    """`length` in characters; `marks`: what is the same in every language, letter for letter;
    `words`: how its long words begin."""

    kind: str
    length: int
    marks: Counter[str]
    words: frozenset[str] = frozenset()


Units = Sequence[AlignedUnit]


class Likeness:
    """Of the passages of two sections, whose lengths have a `ratio`."""

    def __init__(self, source: Units, translation: Units, ratio: float) -> None:
        self.source, self.translation, self.ratio = source, translation, ratio
        theirs, mine = _uses(one.words for one in source), _uses(one.words for one in translation)
        common = _common(theirs) | _common(mine)
        marks = (_uses(one.marks for one in units) for units in (source, translation))
        self._vague = set("0123456789").union(*map(_common, marks))
        self._theirs = [len(unit.words - common) for unit in source]
        self._mine = [len(unit.words - common) for unit in translation]
        self._alike = Counter(
            (i, j)
            for word in (theirs.keys() & mine.keys()) - common
            for i in theirs[word]
            for j in mine[word]
        )
        # The costs of what has a trace in the other text, as a part of it, and of what has none.
        self._their_parts = {(i, j): _part(n, self._theirs[i]) for (i, j), n in self._alike.items()}
        self._parts = {(i, j): _part(n, self._mine[j]) for (i, j), n in self._alike.items()}
        self._their_strange = [_part(0, n) for n in self._theirs]
        self._strange = [_part(0, n) for n in self._mine]

    def cost(self, theirs: range, mine: range, most: float = inf) -> float:
        """The cost of a pair, or any that is more than `most`."""
        i, j, shape = theirs.start, mine.start, (len(theirs), len(mine))
        source, translation = self.source[i : theirs.stop], self.translation[j : mine.stop]
        if not source or not translation:
            (alone,) = (*source, *translation)
            return _LONE_ITEM if alone.kind in _LOST_AS_A_WHOLE else SHAPES[shape]
        if shape == (1, 1):
            cost = _strange(self._alike[i, j], (self._theirs[i] + self._mine[j]) / 2)
        elif is_list(source, translation) or 1 not in shape:
            alike = sum(self._alike[a, b] for a in theirs for b in mine)
            numbers = sum(self._theirs[i : theirs.stop]), sum(self._mine[j : mine.stop])
            cost = SHAPES[2, 1 if 1 in shape else 2] + _strange(alike, sum(numbers) / 2)
        elif shape[1] == 1:
            parts = [self._their_parts.get((a, j), self._their_strange[a]) for a in theirs]
            cost = SHAPES[shape] + self._without_traced(parts, source, translation[0])
        else:
            parts = [self._parts.get((i, b), self._strange[b]) for b in mine]
            cost = SHAPES[shape] + self._without_traced(parts, translation, source[0])
        if cost > most:
            return cost
        cost += _other_kind(source, translation)
        expected = self.ratio * sum(unit.length for unit in source)
        length = sum(unit.length for unit in translation)
        distance = abs(length - expected) / sqrt(_VARIANCE * max(expected, length, 1))
        cost += min(-log(max(erfc(distance / sqrt(2)), 1e-9)), _DEAREST_LENGTH)
        return cost if cost > most else cost + _unshared(source, translation)

    def is_odd(self, theirs: range, mine: range) -> bool:
        """Whether a long passage that is joined with others has no trace of the whole."""
        if len(theirs) == len(mine) or not theirs or not mine:
            return False
        if len(theirs) > len(mine):
            alone = [i for i in theirs if not any(self.have_trace(i, j) for j in mine)]
            return any(self._theirs[i] >= _FEWEST_WORDS for i in alone)
        alone = [j for j in mine if not any(self.have_trace(i, j) for i in theirs)]
        return any(self._mine[j] >= _FEWEST_WORDS for j in alone)

    def have_trace(self, i: int, j: int) -> bool:
        """Whether two passages share a word or a mark that hardly another one has."""
        marks = self.source[i].marks.keys() & self.translation[j].marks.keys()
        return self._alike[i, j] > 0 or not marks <= self._vague

    def _without_traced(self, costs: list[float], parts: Units, whole: AlignedUnit) -> float:
        """The costs of texts that are joined; figures, calls and addresses are a trace, too."""
        total = 0.0
        for cost, part in zip(costs, parts, strict=True):
            marks = part.marks.keys() - self._vague if cost > 0 else ()
            total += 0.0 if marks and marks <= whole.marks.keys() else cost
        return total


def is_list(some: Units, others: Units) -> bool:
    """Whether one of both is a list, and the other one paragraph."""
    few, many = sorted((some, others), key=len)
    return len(few) == 1 < len(many) and (few[0].kind, many[-1].kind) == ("paragraph", "item")


def find_lists(units: Units) -> dict[int, list[int]]:
    """Of each list's end, how many items it has, and one more if a paragraph is before it."""
    found: dict[int, list[int]] = {}
    start = 0
    for end, kind in enumerate([*(unit.kind for unit in units), ""]):
        if kind == "item":
            continue
        if end - start > 1:
            is_introduced = start and units[start - 1].kind == "paragraph"
            found[end] = [end - start, end - start + 1] if is_introduced else [end - start]
        start = end + 1
    return found


def _part(alike: int, number: int) -> float:
    """The cost of a text that is joined with others: it needs a trace, a word of its own."""
    strange = _strange(alike, number)
    return strange if strange < 0 else strange + _NO_TRACE


def _uses(units: Iterable[Iterable[str]]) -> dict[str, list[int]]:
    """Which units have each word."""
    uses = defaultdict(list)
    for number, words in enumerate(units):
        for word in words:
            uses[word].append(number)
    return uses


def _common(uses: Mapping[str, list[int]]) -> set[str]:
    return {word for word, units in uses.items() if len(units) > _MOST_USES}


def _other_kind(source: Units, translation: Units) -> float:
    kinds = {unit.kind for unit in source}, {unit.kind for unit in translation}
    if kinds[0] == kinds[1]:
        return 0.0
    longest = max(len(source), len(translation))
    is_joined = longest > 1 and "heading" in kinds[0] | kinds[1]
    is_prose = kinds[0] | kinds[1] <= _PROSE and not is_joined
    return longest * _OTHER_KIND if is_prose else _FOREIGN_KIND


def _strange(alike: int, number: float) -> float:
    """The cost of `number` words of which so many are alike."""
    cost = _ALONE * (number - alike) - _ALIKE * alike
    return min(max(cost, -_MOST_ALIKE), _DEAREST_WORDS)


def _unshared(source: Units, translation: Units) -> float:
    """The cost of figures, calls and addresses that are not the same; of texts that are joined,
    none may have others."""
    theirs, mine = _marks(source), _marks(translation)
    total = theirs.total() + mine.total()
    if not total:
        return _UNKNOWN
    shares = [2 * (theirs & mine).total() / total]
    for units, whole in ((source, mine), (translation, theirs)):
        if len(units) > 1 and len(source) != len(translation):
            shares += [(one.marks & whole).total() / n for one in units if (n := one.marks.total())]
    return _UNSHARED * (1 - min(shares)) * total / (total + 0.5)


def _marks(units: Units) -> Counter[str]:
    return units[0].marks if len(units) == 1 else sum((one.marks for one in units), Counter())
