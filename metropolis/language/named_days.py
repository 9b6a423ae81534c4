"""Reads days and shares that have a name instead of a figure: `May Day` is 1 May, an even split is
50 %. A text may leave them out: nobody says that they are a figure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from metropolis.language.quantity import Form, Quantity, Reading, read_as

# (month, day): its names in all languages; many leave out the apostrophe of "valentine’s".
_DAYS = {
    (1, 1): ("jour de l’an", "nouvel an", "new year’s day", "año nuevo"),
    (1, 6): ("épiphanie", "epiphany", "noche de reyes", "día de reyes"),
    (2, 14): ("saint-valentin", "saint valentine’s day", "valentine’s day", "san valentín"),
    (5, 1): ("fête du travail", "may day", "día del trabajo", "primero de mayo"),
    (6, 24): ("la saint-jean", "día de san juan", "noche de san juan"),
    (7, 4): ("fourth of july",),
    (7, 14): ("bastille day",),
    (10, 31): ("halloween",),
    (11, 1): ("la toussaint", "all saints’ day", "todos los santos"),
    (12, 24): ("veille de noël", "réveillon de noël", "christmas eve", "nochebuena"),
    (12, 25): ("noël", "christmas day", "christmas", "día de navidad", "navidad"),
    (12, 31): ("saint-sylvestre", "réveillon du nouvel an", "new year’s eve", "nochevieja"),
}
_NAMES_OF_DAYS = tuple(name.replace("’", "") for names in _DAYS.values() for name in names)
_EVEN = (
    *("à parts égales", "moitié-moitié", "fifty-fifty", "fifty–fifty", "half and half"),
    *("evenly", "a partes iguales", "mitad y mitad", "a medias", "50-50", "50–50"),
)


def _any_of(names: Iterable[str]) -> str:
    return "|".join(re.escape(name).replace("’", "['’]?") for name in names)


_DAY = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'({_any_of(names)})' for names in _DAYS.values())})(?!\w)"
    r"(?:,?\s(?:del?\s)?(?P<year>\d{4})(?!\d))?",
    re.I,
)
_EVEN_SHARE = re.compile(rf"(?<!\w)(?:{_any_of(_EVEN)})(?!\w)", re.I)


def _has_one(text: str, names: Iterable[str]) -> bool:
    """Whether `names` may be found, quickly: hardly any text has one."""
    small = text.lower().replace("'", "").replace("’", "")
    return any(name in small for name in names)


def read_named_days(text: str) -> Iterator[Quantity]:
    """`Christmas 2019` is 25 December 2019."""
    for match in _DAY.finditer(text) if _has_one(text, _NAMES_OF_DAYS) else ():
        year = int(match["year"] or 0)
        named = next(date for date, name in zip(_DAYS, match.groups(), strict=False) if name)
        form: Form = "digits" if year else "hint"
        yield read_as("date", match.span(), ("date", (year, *named)), form=form)


def read_even_shares(text: str) -> Iterator[Quantity]:
    """`à parts égales` is 50 %, or one half, or 50/50."""
    half, percent = Decimal("0.5"), Decimal(50).normalize()
    readings: list[Reading] = [("number", half), ("percentage", percent), ("code", "50/50")]
    for match in _EVEN_SHARE.finditer(text) if _has_one(text, _EVEN) else ():
        yield read_as("number", match.span(), *readings, form="hint")
