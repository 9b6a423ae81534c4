"""Quantities that take a part of their meaning from their neighbours: `8 milliards, dont 4,4`,
`33 et 57 %`, `neuf villes sur dix`. They keep their own readings and get those of the whole."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from metropolis.language.quantity import Quantity, Reading
from metropolis.language.ratios import fraction
from metropolis.language.units import MeasuredUnit

# Joins two numbers that share the words after the last: "33 et 57 %", "23–27 May".
_JOIN = re.compile(
    r"\s?(?:[–—/,-]|(?:,\s?)?(?:\.\.\.|…)|à|au|et|ou|a|al|y|e|o|u|to|and|or|&)"
    r"\s?(?:del?\s)?(?:el\s|un\s|las?\s|les?\s|the\s|l[’'])?"
)
# Between the two numbers of a share: "nine cities in ten".
_OF = re.compile(
    r"(?:\s[^\W\d]+){0,3}?\s(?:sur|de cada|(?:out )?of every|out of|in(?: every)?|per|pour|por)\s"
)
# Beside a number that leaves out the scale or the percent sign of the one before.
_COMPARED = re.compile(
    r"\b(?:dont|contre|après|plutôt|au lieu|face|parmi|d[’']entre eux|d[’']entre elles|against"
    r"|from|up|down|including|of (?:which|whom|them)|compared|versus|vs|rather|instead|than"
    r"|frente|contra|desde|de (?:los|las) cuales|de ell[oa]s|incluid[oa]s?|en lugar)\b",
    re.I,
)
_TIMES = re.compile(r"\s?[×x]\s?")  # "16 × 16" squares are 256
_SIDES = re.compile(r"\s?(?:[×x]|by|par|por|sur)\s?")  # "7,6 × 12,7 cm"
_EVERY = re.compile(r"\b(?:every|chaque|cada)\s\Z", re.I)
_OF_MONTH = re.compile(r"\s(?:de\s|of\s)?")
_AND = re.compile(r",?\s(?:et\s|and\s|y\s)?")
_DAYS = range(1, 32)
_ARTICLE = re.compile(r"\b(?:le|du|au|el|del|al|the)\s\Z", re.I)
_DAY_ALONE = re.compile(r"(?:er|º|st|nd|rd|th)?(?:\s*[.,;:()!?»”]|\s*\Z)")
_SENTENCE_END = re.compile(r"[.!?…;]\s")
_DECIMALS = re.compile(r"\d[.,](\d+)(?![.,]?\d)")
_PERCENTAGE: MeasuredUnit = ("percentage", Decimal(1))  # of a number whose sign was left out
_YEARS = range(1900, 2100)

_BESIDE = 25  # characters
_FAR = 150
_POWERS = (3, 6, 9, 12)


def share_meanings(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """The `quantities` of `text`, in order, with the readings that their neighbours give them."""
    found = [_in_turn(text, one) if one.kind == "ordinal" else one for one in quantities]
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        if whole := _date(text, one, following):
            found[index : index + 2] = [whole]
            continue
        between = (text, one.end, following.start)
        is_joined = bool(
            _JOIN.fullmatch(*between) or (following.unit and _SIDES.fullmatch(*between))
        )
        is_plain = one.kind == "number" and one.unit is None and one.form != "hint"
        if is_joined and (is_plain or one.kind == "ordinal"):
            found[index] = _joined(text, one, following)
        elif is_joined and one.unit and one.end == one.full_end and _is_bare(following):
            found[index + 1] = replace(following, unit=one.unit)  # "€12–15"
        elif parts := _whole(text, one, following):
            found[index : index + 2] = [
                replace(each, readings=each.readings | parts) for each in (one, following)
            ]
    if any(one.kind == "percentage" or _has_letter(text, one) for one in found):
        for index in range(1, len(found)):
            found[index] = _elided(text, found, index)
    if any(one.kind == "date" for one in found):
        for index in range(1, len(found)):
            found[index] = _day_alone(text, found, index)
    return found


def _in_turn(text: str, one: Quantity) -> Quantity:
    """Every 4th year is one in four."""
    if not _EVERY.search(text, max(0, one.start - _BESIDE), one.start):
        return one
    return replace(one, readings=one.readings | {("number", _number(one))})


def _day_alone(text: str, found: list[Quantity], index: int) -> Quantity:
    """A day whose month was said before: "from 7 January to the end, which is on the 12th"."""
    one = found[index]
    is_day = one.kind in ("number", "ordinal") and one.form == "digits" and one.value in _DAYS
    is_alone = is_day and not one.unit and _DAY_ALONE.match(text, one.end)
    if not is_alone or not _ARTICLE.search(text, max(0, one.start - _BESIDE), one.start):
        return one
    near = (other for other in found[:index][::-1] if other.end >= one.start - _FAR)
    other = next((other for other in near if isinstance(other.value, tuple)), None)
    dates = [date for _, date in other.readings if isinstance(date, tuple)] if other else []
    days: set[Reading] = {("date", (*date[:2], int(_number(one)))) for date in dates if date[2]}
    return replace(one, readings=one.readings | days)


def _date(text: str, one: Quantity, month: Quantity) -> Quantity | None:
    """A date whose day is in words, before a month with its year: `cuatro de julio de 1776`."""
    if one.form == "digits" or one.value not in _DAYS or not isinstance(month.value, tuple):
        return None
    if month.value[2] or not _OF_MONTH.fullmatch(text, one.end, month.start):
        return None
    date = (*month.value[:2], int(_number(one)))
    return replace(month, start=one.start, value=date, readings=frozenset({("date", date)}))


def _whole(text: str, one: Quantity, following: Quantity) -> frozenset[Reading]:
    """What both say together: a share, or a time in two units ("2 hours 30 minutes")."""
    if _is_share(text, one, following):
        return fraction(_number(one) / _number(following), 0, 0).readings
    if _are_plain(one, following) and _TIMES.fullmatch(text, one.end, following.start):
        return frozenset({("number", (_number(one) * _number(following)).normalize())})
    unit, other = one.unit, following.unit
    if not unit or not other or (unit[0], other[0]) != ("time", "time") or unit[1] <= other[1]:
        return frozenset()
    if not _AND.fullmatch(text, one.full_end, following.start):
        return frozenset()
    seconds = _number(one) * unit[1] + _number(following) * other[1]
    return frozenset({("time", seconds.normalize()), ("minutes", seconds / 60)})


def _has_letter(text: str, one: Quantity) -> bool:
    return any(map(str.isalpha, text[one.start : one.end]))  # a sign like “²” is no letter


def _joined(text: str, one: Quantity, following: Quantity) -> Quantity:
    """The first number of a range or a list, with the meaning of the last."""
    value, last = one.value, following.value
    if not isinstance(value, Decimal):
        return one
    if isinstance(last, tuple):
        is_day = value in range(1, 32) and one.end - one.start < 5 and last[2]
        if not is_day:
            return one
        dates = [date for _, date in following.readings if isinstance(date, tuple)]
        days: set[Reading] = {("date", (year, month, int(value))) for year, month, _ in dates}
        day = (*last[:2], int(value))
        return replace(one, kind="date", value=day, readings=frozenset(days), form=following.form)
    if one.kind == "ordinal":
        return one
    kinds = {kind for kind, _ in following.readings}
    if "code" in kinds:  # "du 24/12 au 2/1"
        return one
    readings: set[Reading] = set()
    if _is_bare(one):
        one = replace(one, unit=_PERCENTAGE if "percentage" in kinds else following.unit)
        if following.unit and "percentage" not in kinds:  # "100, 200, … 900 KB"
            measure, size = following.unit
            readings.add((measure, (value * size).normalize()))
    if "percentage" in kinds:
        readings.add(("percentage", value))
    elif "clock" in kinds and value <= 24:
        readings |= {("clock", (value % 12 + half) * 60) for half in (0, 12)}
    elif isinstance(last, Decimal) and value < 10_000:
        readings |= {("number", (value * scale).normalize()) for scale in _scales(text, following)}
    return replace(one, readings=one.readings | readings)


def _is_bare(one: Quantity) -> bool:
    """A number without a unit that is no year."""
    return one.kind == "number" and one.unit is None and one.value not in _YEARS


def _scales(text: str, one: Quantity) -> set[Decimal]:
    """The scale in words of a number: of `4,4 milliards` 10⁹; of `1.234 millones` it is unknown."""
    words = text[one.start : one.end]
    if not _has_letter(text, one) or not isinstance(one.value, Decimal) or not one.value:
        return set()
    digits = "".join(filter(str.isdecimal, words))
    if not digits:
        powers = [power for power in _POWERS if one.value % 10**power == 0]
        return {Decimal(10 ** powers[-1])} if powers else {Decimal(100)} & {one.value}
    unit = one.value / max(1, int(digits))
    decimals = _DECIMALS.search(words)
    scales = {unit, unit * 10 ** len(decimals[1])} if decimals else {unit}
    return scales & {Decimal(10**power) for power in _POWERS}


def _is_share(text: str, one: Quantity, following: Quantity) -> bool:
    if not _are_plain(one, following) or not _OF.fullmatch(text, one.end, following.start):
        return False
    above, below = _number(one), _number(following)
    return 0 < above < below <= 1000 and above % 1 == 0 and below % 1 == 0


def _are_plain(one: Quantity, following: Quantity) -> bool:
    are_numbers = one.kind == following.kind == "number" and following.form != "hint"
    return are_numbers and not (one.unit or following.unit)


def _number(quantity: Quantity) -> Decimal:
    assert isinstance(quantity.value, Decimal)
    return quantity.value


def _elided(text: str, found: list[Quantity], index: int) -> Quantity:
    """A number without scale or sign, compared with one before it in its sentence that has one."""
    one = found[index]
    value = one.value
    if one.kind != "number" or one.form != "digits" or not isinstance(value, Decimal):
        return one
    if one.unit or value >= 1000 or _has_letter(text, one):
        return one
    beside = text[max(0, one.start - _BESIDE) : one.start], text[one.end : one.end + _BESIDE]
    if not (value % 1 or any(map(_COMPARED.search, beside))):
        return one
    start = max(0, one.start - _FAR)
    ends = [end.end() for end in _SENTENCE_END.finditer(text, start, one.start)]
    first = ends[-1] if ends else start
    before = (found[place] for place in range(index - 1, -1, -1))
    near = takewhile(lambda other: other.start >= first, before)
    readings: set[Reading] = set()
    for other in near:
        if other.kind == "percentage":
            readings.add(("percentage", value))
            one = replace(one, unit=_PERCENTAGE)
        elif other.kind == "number":
            readings |= {("number", (value * scale).normalize()) for scale in _scales(text, other)}
    return replace(one, readings=one.readings | readings)
