"""Which quantity of a translation stands in the place of which one of its source."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal
from difflib import SequenceMatcher

from metropolis.language.quantity import Quantity
from metropolis.language.writing import in_locale
from metropolis.wording.figure_doubts import are_in_words
from metropolis.wording.figure_pairs import FigurePair
from metropolis.wording.mentions import Mention, digits_of

Change = tuple[Mention, Mention]  # of the translation and of the source
_FEW_TIMES = 10
_MANY_DIGITS = 3
_ALIKE = 0.75
_GROUPS = re.compile(r"(?<=\d)[.,\s](?=\d{3}(?!\d))")  # the signs between groups of three digits
_THOUSANDS = re.compile(r"\d{1,3}[.,]\d{3}")
_VERSION = re.compile(r"\d{1,2}\.\d{1,2}")
_RANGE = re.compile(r"(\d[\d.,]*)\s?(?:[-–—]|à|to|and|et|y|al?)\s?(\d[\d.,]*)(?<=\d)")
MOST_SHOWN = 3  # of many figures of one passage
_BESIDE = 2  # characters between the pieces of one figure


def find_twins(pair: FigurePair) -> Iterator[tuple[Mention, Mention | None]]:
    """The quantities that only the translation has, each with the source's quantity that it
    replaces, if any."""
    free = [*pair.lost, *_surplus(pair)]
    chosen: dict[int, Mention] = {}
    same = {_signs(one): one for one in reversed(free)}
    for mention in pair.extra:
        twin = same.pop(_signs(mention), None)
        if twin:  # another number in the other language's format, or another time
            free.remove(twin)
            chosen[id(mention)] = twin
    for is_twin in (_has_same_value, _is_typed_alike, _has_same_kind, _is_number_too):
        for mention in pair.extra:
            if id(mention) not in chosen:
                twin = next((one for one in free if _may_be(pair, mention, one, is_twin)), None)
                if twin:
                    free.remove(twin)
                    chosen[id(mention)] = twin
    for mention in pair.extra:
        if mention.quantity.form != "hint":
            yield mention, chosen.get(id(mention))


def _surplus(pair: FigurePair) -> list[Mention]:
    """Numbers in words that the source has more often: one of them may have been changed."""
    own = Counter(mention.key for mention in pair.own.mentions)
    lost = {mention.key for mention in pair.lost}
    spare: list[Mention] = []
    for mention in pair.other.mentions:
        own[mention.key] -= 1
        if mention.quantity.form == "words" and mention.key not in lost and own[mention.key] < 0:
            spare.append(mention)
    return spare


def _may_be(
    pair: FigurePair, mention: Mention, twin: Mention, is_twin: Callable[[Quantity, Quantity], bool]
) -> bool:
    """Whether one may replace the other. In a whole section, numbers in words may count different
    things."""
    is_possible = is_twin(mention.quantity, twin.quantity) and pair.may_replace(mention, twin)
    if not is_possible or not are_in_words(mention, twin):
        return is_possible
    return not pair.is_section and _may_count_the_same(mention.quantity, twin.quantity)


def _may_count_the_same(one: Quantity, other: Quantity) -> bool:
    """Whether a number in digits and one in words may be the same: "180 degrees" is no "three"."""
    if one.form == other.form or one.value == other.value:
        return True
    measures = {quantity.unit[0] if quantity.unit else "" for quantity in (one, other)}
    values = [quantity.value for quantity in (one, other)]
    numbers = [abs(value) for value in values if isinstance(value, Decimal)]
    return len(measures) == 1 and len(numbers) == 2 and max(numbers) <= _FEW_TIMES * min(numbers)


def _signs(mention: Mention) -> str:
    """The digits of a figure; of one that is in words, these."""
    words = _GROUPS.sub("", mention.words)
    digits = digits_of(words) if mention.quantity.form == "digits" else ()
    return " ".join(digits) or mention.words


def may_be_grouped(mention: Mention, twin: Mention) -> bool:
    """Whether the source's decimal looks like thousands, which they are in the translation."""
    return _THOUSANDS.fullmatch(twin.words) is not None and _signs(mention) == _signs(twin)


def _has_same_value(one: Quantity, other: Quantity) -> bool:
    """Whether the values are equal and only the units differ."""
    return one.value == other.value and "hint" not in (one.form, other.form)


def _is_typed_alike(one: Quantity, other: Quantity) -> bool:
    """Whether most digits are the same, in the same order: a slip, or another edition."""
    digits, others = str(one.value), str(other.value)
    is_alike = min(len(digits), len(others)) >= _MANY_DIGITS and _has_same_kind(one, other)
    return is_alike and SequenceMatcher(None, digits, others).ratio() >= _ALIKE


def _has_same_kind(one: Quantity, other: Quantity) -> bool:
    return _is_number_too(one, other) and one.form == other.form


def _is_number_too(one: Quantity, other: Quantity) -> bool:
    """Whether both are numbers, in digits or in words, or both names with digits."""
    is_kind = one.kind == other.kind and "hint" not in (one.form, other.form)
    return is_kind and (one.kind != "name" or _letters(one) == _letters(other))


def _letters(name: Quantity) -> str:
    return re.sub(r"[\d.,]+", "0", str(name.value))


def misread(mentions: Iterable[Mention], others: Iterable[Mention]) -> list[Change]:
    """Those whose signs are another number in the other language, with that number."""
    signs = {_GROUPS.sub("", one.words): one for one in others}
    pairs = [(one, signs.get(_GROUPS.sub("", one.words))) for one in mentions]
    return [(one, other) for one, other in pairs if other and one.key != other.key]


def is_told(mention: Mention, changed: Iterable[Change], side: int) -> bool:
    """Whether it needs no report: it is not in digits, or a part of a change that has one."""
    digits = set(digits_of(mention.words))
    return mention.quantity.form != "digits" or any(
        mention.key == change[side].key
        or 0 <= mention.start - change[side].start - len(change[side].words) <= _BESIDE
        or (
            mention.passage == change[side].passage
            and digits
            and digits.issubset(digits_of(change[1 - side].words))
        )
        for change in changed
    )


def shifted_ranges(mention: Mention, twin: Mention) -> tuple[str, str] | None:
    """The ranges of which one is the beginning and the other the end: both ends have moved."""
    mine, theirs = _range_of(mention), _range_of(twin)
    return (mine[0], theirs[0]) if mine and theirs and mine[1] != theirs[1] else None


def _range_of(mention: Mention) -> tuple[str, int] | None:
    """The range in which a figure stands, and which end it is."""
    start = mention.start - mention.passage.start
    for match in _RANGE.finditer(mention.passage.text):
        for end in (1, 2):
            if match.start(end) == start:
                return match[0], end
    return None


def remedy(mentions: list[Mention], locale: str) -> str:
    """What to write, if the language's form of all is certain."""
    written = [_written(one, locale) for one in mentions]
    is_certain = all(written) and len(mentions) <= MOST_SHOWN
    every = " and ".join(filter(None, (", ".join(written[:-1]), written[-1])))
    return f"Write {every}" if is_certain else "Say the same here"


def _written(mention: Mention, locale: str) -> str:
    """A figure in quotation marks as the language writes it; "" if that is not certain."""
    one, words = mention.quantity, mention.words
    has_unit = one.unit and not words[-1].isdigit()
    right = in_locale(one, words, locale)
    is_version = right != words and not one.unit and _VERSION.fullmatch(words)
    is_unknown = one.form != "digits" or one.kind == "time" or has_unit or is_version
    return "" if is_unknown else f"“{right}”"
