"""Writes a quantity of one language in another language's format."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from metropolis.language.dates import format_day, format_day_of_year, format_month
from metropolis.language.numbers import SCALES, format_number, format_percent, format_scaled
from metropolis.language.quantity import Date, Quantity
from metropolis.language.reading import read_quantities


def in_locale(quantity: Quantity, words: str, locale: str) -> str:
    """The quantity of `words` in the format of `locale`; `words` if it has none of its own."""
    if isinstance(quantity.value, tuple):
        return _date_in_locale(quantity.value, locale) or words
    if not isinstance(quantity.value, Decimal) or quantity.kind not in ("number", "percentage"):
        return words
    if quantity.is_foreign or ("code", words) in quantity.readings:
        return words  # a version
    value = quantity.value
    if quantity.kind == "percentage":
        return format_percent(float(value), locale)
    if "/" in words or re.match(r"0\d|\d{5}$", words):
        return words  # a code, such as that of a post office
    if decimals := re.search(r"(?<=[.,])(?:\d{1,2}|\d{4,})$", words):
        return format_number(float(value), locale, len(decimals[0]))
    if not words[-1].isdigit() and value >= SCALES["million"]:
        scaled = format_scaled(float(value), locale)
        if [one.value for one in read_quantities(scaled, locale)] == [value]:
            return scaled  # else rounded: all its digits are needed
    is_year_like = words.isdigit() and value < 10_000  # and so without separators
    return str(int(value)) if is_year_like else format_number(float(value), locale)


def _date_in_locale(value: Date, locale: str) -> str:
    """The date in words; "" if no calendar has it."""
    year, month, day = value
    # Day before month in English too: no comma, which would read as a part of the sentence.
    try:
        moment = date(year or 2000, month, day or 1)
    except ValueError:
        return ""
    form = format_day_of_year if not year else format_day if day else format_month
    text = form(moment, locale)
    return re.sub(r"^1 ", "1er ", text) if locale == "fr" else text
