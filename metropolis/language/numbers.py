"""Numbers as each language writes them: `35,1`, `608 millions`, `62 %`. The rules are Unicode
CLDR's (ICU), with three house rules (docs/translators/style.md): French puts a narrow no-break
space before the percent sign, Spanish one between digits, no line breaks before a number's word."""

from __future__ import annotations

from functools import cache

import icu

from metropolis.language.cldr import icu_locale

NARROW_NO_BREAK_SPACE = "\u202f"
NO_BREAK_SPACE = "\u00a0"
SCALES = {"million": 1_000_000, "billion": 1_000_000_000}
# CLDR's word. Spanish orthography takes no digits before “mil”: `1800 millones`.
_SPANISH_BILLION = " mil millones"
_DIGITS = 4  # of a number in words: `1,25 million`, `100,1 millions`


def format_number(value: float, locale: str, decimals: int | None = None) -> str:
    """`value` with separators; `decimals`: digits after the mark (None: as many as it has)."""
    return str(_fixed(locale, _decimals(value, decimals)).formatDouble(value))


def format_scaled(value: float, locale: str) -> str:
    """A large `value` in words, with at most four digits: `608 millions`, `1.8 billion`."""
    text: str = _scaled(locale).formatDouble(value)
    if text.endswith(_SPANISH_BILLION):
        text = f"{format_number(value / 1e6, locale)} millones"
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
    # Python rounds first, as for all other figures of the site.
    return str(formatter.unitWidth(icu.UNumberUnitWidth.SHORT).formatDouble(round(value, 1)))


def _decimals(value: float, decimals: int | None) -> int:
    if decimals is not None:
        return decimals
    return 0 if float(value).is_integer() else len(str(value).rpartition(".")[2])


# Creating a formatter reads its language's rules: much slower than using it.
@cache
def _fixed(locale: str, decimals: int) -> icu.LocalizedNumberFormatter:
    precision = icu.Precision.fixedFraction(decimals)
    return _plain(locale).precision(precision)


@cache
def _scaled(locale: str) -> icu.LocalizedNumberFormatter:
    precision = icu.Precision.minMaxSignificantDigits(1, _DIGITS)
    return _plain(locale).notation(icu.Notation.compactLong()).precision(precision)


def _plain(locale: str) -> icu.LocalizedNumberFormatter:
    formatter = icu.NumberFormatter.withLocale(icu_locale(locale))
    if locale != "es":
        return formatter
    symbols = icu.DecimalFormatSymbols(icu_locale(locale))
    symbols.setSymbol(icu.DecimalFormatSymbols.kGroupingSeparatorSymbol, NARROW_NO_BREAK_SPACE)
    return formatter.symbols(symbols)
