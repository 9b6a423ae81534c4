"""A quantity that a text mentions, and when two of them are the same."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from metropolis.language.units import CONVERTED, MeasuredUnit

Date = tuple[int, int, int]  # year, month, day, with 0 for a missing part
Value = Decimal | Date | str
# A code is a telephone number, an address of a machine, a version of three parts; a name has a
# digit in it: `HTML5`. A time is in minutes of the day.
Kind = Literal["number", "percentage", "date", "time", "ordinal", "code", "name"]
Form = Literal["digits", "words", "hint"]
_FAHRENHEIT = Decimal("0.5556")  # of a degree Celsius
_ROUNDED = Decimal("0.06")  # of the value
# One way to understand a quantity: a kind, or what a unit measures, and the value.
Reading = tuple[str, Value]


@dataclass(frozen=True)
class Quantity:
    """`start`, `end`: offsets in the text, `full_end` that of its unit. `readings` are all the ways
    to understand it: two quantities are the same if they have one in common. `form`: a number in
    `words` may be left out, but not changed; a `hint` (`both`, `one`) may be either. `is_foreign`:
    a decimal or a date in another language's format."""

    kind: Kind
    value: Value
    start: int
    end: int
    readings: frozenset[Reading]
    form: Form = "digits"
    unit: MeasuredUnit | None = None
    full_end: int = 0
    is_foreign: bool = False


def read_as(
    kind: Kind,
    span: tuple[int, int],
    *readings: Reading,
    form: Form = "digits",
    is_foreign: bool = False,
) -> Quantity:
    """The quantity at `span` of a text; its value is that of the first of its `readings`."""
    value = readings[0][1]
    return Quantity(kind, value, *span, frozenset(readings), form, None, span[1], is_foreign)


def is_conversion(one: Quantity, other: Quantity) -> bool:
    """Whether both are the same, rounded, in units of two systems: 10 miles are 16 km."""
    if not (one.unit and other.unit and one.unit[0] == other.unit[0] and one.unit[0] in CONVERTED):
        return False
    value, result, factor = one.value, other.value, one.unit[1] / other.unit[1]
    is_metric = factor.normalize().as_tuple().digits == (1,)  # 2 km are 2,000 m, and not 2,010
    if is_metric or not (isinstance(value, Decimal) and isinstance(result, Decimal)):
        return False
    if one.unit[0] == "temperature":
        warm, cold = (value, result) if factor < 1 else (result, value)
        return abs((warm - 32) * _FAHRENHEIT - cold) < 1
    return abs(value * factor - result) <= _ROUNDED * result


def implied_readings(quantity: Quantity) -> set[Reading]:
    """The values that a quantity implies: the year of a date, the number in a name."""
    found: set[Reading] = set()
    if isinstance(quantity.value, tuple):
        year, _, day = quantity.value
        found = {("number", Decimal(part).normalize()) for part in (year, day) if part}
        for _, moment in quantity.readings:
            if isinstance(moment, tuple):
                found.add(("day", (0, *moment[1:])))
    elif quantity.kind == "ordinal":
        found = {("number", quantity.value)}
    elif quantity.form != "digits" and quantity.value == Decimal("0.5"):
        found = {("number", Decimal(2))}  # "by half": divided by 2
    elif isinstance(quantity.value, str):
        digits = re.findall(r"(?<!\d\.)(?:(?<!\d)\.)?\d++(?:\.\d++)?(?!\.\d)", quantity.value)
        found = {("number", Decimal(one).normalize()) for one in digits if len(one) < 16}
    return found
