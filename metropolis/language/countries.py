"""Country names from Unicode CLDR, unless data/countries.yml has a name (and the reason)."""

from __future__ import annotations

from metropolis.data.models import Country
from metropolis.language.cldr import territory_name


def country_name(country: Country, locale: str) -> str:
    """The country's name in `locale`."""
    return (
        country.name[locale]
        if country.name
        else territory_name(country.code, locale).replace("'", "’")
    )
