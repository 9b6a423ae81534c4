"""Countries' names: Unicode CLDR's, unless data/countries.yml names the country itself (and says why)."""

from __future__ import annotations

from functools import lru_cache

from babel import Locale

from metropolis.data.models import Country


@lru_cache(maxsize=16)
def _territories(locale: str) -> dict[str, str]:
    return dict(Locale.parse(locale).territories)


def country_name(country: Country, locale: str) -> str:
    """The country's name in `locale`."""
    if country.name:
        return country.name[locale]
    return _territories(locale)[country.code].replace("'", "’")
