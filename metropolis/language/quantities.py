"""Values with their units, as a sentence, a table or a large figure shows them: `35,1 µg/m³`, `62 %`."""

from __future__ import annotations

from metropolis.data.records import Records
from metropolis.language.numbers import NO_BREAK_SPACE, format_number, format_percent


def write_quantity(records: Records, value: float, unit: str, locale: str, decimals: int | None = None) -> str:
    """`unit` is an id of data/units.yml; `decimals` None writes as many digits as the value has."""
    if unit == "percent":
        return format_percent(value, locale, decimals)
    return f"{format_number(value, locale, decimals)}{NO_BREAK_SPACE}{records.units[unit].symbol[locale]}"
