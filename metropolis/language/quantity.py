"""A quantity that a text mentions, and when two of them are the same."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from metropolis.language.units import MeasuredUnit

Date = tuple[int, int, int]  # year, month, day, with 0 for a missing part
Value = Decimal | Date | str
# A code is a telephone number, an address of a machine, a version of three parts; a name has a
# digit in it: `HTML5`. A time is in minutes of the day.
Kind = Literal["number", "percentage", "date", "time", "ordinal", "code", "name"]
Form = Literal["digits", "words", "hint"]
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
    return Quantity(kind, value, *span, frozenset(readings), form, is_foreign=is_foreign)
