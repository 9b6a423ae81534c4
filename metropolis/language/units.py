"""The unit that a number is written with, in each language's words and symbols (ICU)."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from functools import cache

import icu

from metropolis.language.cldr import icu_locale, is_language

MeasuredUnit = tuple[str, Decimal]  # what is measured, and the size of the unit in its base unit

# By ICU's identifier.
_UNITS = {
    "length": {
        "inch": "0.0254",
        "micrometer": "0.000001", "millimeter": "0.001", "centimeter": "0.01", "meter": "1",
        "kilometer": "1000", "mile": "1609.344", "yard": "0.9144", "foot": "0.3048",
    },
    "area": {
        "square-meter": "1", "hectare": "10000", "square-kilometer": "1000000",
        "acre": "4046.8564224", "square-mile": "2589988.110336", "square-foot": "0.09290304",
    },
    "volume": {"milliliter": "0.001", "liter": "1", "cubic-meter": "1000", "gallon": "3.785"},
    "mass": {
        "microgram": "0.000001", "milligram": "0.001", "gram": "1", "kilogram": "1000",
        "tonne": "1000000", "ounce": "28.349523125", "pound": "453.59237",
    },
    "concentration": {
        "microgram-per-cubic-meter": "1", "milligram-per-cubic-meter": "1000",
        "gram-per-cubic-meter": "1000000",
    },
    "time": {
        "millisecond": "0.001", "second": "1", "minute": "60", "hour": "3600", "day": "86400",
        "week": "604800",
    },
    "age": {"month": "1", "year": "12", "decade": "120", "century": "1200", "millennium": "12000"},
    "temperature": {"celsius": "1", "fahrenheit": "0.5556"},
    "speed": {
        "meter-per-second": "3600", "kilometer-per-hour": "1000", "mile-per-hour": "1609.344",
    },
    "power": {
        "milliwatt": "0.001", "watt": "1", "kilowatt": "1000", "megawatt": "1000000",
        "gigawatt": "1000000000",
    },
    "energy": {
        "joule": "0.000000278", "kilowatt-hour": "1", "megawatt-hour": "1000",
        "gigawatt-hour": "1000000", "terawatt-hour": "1000000000",
    },
    "data": {
        "bit": "0.125", "kilobit": "125", "megabit": "125000", "byte": "1", "kilobyte": "1000",
        "gigabit": "125000000", "megabyte": "1000000", "gigabyte": "1000000000",
        "terabyte": "1000000000000",
    },
    "voltage": {"volt": "1"}, "resistance": {"ohm": "1"}, "current": {"milliampere": "1"},
    "frequency": {"hertz": "1", "kilohertz": "1000", "megahertz": "1000000",
                  "gigahertz": "1000000000"},
}  # fmt: skip
# Common spellings beside ICU's names, in any language.
_ALSO = {
    "month": "mois|month|months|mes|meses",
    "millennium": "millénaire|millénaires|millennium|millennia|milenio|milenios",
    "hour": "hs|hrs",
    "year": "année|années|yr|yrs",
    "tonne": "ton|tons|tm",
    "kilogram": "kilo|kilos",
    "bit": "bpp",
    "kilobit": "kbit|kbits|kbps|Kb|Kbit|Kbits|Kbps",
    "megabit": "Mbit|Mbits|Mbps",
    "gigabit": "Gbit|Gbits|Gbps",
    "kilobyte": "KB|Ko|KiB",
    "megabyte": "Mio|MiB",
    "celsius": "degré|degrés|degree|degrees|grado|grados|°",
    "kilowatt": "KW|kw",
    "kilowatt-hour": "KWh|kwh|kWh|kilowattheure|kilowattheures|kilowatt hours|kilovatios-hora",
    "megawatt-hour": "MWh|mégawattheures|megawatt hours|megavatios-hora",
    "gigawatt-hour": "GWh|gigawattheures|gigawatt hours|gigavatios-hora",
    "terawatt-hour": "TWh|térawattheures|terawatt hours|teravatios-hora",
    "kilometer-per-hour": "kph|kmh|kilomètres à l’heure|kilomètres-heure",
    "square-kilometer": "sq km",
    "millisecond": "msec|msecs",
    "second": "s|sec",
    "volt": "Volt|Volts",
    "minute": "mn",
    "liter": "L",
    "inch": '"',
}
_MONEY = {
    "euro": "€|EUR|euro|euros",
    "dollar": "US$|$US|$|USD|dollar|dollars|dólar|dólares",
    "pound sterling": "£|GBP|livre sterling|livres sterling|libra esterlina|libras esterlinas",
    "yen": "¥|JPY|yen|yens|yenes",
    "yuan": "CNY|RMB|yuan|yuans|yuanes",
    "franc": "CHF|franc|francs|franco suizo|francos suizos|franc suisse|francs suisses",
    "point": "point de pourcentage|points de pourcentage|percentage point|percentage points"
    "|punto porcentual|puntos porcentuales|point|points|punto|puntos|pt|pts|pp|p.p.|pb",
}
CURRENCIES = frozenset(_MONEY) - {"point"}
CONVERTED = frozenset({"length", "mass", "area", "volume", "speed", "temperature", "power"})
# Symbols that are more often something else: “m.” is Mr, “c” a clause, “a” a word.
_OMITTED = {
    "in", "po", "pol.", "m.", "s.", "a", "b", "c", "d", "J", "o", "ac", "dec", "déc.", "mth",
    "sem.",
}  # fmt: skip
_BEFORE = re.compile(r"(US\$|\$|€|£|¥|\b(?:EUR|USD|GBP|JPY|CNY|CHF))\s?$")
_PER_HOUR = re.compile(r"\s(?:per|an|par|à l[’']|por)\s?(?:hour|heure|hora)(?!\w)")
# "la versión 2.8 ha introducido": a verb, not hectares.
_VERB = re.compile(r"ha(?=\s\w+(?:[aií]do|to|cho|rto)\b)")
_PREFIX = r"(?<![^|])(?i:(kilo|m[eé]ga|giga|t[eé]ra))"
_LINK = (
    r"\+?[\s-]*(?:de\s|d[’']\s?|(?:of\s)?(?:an\s)?)"
    r"(?:(?:derni[eè]r|prochain|premi[eè]r|[uú]ltim|pr[oó]xim|primer)[aeo]?s\s|(?:last|next|past|first)\s)?"
)
_OPENING = re.compile(r'(?<!\d)"')
_LONGEST_SYMBOL = 3
_FAR = 200  # characters before a number


@cache
def _spellings(language: str) -> dict[str, MeasuredUnit]:
    found: dict[str, MeasuredUnit] = {}
    for measure, units in _UNITS.items():
        for name, factor in units.items():
            for spelling in (*_icu_spellings(name, language), *_ALSO.get(name, "").split("|")):
                found[_even(spelling)] = (measure, Decimal(factor))
    for name, spellings in _MONEY.items():
        found |= {_even(spelling): (name, Decimal(1)) for spelling in spellings.split("|")}
    return {text: unit for text, unit in found.items() if text and text not in _OMITTED}


def _icu_spellings(name: str, language: str) -> set[str]:
    # English has two spellings: "metres" and "meters".
    locales = [icu_locale(language), *([icu.Locale("en", "US")] if language == "en" else [])]
    if name == "millennium":  # unknown to ICU
        return set()
    unit = icu.MeasureUnit.forIdentifier(name)
    found = set()
    for locale in locales:
        for width in (icu.UNumberUnitWidth.FULL_NAME, icu.UNumberUnitWidth.SHORT):
            form = icu.NumberFormatter.withLocale(locale).unit(unit).unitWidth(width)
            found |= {str(form.formatDouble(value)).strip("12 \u00a0\u202f") for value in (1, 2)}
    return found


def _even(text: str) -> str:
    """Names in lower case, symbols as they are; one sign for µ and for each power."""
    plain = " ".join(unicodedata.normalize("NFKC", re.sub(rf"{_PREFIX}-", r"\1", text)).split())
    return plain.lower() if len(plain) > _LONGEST_SYMBOL else plain


@cache
def _pattern(language: str) -> re.Pattern[str]:
    spellings = sorted(_spellings(language), key=len, reverse=True)
    names = "|".join(re.escape(one) for one in spellings if len(one) > _LONGEST_SYMBOL)
    names = re.sub(rf"{_PREFIX}(?=\w)", r"\1-?", names)  # "kilo-octet"
    symbols = "|".join(re.escape(one) for one in spellings if len(one) <= _LONGEST_SYMBOL)
    return re.compile(rf"{_LINK}(?P<unit>(?i:{names})|{symbols})(?:/s)?(?!\w|[’'/]\w)")


def _is_no_unit(text: str, start: int, match: re.Match[str], language: str) -> bool:
    """Whether it is a verb ("ha"), or the end of a quotation, not inches."""
    if match["unit"] == '"':
        return len(_OPENING.findall(text, max(0, start - _FAR), start)) % 2 == 1
    return language == "es" and _VERB.match(text, match.start("unit")) is not None


def unit_at(text: str, start: int, end: int, language: str) -> tuple[MeasuredUnit | None, int]:
    """The unit after a number at `start` to `end`, or its currency before it; and its end. `text`
    is in NFKC, so that a space is a space and `³` is `3`."""
    if not is_language(language):
        return None, end
    match = _pattern(language).match(text, end)
    if match and not _is_no_unit(text, start, match, language):
        measure, factor = _spellings(language)[_even(match["unit"])]
        if measure == "length" and (hour := _PER_HOUR.match(text, match.end())):
            return ("speed", factor), hour.end()
        return (measure, factor), match.end()
    if match := _BEFORE.search(text[max(0, start - 5) : start]):
        return _spellings(language)[match[1]], end
    return None, end
