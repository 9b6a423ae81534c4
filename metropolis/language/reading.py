"""Reads the quantities of a text in its language's format.

The same quantity has the same value in any format: `1 234,5` = `1,234.5` = `1.234,5`;
`608 millions` = `608 million`; `28 mai 2020` = `May 28, 2020`; `cent` = `100`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from metropolis.language.moments import read_dates, read_times, read_year_ranges
from metropolis.language.number_words import read_number_words, scale_at
from metropolis.language.numerals import (
    PERCENT,
    fraction,
    is_decade,
    read_codes,
    read_fractions,
    read_names,
    read_numbers,
)
from metropolis.language.quantity import Form, Quantity, Reading
from metropolis.language.units import MeasuredUnit, unit_at

# One sign for each: spaces of any width, µ (micro) and μ (Greek).
_SAME = str.maketrans(
    dict.fromkeys(
        "\t\n\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000",
        " ",
    )
    | {"µ": "μ", "\u2011": "-", "\u2010": "-", "\u2212": "-", "∶": ":"}
)
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]\w*);|[\u00ad\u200b-\u200f\u2060\ufeff]", re.I)
_POWER = re.compile(r"(?<=[^\W\d])[²³]")
# Joins two numbers that share the words after the last: "33 et 57 %", "23–27 May".
_JOIN = re.compile(
    r"\s?(?:[–—/,-]|\.\.\.|…|à|au|et|ou|a|al|y|e|o|u|to|and|or|et(?: le| la| les)|y(?: el| la)"
    r"|and the|au|&)\s?(?:el\s|le\s|l[’'])?"
)
_HALF = re.compile(r"\s(?:et demie?|y medi[oa]|and a half|e mei[oa])(?!\w)")
_POWERS = [Decimal(10**power) for power in (12, 9, 6, 3, 0)]
_HOUR: MeasuredUnit = ("time", Decimal(3600))
_MINUTE: MeasuredUnit = ("time", Decimal(60))
_DAY: MeasuredUnit = ("time", Decimal(86_400))
# "the seventies", but not "in her seventies".
_TEN_WORDS = ["twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"]
_TENS = re.compile(
    rf"\b(?:the|early|late|mid)[\s-](?:(?:early|late|mid)[\s-])?({'|'.join(_TEN_WORDS)})ties\b",
    re.I,
)
_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")
_PERCENT = re.compile(rf"\s?{PERCENT}", re.I)


def has_digit(text: str) -> bool:
    """Whether any quantity of `text` may be in digits."""
    return _DIGIT.search(text) is not None


def read_quantities(text: str, locale: str) -> list[Quantity]:
    """The quantities of `text`, in order; `locale` may be any value of a `lang` attribute."""
    return list(_read(text, locale.split("-")[0]))


# Cached, because several checks read each passage, and each translation compares the source's.
@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> tuple[Quantity, ...]:
    plain, places = _plain(text)
    found = _shared(plain, _with_units(plain, language))
    return (
        tuple(
            replace(
                one,
                start=places[one.start],
                end=places[one.end - 1] + 1,
                full_end=places[one.full_end - 1] + 1,
            )
            for one in found
        )
        if places
        else tuple(found)
    )


def _plain(text: str) -> tuple[str, list[int]]:
    """The text with one sign for all that look the same, and the original place of each; no places
    if none moved."""
    text = _POWER.sub(lambda match: "23"["²³".index(match[0])], text.translate(_SAME))
    if not _ENTITY.search(text):
        return text, []
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for match in _ENTITY.finditer(text):
        sign = html.unescape(match[0]).translate(_SAME) if match[0][0] == "&" else ""
        pieces += [text[done : match.start()], sign]
        places += [*range(done, match.start()), *([match.start()] * len(sign))]
        done = match.end()
    return "".join([*pieces, text[done:]]), [*places, *range(done, len(text))]


def _claim(text: str, language: str) -> list[Quantity]:
    """Results that overlap no earlier reader's: a date's year is not a number."""
    taken = bytearray(len(text))
    found: list[Quantity] = []
    for reader in _readers(text, language):
        for one in reader:
            if 1 not in taken[one.start : one.end]:
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                found.append(one)
    return sorted(found, key=lambda one: one.start)


def _readers(text: str, language: str) -> Iterator[Iterable[Quantity]]:
    if has_digit(text):
        yield read_dates(text, language)
        yield read_year_ranges(text)
        yield read_times(text)
        yield read_names(text, language)
        yield read_codes(text)
        yield read_fractions(text)
        yield read_numbers(text, language)
    else:
        yield read_times(text)
    yield _words(text, language)


def _words(text: str, language: str) -> Iterator[Quantity]:
    if language == "en":
        for tens in _TENS.finditer(text):
            year = Decimal(1920 + 10 * _TEN_WORDS.index(tens[1].lower()))
            readings: frozenset[Reading] = frozenset({("number", year.normalize())})
            yield Quantity("number", year, tens.start(), tens.end(), readings, "words")
    for one in read_number_words(text, language):
        form: Form = "hint" if one.is_hint else "words"
        value = one.value.normalize()
        if one.kind == "fraction":
            yield replace(fraction(value, one.start, one.end), form=form)
        elif one.kind == "ordinal":
            part = round(1 / value, 6).normalize()  # "a third"
            readings = frozenset({("ordinal", value), ("number", part)})
            yield Quantity("ordinal", value, one.start, one.end, readings, form)
        elif match := _PERCENT.match(text, one.end):
            reading: Reading = ("percentage", value)
            yield Quantity("percentage", value, one.start, match.end(), frozenset({reading}), form)
        else:
            value += 1900 if is_decade(text, value, one.start) else 0
            yield Quantity(
                "number", value, one.start, one.end, frozenset({("number", value)}), form
            )


def _with_units(text: str, language: str) -> list[Quantity]:
    """The readings with their units; "billion" is a part of "two and a half billion"."""
    found: list[Quantity] = []
    for one in _claim(text, language):
        if not found or one.start >= found[-1].full_end or one.form == "digits":
            found.append(_with_unit(text, one, language))
    return found


def _with_unit(text: str, one: Quantity, language: str) -> Quantity:
    if one.kind != "number" or not isinstance(one.value, Decimal):
        return replace(one, full_end=one.end)
    unit, end = unit_at(text, one.start, one.end, language)
    values = [one.value]
    if half := _HALF.match(text, end):  # "deux ans et demi", "two and a half billion"
        scale, end = scale_at(text, half.end(), language)
        part = next(power for power in _POWERS if one.value % power == 0)
        values.append((one.value + part / 2) * scale)
    readings: set[Reading] = {*one.readings, *(("number", value) for value in values[1:])}
    if unit:
        readings |= {reading for value in values for reading in _measures(value, unit)}
    return replace(one, readings=frozenset(readings), unit=unit, full_end=end)


def _measures(value: Decimal, unit: MeasuredUnit) -> set[Reading]:
    """The value of a number with its unit, and its other possible meanings."""
    measure, factor = unit
    found: set[Reading] = {(measure, (value * factor).normalize())}
    if unit == _HOUR and value <= 24:  # "14 h" is also two in the afternoon
        found |= {("clock", (value % 24 * 60).normalize()), ("minutes", value * 60)}
    if unit == _MINUTE:
        found.add(("minutes", value))
    if unit == _DAY and value in (8, 15):  # "quinze jours" are two weeks
        found.add((measure, (value // 7 * 7 * factor).normalize()))
    return found


def _shared(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Gives the numbers of a range or a list the unit after the last one."""
    found = list(quantities)
    for index in range(len(found) - 2, -1, -1):
        one, following = found[index], found[index + 1]
        is_joined = _JOIN.fullmatch(text, one.end, following.start) is not None
        is_plain = one.kind == "number" and one.unit is None and one.form != "hint"
        if is_joined and (is_plain or one.kind == "ordinal"):
            found[index] = _share(one, following)
    return found


def _share(one: Quantity, following: Quantity) -> Quantity:
    value, last = one.value, following.value
    if not isinstance(value, Decimal):
        return one
    if isinstance(last, tuple):
        is_day = value in range(1, 32) and one.end - one.start < 5 and last[2]
        if not is_day:
            return one
        dates = [date for _, date in following.readings if isinstance(date, tuple)]
        days: set[Reading] = {("date", (year, month, int(value))) for year, month, _ in dates}
        return replace(one, kind="date", value=(*last[:2], int(value)), readings=frozenset(days))
    if one.kind == "ordinal":
        return one
    kinds = {kind for kind, _ in following.readings}
    readings: set[Reading] = set()
    if "percentage" in kinds:
        readings.add(("percentage", value))
    elif "clock" in kinds and value <= 24:
        readings |= {("clock", (value % 12 + half) * 60) for half in (0, 12)}
    elif isinstance(last, Decimal) and last >= 100 and last % 100 == 0 and value < 1000:
        readings |= {("number", (value * 10**power).normalize()) for power in (2, 3, 6, 9, 12)}
    return replace(one, readings=one.readings | readings)
