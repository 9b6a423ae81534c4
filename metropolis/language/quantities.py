"""Values with their units, for sentences, tables and large figures: `35,1 µg/m³`, `62 %`."""

from __future__ import annotations

from metropolis.data.records import Records
from metropolis.language.numbers import NO_BREAK_SPACE, format_number, format_percent


def write_quantity(
    records: Records, value: float, unit: str, locale: str, decimals: int | None = None
) -> str:
    """`unit` is an id of data/units.yml; `decimals` None: as many digits as the value has."""
    if unit == "percent":
        return format_percent(value, locale, decimals)
    symbol = records.units[unit].symbol[locale]
    return f"{format_number(value, locale, decimals)}{NO_BREAK_SPACE}{symbol}"


def write_coordinates(records: Records, latitude: float, longitude: float, locale: str) -> str:
    """Decimal degrees with the compass direction: `45,51° N · 73,59° O`."""
    quarters = ("north" if latitude >= 0 else "south", "east" if longitude >= 0 else "west")
    parts = (
        f"{format_number(abs(value), locale, 2)}°{NO_BREAK_SPACE}{records.strings[quarter][locale]}"
        for value, quarter in zip((latitude, longitude), quarters, strict=True)
    )
    # No comma: it would look like a part of the numbers in French and Spanish.
    return " · ".join(parts)
