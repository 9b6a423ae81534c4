"""Dates in words, by Unicode CLDR's rules (ICU): `23 novembre 2026`, `May 2020`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import icu

from metropolis.language.cldr import icu_locale


def format_day(day: date, locale: str) -> str:
    return _written(day, locale)


def format_month(day: date, locale: str) -> str:
    return _written(day, locale, "yMMMM")


def format_day_of_year(day: date, locale: str) -> str:
    return _written(day, locale, "MMMMd")


def _written(day: date, locale: str, parts: str = "") -> str:
    moment = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return str(_format(locale, parts).format(moment))


@cache
def _format(locale: str, parts: str) -> icu.DateFormat:
    """Writes these parts of a date; without `parts`, a whole date in its long form."""
    language = icu_locale(locale)
    form = icu.DateFormat.createDateInstance(icu.DateFormat.LONG, language)
    if parts:
        patterns = icu.DateTimePatternGenerator.createInstance(language)
        form = icu.SimpleDateFormat(patterns.getBestPattern(parts), language)
    form.setTimeZone(icu.TimeZone.getGMT())
    return form
