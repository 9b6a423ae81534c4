"""Numbers as each language writes them: `35,1`, `608 millions`, `62 %`.

The rules are Unicode CLDR's, through ICU, with two rules of the house on top (docs/translators/style.md): French puts
a narrow no-break space before the percent sign, and a number does not part from its word at a line's end.
"""

from __future__ import annotations

from functools import cache

import icu

from metropolis.language.cldr import icu_locale

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
SCALES = {"million": 1_000_000, "billion": 1_000_000_000}
_DIGITS = 4  # of a number in words: `1,25 million`, `100,1 millions`


def format_number(value: float, locale: str, decimals: int | None = None) -> str:
    """`value` with its separators; `decimals` fixes the digits after the mark (None: as many as the value has)."""
    text: str = _fixed(locale, _decimals(value, decimals)).formatDouble(value)
    return text


def format_scaled(value: float, locale: str) -> str:
    """A large `value` in words: `608 millions`, `1.8 billion`, at most four digits of it."""
    text: str = _scaled(locale).formatDouble(value)
    return text.replace(" ", NO_BREAK_SPACE, 1)


def format_percent(value: float, locale: str, decimals: int | None = None) -> str:
    """`value` is the percentage itself (62 for 62 %)."""
    formatter = _fixed(locale, _decimals(value, decimals)).unit(icu.NoUnit.percent())
    text: str = formatter.formatDouble(value)
    return text.replace(NO_BREAK_SPACE, NARROW_NO_BREAK_SPACE) if locale == "fr" else text


def format_size(size: float, locale: str) -> str:
    """A number of bytes: `25 ko`, `1,8 Mo`; at least one kilobyte."""
    if size >= 1e6:
        return format_megabytes(size, locale)
    return _size("kilobyte", max(1, size / 1e3), 0, locale)


def format_megabytes(size: float, locale: str) -> str:
    """A number of bytes in megabytes: `0,5 Mo`."""
    return _size("megabyte", size / 1e6, 1, locale)


def _size(unit: str, value: float, decimals: int, locale: str) -> str:
    formatter = _fixed(locale, decimals).unit(icu.MeasureUnit.forIdentifier(unit))
    # Rounded by Python first, as all other figures of the site are.
    text: str = formatter.unitWidth(icu.UNumberUnitWidth.SHORT).formatDouble(round(value, 1))
    return text


def _decimals(value: float, decimals: int | None) -> int:
    if decimals is not None:
        return decimals
    return 0 if float(value).is_integer() else len(str(value).rpartition(".")[2])


# Making a formatter reads its language's rules: many times slower than using it.
@cache
def _fixed(locale: str, decimals: int) -> icu.LocalizedNumberFormatter:
    precision = icu.Precision.fixedFraction(decimals)
    return icu.NumberFormatter.withLocale(icu_locale(locale)).precision(precision)


@cache
def _scaled(locale: str) -> icu.LocalizedNumberFormatter:
    precision = icu.Precision.minMaxSignificantDigits(1, _DIGITS)
    formatter = icu.NumberFormatter.withLocale(icu_locale(locale)).notation(icu.Notation.compactLong())
    return formatter.precision(precision)
