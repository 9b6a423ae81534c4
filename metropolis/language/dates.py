"""Dates in words, by Unicode CLDR's rules (ICU): `23 novembre 2026`, `May 2020`."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache

import icu

from metropolis.language.cldr import icu_locale


def format_day(day: date, locale: str) -> str:
    return _written(_day_format(locale), day)


def format_month(day: date, locale: str) -> str:
    return _written(_format(locale, "yMMMM"), day)


def format_day_of_year(day: date, locale: str) -> str:
    return _written(_format(locale, "MMMMd"), day)


def _written(form: icu.DateFormat, day: date) -> str:
    text: str = form.format(datetime(day.year, day.month, day.day, tzinfo=UTC))
    return text


@cache
def _day_format(locale: str) -> icu.DateFormat:
    return _in_utc(icu.DateFormat.createDateInstance(icu.DateFormat.LONG, icu_locale(locale)))


@cache
def _format(locale: str, skeleton: str) -> icu.DateFormat:
    patterns = icu.DateTimePatternGenerator.createInstance(icu_locale(locale))
    return _in_utc(icu.SimpleDateFormat(patterns.getBestPattern(skeleton), icu_locale(locale)))


def _in_utc(form: icu.DateFormat) -> icu.DateFormat:
    form.setTimeZone(icu.TimeZone.getGMT())
    return form
