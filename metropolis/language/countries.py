"""Countries' names: Unicode CLDR's, unless data/countries.yml names the country itself (and says why)."""

from __future__ import annotations

from metropolis.data.models import Country
from metropolis.language.cldr import territory_name


def country_name(country: Country, locale: str) -> str:
    """The country's name in `locale`."""
    return country.name[locale] if country.name else territory_name(country.code, locale).replace("'", "’")
