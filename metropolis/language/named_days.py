"""Reads days and shares that have a name instead of a figure: `May Day` is 1 May, an even split is
50 %. A text may leave them out: nobody says that they are a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from metropolis.language.quantity import Form, Quantity, Reading

# (month, day): its names in all languages, as patterns.
_DAYS = {
    (1, 1): r"jour de l['’]an|nouvel an|new year['’]?s day|año nuevo",
    (1, 6): r"épiphanie|epiphany|(?:noche|día) de reyes",
    (2, 14): r"saint-valentin|(?:saint )?valentine['’]?s day|san valentín",
    (5, 1): r"fête du travail|may day|día del trabajo|primero de mayo",
    (6, 24): r"la saint-jean|(?:día|noche) de san juan",
    (7, 4): r"fourth of july",
    (7, 14): r"bastille day",
    (10, 31): r"halloween",
    (11, 1): r"la toussaint|all saints['’]? day|todos los santos",
    (12, 24): r"(?:veille|réveillon) de noël|christmas eve|nochebuena",
    (12, 25): r"noël|christmas(?: day)?|(?:día de )?navidad",
    (12, 31): r"saint-sylvestre|réveillon du nouvel an|new year['’]?s eve|nochevieja",
}
# Each name has one of these: hardly any text does, and to look for them costs next to nothing.
_SIGNS_OF_DAYS = (
    *("l’an", "l'an", "nouvel an", "new year", "nuevo", "phan", "reyes", "valent", "travail"),
    *("may day", "trabajo", "de mayo", "la saint-jean", "san juan", "of july", "bastille"),
    *("halloween", "toussaint", "all saints", "todos los", "noël", "christmas", "nochebuena"),
    *("navidad", "sylvestre", "nochevieja"),
)
_SIGNS_OF_SHARES = (
    "parts",
    "moitié-",
    "fifty",
    "half and",
    "evenly",
    "partes",
    "mitad y",
    "a medias",
)
_EVEN = re.compile(
    r"(?<!\w)(?:à parts égales|moitié-moitié|fifty[-–]fifty|half and half|evenly|a partes iguales"
    r"|mitad y mitad|a medias)(?!\w)",
    re.I,
)


@cache
def _days() -> re.Pattern[str]:
    names = "|".join(f"(?P<d{month}_{day}>{names})" for (month, day), names in _DAYS.items())
    return re.compile(rf"(?<!\w)(?:{names})(?!\w)(?:,?\s(?:del?\s)?(?P<year>\d{{4}})(?!\d))?", re.I)


def read_named_days(text: str) -> Iterator[Quantity]:
    """`Christmas 2019` is 25 December 2019."""
    small = text.lower()
    matches = _days().finditer(text) if any(sign in small for sign in _SIGNS_OF_DAYS) else ()
    for match in matches:
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
    small = text.lower()
    for match in _EVEN.finditer(text) if any(sign in small for sign in _SIGNS_OF_SHARES) else ():
        yield Quantity("number", Decimal("0.5"), *match.span(), half, "hint")
