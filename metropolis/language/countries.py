"""Country names from Unicode CLDR, unless data/countries.yml has a name (and the reason)."""

from __future__ import annotations

from metropolis.data.models import Country
from metropolis.language.cldr import territory_name


def country_name(country: Country, locale: str) -> str:
    if country.name:
        return country.name[locale]
    return territory_name(country.code, locale).replace("'", "’")
