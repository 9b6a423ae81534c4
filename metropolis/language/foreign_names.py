"""What countries and cities are called elsewhere, by Unicode CLDR: Turkey and Türkiye, UK, 北京."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cache

import icu

from metropolis.language.collation import folded

# Where ICU keeps names that it has no function for: short and older names of countries ("UK",
# "Turkey"), and the cities that time zones are named after.
_COUNTRIES, _ZONES = "ICUDATA-region", "ICUDATA-zone"
_COUNTRY_TABLES = ("Countries", "Countries%short", "Countries%variant")
_ZONE_TABLE = "zoneStrings"


def main_language(country: str) -> str:
    """The language that most people of a country (ISO 3166) write."""
    return str(_likely(country).getLanguage())


def latin_languages(countries: Iterable[str]) -> list[str]:
    """The main languages of these countries that are written in Latin letters."""
    likely = map(_likely, countries)
    return sorted({one.getLanguage() for one in likely if one.getScript() == "Latn"})


def country_names(country: str, languages: Collection[str]) -> set[str]:
    tables = [(one, name) for one in languages for name in _COUNTRY_TABLES]
    return {_text(_COUNTRIES, *table, country) for table in tables} - {""}


def city_names(english: str, country: str, languages: Collection[str]) -> set[str]:
    """All names of a city in these languages; none, if no time zone is named after the city."""
    zone = _zones(country).get(folded(english))
    return {_text(_ZONES, one, _ZONE_TABLE, zone, "ec") for one in languages if zone} - {""}


def _likely(country: str) -> icu.Locale:
    return icu.Locale.addLikelySubtags(icu.Locale(f"und_{country}"))


@cache
def _zones(country: str) -> Mapping[str, str]:
    """The time zones of a country by the English name of their city."""
    keys = [zone.replace("/", ":") for zone in icu.TimeZone.createEnumeration(country)]
    return {folded(_english(key)): key for key in keys}


def _english(zone: str) -> str:
    name = _text(_ZONES, "en", _ZONE_TABLE, zone, "ec")
    return name or zone.rpartition(":")[2].replace("_", " ")


def _text(package: str, language: str, *keys: str) -> str:
    part = _part(package, language, *keys)
    return part.getString() if part else ""


@cache
def _part(package: str, language: str, *keys: str) -> icu.ResourceBundle | None:
    """The part of a language's tables that `keys` lead to, one inside the other."""
    if not keys:
        return icu.ResourceBundle(package, icu.Locale(language))
    around = _part(package, language, *keys[:-1])
    try:
        return around and around.get(keys[-1])
    except icu.ICUError:  # this language has no such name
        return None
