"""Reads days and shares that have a name instead of a figure: `May Day` is 1 May, an even split is
50 %. A text may leave them out: nobody says that they are a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache

from metropolis.language.quantity import Form, Quantity, Reading

# (month, day): its names in all languages.
_DAYS = {
    (1, 1): ("jour de l’an", "nouvel an", "new year’s day", "new years day", "año nuevo"),
    (1, 6): ("épiphanie", "epiphany", "noche de reyes", "día de reyes"),
    (2, 14): (
        *("saint-valentin", "saint valentine’s day", "saint valentines day"),
        *("valentine’s day", "valentines day", "san valentín"),
    ),
    (5, 1): ("fête du travail", "may day", "día del trabajo", "primero de mayo"),
    (6, 24): ("la saint-jean", "día de san juan", "noche de san juan"),
    (7, 4): ("fourth of july",),
    (7, 14): ("bastille day",),
    (10, 31): ("halloween",),
    (11, 1): ("la toussaint", "all saints’ day", "all saints day", "todos los santos"),
    (12, 24): ("veille de noël", "réveillon de noël", "christmas eve", "nochebuena"),
    (12, 25): ("noël", "christmas day", "christmas", "día de navidad", "navidad"),
    (12, 31): (
        *("saint-sylvestre", "réveillon du nouvel an", "new year’s eve", "new years eve"),
        *("nochevieja",),
    ),
}
_NAMES_OF_DAYS = tuple(name for names in _DAYS.values() for name in names)
_EVEN = (
    *("à parts égales", "moitié-moitié", "fifty-fifty", "fifty–fifty", "half and half"),
    *("evenly", "a partes iguales", "mitad y mitad", "a medias"),
)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name).replace("’", "['’]") for name in names)


def _has_one(text: str, names: Iterable[str]) -> bool:
    """Whether `names` may be found, quickly: hardly any text has one."""
    small = text.lower().replace("'", "’")
    return any(name in small for name in names)


@cache
def _days() -> re.Pattern[str]:
    days = "|".join(f"(?P<d{month}_{day}>{_any_of(_DAYS[month, day])})" for month, day in _DAYS)
    return re.compile(rf"(?<!\w)(?:{days})(?!\w)(?:,?\s(?:del?\s)?(?P<year>\d{{4}})(?!\d))?", re.I)


@cache
def _even() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{_any_of(_EVEN)})(?!\w)", re.I)


def read_named_days(text: str) -> Iterator[Quantity]:
    """`Christmas 2019` is 25 December 2019."""
    for match in _days().finditer(text) if _has_one(text, _NAMES_OF_DAYS) else ():
        found = match.groupdict()
        year = int(found.pop("year") or 0)
        name = next(key for key, value in found.items() if value)
        month, day = map(int, name[1:].split("_"))
        reading: Reading = ("date", (year, month, day))
        form: Form = "digits" if year else "hint"
        yield Quantity("date", reading[1], *match.span(), frozenset({reading}), form)


def read_even_shares(text: str) -> Iterator[Quantity]:
    """`à parts égales` is 50 %, or one half, or 50/50."""
    half: frozenset[Reading] = frozenset(
        {("number", Decimal("0.5")), ("percentage", Decimal(50).normalize()), ("code", "50/50")}
    )
    for match in _even().finditer(text) if _has_one(text, _EVEN) else ():
        yield Quantity("number", Decimal("0.5"), *match.span(), half, "hint")
