"""Patterns of dates in words for each language; the month names are Unicode CLDR's."""

from __future__ import annotations

import re
from functools import cache

import icu

from metropolis.language.cldr import icu_locale

_S = "[ \u00a0\u202f]"
_YEAR = r"(?P<year>\d{4})(?!\d)"


@cache
def _names(language: str) -> dict[str, int]:
    """Each month's names, inside a date and alone, with its number."""
    symbols, wide = icu.DateFormatSymbols(icu_locale(language)), icu.DateFormatSymbols.WIDE
    contexts = (icu.DateFormatSymbols.STANDALONE, icu.DateFormatSymbols.FORMAT)
    return {
        name: number
        for context in contexts
        for number, name in enumerate(symbols.getMonths(context, wide), 1)
    }


@cache
def month_numbers(language: str) -> dict[str, int]:
    """Name in lower case -> number of the month."""
    return {name.lower(): number for name, number in _names(language).items()}


def month_pattern(language: str) -> str:
    """A group "month" that matches the names, the longest first."""
    names = sorted(_names(language), key=len, reverse=True)
    return f"(?P<month>{'|'.join(map(re.escape, names))})(?!\\w)"


def _forms(language: str, *forms: str) -> tuple[re.Pattern[str], ...]:
    # English months have a capital: "may" without one is a verb.
    flags = 0 if language == "en" else re.IGNORECASE
    return tuple(
        re.compile(form.replace("MONTH", month_pattern(language)), flags) for form in forms
    )


_DAY = r"(?<!\d)(?P<day>\d{1,2})"
# Longer forms first: the next ones skip what a form has matched.
DATE_FORMS = {
    "fr": _forms("fr", rf"{_DAY}(?:er|ᵉʳ)?{_S}MONTH(?:{_S}{_YEAR})?", rf"MONTH{_S}{_YEAR}"),
    "en": _forms(
        "en",
        rf"{_DAY}(?:st|nd|rd|th)?{_S}MONTH(?:,?{_S}{_YEAR})?",
        rf"MONTH{_S}(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?{_S}{_YEAR})?",
        rf"MONTH{_S}{_YEAR}",
    ),
    "es": _forms(
        "es",
        rf"{_DAY}(?:\.?º)?{_S}de{_S}MONTH(?:{_S}del?{_S}{_YEAR})?",
        rf"MONTH{_S}del?{_S}{_YEAR}",
    ),
    "pt": _forms(
        "pt",
        rf"{_DAY}(?:\.?º)?{_S}de{_S}MONTH(?:{_S}de{_S}{_YEAR})?",
        rf"MONTH{_S}de{_S}{_YEAR}",
    ),
}
