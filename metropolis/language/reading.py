"""Reads the numbers, percentages and dates that a text holds, as its language writes them.

The same quantity is the same value whatever its format: `1 234,5` = `1,234.5` = `1.234,5`; `608 millions` =
`608 million`; `28 mai 2020` = `May 28, 2020`. Ordinals (21st, 2ᵉ, XXIᵉ) are words and not quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from metropolis.language.months import DATE_FORMS, month_numbers

# A date's value is (year, month, day); what is not said is 0.
Value = Decimal | tuple[int, int, int]
Kind = Literal["number", "percentage", "date"]

_SPACES = " \u00a0\u2009\u202f"
# By language: what parts groups of three, and what comes before decimals; else the English signs.
_SIGNS = {"fr": (_SPACES, ","), "es": ("." + _SPACES, ","), "pt": ("." + _SPACES, ","), "en": ("," + _SPACES[1:], ".")}
_SCALES = {
    "fr": {"mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9},
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "es": {"mil millones": 9, "millardo": 9, "millardos": 9, "millón": 6, "millones": 6, "billones": 12, "mil": 3},
    "pt": {"mil milhões": 9, "bilhão": 9, "bilhões": 9, "milhão": 6, "milhões": 6, "mil": 3},
}
_PERCENT = r"(?:%|pour cent\b|per ?cent\b|por ciento\b|por cento\b)"
_ORDINAL = r"(?:\.?[ºª°]|(?:st|nd|rd|th|er|ère|re|nd|nde|e|ème|è|ᵉ|ᵉʳ)(?!\w))"
# "WCAG 2.2", "version 4.0": a name with a number, written alike everywhere.
_VERSION = re.compile(r"(?:[A-Z]{2,}|[A-ZÀ-Þ]\w+[ \u00a0][A-ZÀ-Þ]\w+|[Vv]ersi[oó]n)[ \u00a0]$")
_DECADE = {"es": re.compile(r"años[ \u00a0]$"), "pt": re.compile(r"anos[ \u00a0]$")}


@dataclass(frozen=True)
class Quantity:
    """`start` and `end` are offsets in the text; `is_foreign`: written as another language writes its decimals."""

    kind: Kind
    value: Value
    start: int
    end: int
    is_foreign: bool = False


def read_quantities(text: str, locale: str) -> list[Quantity]:
    """The quantities of `text`, in their order."""
    dates = list(_dates(text, locale))
    spans = [(date.start, date.end) for date in dates]
    numbers = [
        number
        for number in _numbers(text, locale)
        if not any(start < number.end and number.start < end for start, end in spans)
    ]
    return sorted([*dates, *numbers], key=lambda quantity: quantity.start)


def _language(locale: str) -> str:
    return locale.split("-")[0]


def _dates(text: str, locale: str) -> Iterator[Quantity]:
    months = month_numbers(_language(locale))
    taken: list[tuple[int, int]] = []
    for form in DATE_FORMS.get(_language(locale), ()):
        for match in form.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue  # a longer form has read it
            taken.append(match.span())
            found = match.groupdict()
            value = (int(found.get("year") or 0), months[found["month"].lower()], int(found.get("day") or 0))
            yield Quantity("date", value, match.start(), match.end())


def _numbers(text: str, locale: str) -> Iterator[Quantity]:
    language = _language(locale)
    group, decimal = _SIGNS.get(language, _SIGNS["en"])
    for match in _number(language).finditer(text):
        if match["ordinal"]:
            continue
        digits = match["grouped"] or match["plain"] or match["foreign"]
        is_foreign = bool(match["foreign"]) and not _VERSION.search(text[: match.start()])
        plain = digits.replace(",", ".") if match["foreign"] else "".join(c for c in digits if c not in group)
        value = Decimal(plain.replace(decimal, "."))
        decade = _DECADE.get(language)
        if decade and value in range(10, 100, 10) and decade.search(text[: match.start()]):
            value += 1900
        if match["scale"]:
            value *= 10 ** _SCALES[language][match["scale"].lower().replace("\u00a0", " ")]
        kind: Kind = "percentage" if match["percent"] else "number"
        yield Quantity(kind, value.normalize(), match.start(), match.end(), is_foreign)


@cache
def _number(language: str) -> re.Pattern[str]:
    group, decimal = _SIGNS.get(language, _SIGNS["en"])
    point = re.escape(decimal)
    other = "," if decimal == "." else r"\."
    scales = sorted(_SCALES.get(language, {"\0": 0}), key=len, reverse=True)
    scale = "|".join(word.replace(" ", "[ \u00a0]") for word in scales)
    return re.compile(
        rf"(?:(?P<grouped>(?<!\d)\d{{1,3}}(?:[{re.escape(group)}]\d{{3}})+(?:{point}\d+)?)(?!\d)"
        rf"|(?P<foreign>\d+{other}\d+)(?!\d)"
        rf"|(?P<plain>\d+(?:{point}\d+)?))"
        rf"(?P<ordinal>{_ORDINAL})?"
        rf"(?:[{_SPACES}]?(?P<percent>{_PERCENT})|[{_SPACES}](?P<scale>{scale})(?!\w))?",
        re.IGNORECASE if language != "en" else 0,
    )
