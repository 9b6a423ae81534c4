"""Faults put into the words of a translation: other numbers, units, scales, dates, sentences that
were not translated. Each takes the words of a passage and gives them with the fault."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal

import icu

from metropolis.language.quantity import Quantity
from metropolis.language.reading import read_quantities

# The words of a passage with each fault of a kind, for its language.
Faults = Callable[[str, str], Iterator[str]]

_SCALES = {
    "fr": ("millions", "milliards", "million", "milliard"),
    "en": ("million", "billion", "million", "billion"),
    "es": ("millones", "billones", "millón", "billón"),
}
_UNITS = {
    "fr": "km m euros dollars ans mois heures jours kg tonnes € $",
    "en": "km m euros dollars years months hours days kg tonnes € $",
    "es": "km m euros dólares años meses horas días kg toneladas € $",
}
_POINTS = {"fr": "points", "en": "points", "es": "puntos"}
_PERCENT = r" ?(?:%|pour cent|per ?cent|por ciento)(?!\w)"


def _replaced(words: str, start: int, end: int, new: str) -> str:
    return words[:start] + new + words[end:]


def _of_form(words: str, locale: str, form: str, kinds: tuple[str, ...]) -> Iterator[Quantity]:
    for one in read_quantities(words, locale):
        if one.form == form and one.kind in kinds:
            yield one


def changed_number(words: str, locale: str) -> Iterator[str]:
    """Another last digit before the decimals."""
    for one in _of_form(words, locale, "digits", ("number", "percentage", "code")):
        found = re.match(r"[^\d]*\d[\d\s.,]*\d|[^\d]*\d", words[one.start : one.end])
        if found:
            place = one.start + found.end() - 1
            digit = str((int(words[place]) + 4) % 10)
            yield _replaced(words, place, place + 1, digit)


def swapped_digits(words: str, locale: str) -> Iterator[str]:
    """Two digits the wrong way round."""
    for one in _of_form(words, locale, "digits", ("number", "percentage")):
        found = re.search(r"(\d)(?!\1)(\d)", words[one.start : one.end])
        if found:
            start = one.start + found.start()
            yield _replaced(words, start, start + 2, found[2] + found[1])


def changed_number_in_words(words: str, locale: str) -> Iterator[str]:
    for one in _of_form(words, locale, "words", ("number",)):
        if isinstance(one.value, Decimal) and one.value % 1 == 0 and 2 < one.value < 1000:
            spelled = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(locale))
            other = str(spelled.format(int(one.value) + 7)).replace("\u00ad", "")
            yield _replaced(words, one.start, one.end, other)


def changed_scale(words: str, locale: str) -> Iterator[str]:
    """Thousand times as much, or as little."""
    names = _SCALES[locale]
    for found in re.finditer(rf"\b(?:{'|'.join(names)})\b", words):
        other = names[names.index(found[0]) ^ 1]
        yield _replaced(words, *found.span(), other)


def changed_unit(words: str, locale: str) -> Iterator[str]:
    names = _UNITS[locale].split()
    for found in re.finditer(
        rf"(?<=\d)\s?({'|'.join(map(re.escape, names))})(?![\w’'/]|\s\d)", words
    ):
        yield _replaced(words, *found.span(1), names[names.index(found[1]) ^ 1])


def percent_to_points(words: str, locale: str) -> Iterator[str]:
    for found in re.finditer(rf"(?<=\d){_PERCENT}", words):
        yield _replaced(words, *found.span(), f" {_POINTS[locale]}")


def dropped_percent(words: str, _locale: str) -> Iterator[str]:
    """Only one that stands alone: the sign may be left out beside another."""
    found = re.findall(rf"(?<=\d){_PERCENT}", words)
    if len(found) == 1:
        yield words.replace(found[0], "")


def changed_day(words: str, locale: str) -> Iterator[str]:
    """Another day of a date in words."""
    for one in _of_form(words, locale, "digits", ("date",)):
        found = re.search(r"(?<!\d)\d{1,2}(?!\d)", words[one.start : one.end])
        if found and isinstance(one.value, tuple) and one.value[2]:
            start, end = (one.start + place for place in found.span())
            day = int(found[0])
            yield _replaced(words, start, end, str(day + 1 if day < 28 else day - 3))


def changed_month(words: str, locale: str) -> Iterator[str]:
    symbols = icu.DateFormatSymbols(icu.Locale(locale))
    months = list(symbols.getMonths())
    for one in _of_form(words, locale, "digits", ("date",)):
        for number, name in enumerate(months):
            place = words.find(name, one.start, one.end)
            if place >= 0:
                yield _replaced(words, place, place + len(name), months[(number + 1) % 12])


def changed_year(words: str, _locale: str) -> Iterator[str]:
    for found in re.finditer(r"(?<![\d.,/-])(?:19|20)\d\d(?![\d.,/-]\d)", words):
        year = int(found[0]) + (1 if int(found[0]) % 10 < 9 else -1)
        yield _replaced(words, *found.span(), str(year))


def dropped_figure(words: str, locale: str) -> Iterator[str]:
    """A number and its unit are gone. A number in words may be left out."""
    for one in _of_form(words, locale, "digits", ("number", "percentage", "date", "time", "code")):
        yield _replaced(words, one.start, max(one.end, one.full_end), "")


FIGURES: tuple[Faults, ...] = (
    changed_number,
    swapped_digits,
    changed_number_in_words,
    changed_scale,
    changed_unit,
    percent_to_points,
    dropped_percent,
    changed_day,
    changed_month,
    changed_year,
    dropped_figure,
)
