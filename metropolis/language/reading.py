"""Reads the numbers, percentages and dates in a text, in its language's format.

The same quantity has the same value in any format: `1 234,5` = `1,234.5` = `1.234,5`;
`608 millions` = `608 million`; `28 mai 2020` = `May 28, 2020`. Ordinals (21st, 2ᵉ, XXIᵉ) are words,
not quantities.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache, lru_cache
from typing import Literal

import icu

from metropolis.language.cldr import icu_locale, is_language
from metropolis.language.months import DATE_FORMS, month_numbers, month_pattern

# A date's value is (year, month, day), with 0 for a missing part.
Value = Decimal | tuple[int, int, int]
Kind = Literal["number", "percentage", "date"]

_SPACES = " \u00a0\u2009\u202f"
# By language: the group separators and the decimal mark; otherwise Unicode CLDR's.
_SIGNS = {
    "fr": (_SPACES, ","),
    "es": ("." + _SPACES, ","),
    "pt": ("." + _SPACES, ","),
    "en": ("," + _SPACES[1:], "."),
}
_SCALES = {
    "fr": {
        "mille": 3, "million": 6, "millions": 6, "milliard": 9, "milliards": 9, "billion": 12,
        "billions": 12,
    },
    "en": {"thousand": 3, "million": 6, "billion": 9, "trillion": 12},
    "es": {
        "mil millones": 9, "millardo": 9, "millardos": 9, "millón": 6, "millones": 6, "billón": 12,
        "billones": 12, "mil": 3,
    },
    "pt": {"mil milhões": 9, "bilhão": 9, "bilhões": 9, "milhão": 6, "milhões": 6, "mil": 3},
}  # fmt: skip
_PERCENT = rf"(?:%|pour[{_SPACES}]cent\b|per[{_SPACES}]?cent\b|por[{_SPACES}](?:ciento|cento)\b)"
_ORDINAL = r"(?:\.?[ºª°]|(?:st|nd|rd|th|ers?|ères?|res?|nds?|ndes?|es?|[èe]mes?|è|ᵉ|ᵉʳ|ʳᵉ)(?!\w))"
# "WCAG 2.2", "version 4.0", "PM2.5": names with a number, the same in every language.
_VERSION = re.compile(
    r"(?:[A-Z]{2,}[ \u00a0]|[A-ZÀ-Þ]\w+[ \u00a0][A-ZÀ-Þ]\w+[ \u00a0]|[Vv]ers(?:i[oó]n|ão)["
    r" \u00a0]|[^\W\d_])$"
)
# "m2" is "m²" and "CO2" is "CO₂": the digit is a part of a symbol, not a quantity.
_SIGN = re.compile(r"(?<!\w)(?:[ckm]?m|CO)$")
# The text before and after a decade of the last century that is written with two digits.
_DECADE = {
    "fr": (re.compile(r"années[ \u00a0]$", re.IGNORECASE), ""),
    "en": (re.compile(r""), "s"),
    "es": (re.compile(r"años[ \u00a0]$", re.IGNORECASE), ""),
    "pt": (re.compile(r"anos[ \u00a0]$", re.IGNORECASE), ""),
}
_FAR = 100  # characters
_MOST_DIGITS = 25  # with separators: longer numbers are not quantities, and Decimal rounds them
_DIGIT = re.compile(r"\d")


@dataclass(frozen=True)
class Quantity:
    """`start`, `end`: offsets in the text; `is_foreign`: another language's decimal format."""

    kind: Kind
    value: Value
    start: int
    end: int
    is_foreign: bool = False


def read_quantities(text: str, locale: str) -> list[Quantity]:
    """The quantities of `text`, in order; `locale` may be any value of a `lang` attribute."""
    return list(_read(text, locale)) if _DIGIT.search(text) else []


# Cached, because several checks read each passage, and each translation compares the source's.
@lru_cache(maxsize=4096)
def _read(text: str, locale: str) -> tuple[Quantity, ...]:
    taken = bytearray(len(text))  # 1 for each character that is part of a date
    dates = list(_dates(text, locale, taken))
    numbers = [
        number for number in _numbers(text, locale) if 1 not in taken[number.start : number.end]
    ]
    return tuple(sorted([*dates, *numbers], key=lambda quantity: quantity.start))


def _language(locale: str) -> str:
    return locale.split("-")[0]


def _dates(text: str, locale: str, taken: bytearray) -> Iterator[Quantity]:
    months, forms = _calendar(_language(locale))
    for form in forms:
        for match in form.finditer(text):
            if 1 in taken[match.start() : match.end()]:
                continue  # a longer form has matched it
            found = match.groupdict()
            month = months.get(found["month"].lower())
            if month is None:
                continue  # IGNORECASE matched a similar letter, such as “ſ” for “s”
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
            value = (int(found.get("year") or 0), month, int(found.get("day") or 0))
            yield Quantity("date", value, match.start(), match.end())


@cache
def _calendar(language: str) -> tuple[dict[str, int], tuple[re.Pattern[str], ...]]:
    """The months and date forms of a language; the default form is day, month and year."""
    if not is_language(language):
        return {}, ()
    months = month_numbers(language)
    if language in DATE_FORMS:
        return months, DATE_FORMS[language]
    month, space = month_pattern(language), f"[{_SPACES}]"
    year = rf"{space}(?:del?{space})?(?P<year>\d{{4}})(?!\d)"
    day = rf"(?<!\d)(?P<day>\d{{1,2}})\.?{space}(?:de{space})?{month}(?:{year})?"
    return months, (re.compile(day, re.IGNORECASE), re.compile(month + year, re.IGNORECASE))


@cache
def _signs(language: str) -> tuple[str, str]:
    """The group separators (each character is one), and the decimal mark."""
    if language in _SIGNS:
        return _SIGNS[language]
    if not is_language(language):
        return _SIGNS["en"]
    signs = icu.DecimalFormatSymbols(icu_locale(language))
    group: str = signs.getSymbol(icu.DecimalFormatSymbols.kGroupingSeparatorSymbol)
    return group + _SPACES, str(signs.getSymbol(icu.DecimalFormatSymbols.kDecimalSeparatorSymbol))


def _is_decade(text: str, start: int, end: int, language: str) -> bool:
    before, after = _DECADE.get(language, (None, ""))
    is_after = not after or re.match(rf"{after}(?!\w)", text[end : end + 2]) is not None
    return before is not None and is_after and before.search(_before(text, start)) is not None


def _before(text: str, start: int) -> str:
    """The text before a number, as far as any pattern needs it."""
    return text[max(0, start - _FAR) : start]


def _numbers(text: str, locale: str) -> Iterator[Quantity]:
    language = _language(locale)
    group, decimal = _signs(language)
    for match in _number(language).finditer(text):
        if match["ordinal"] or _SIGN.search(_before(text, match.start())):
            continue
        digits = match["grouped"] or match["plain"] or match["foreign"]
        if len(digits) > _MOST_DIGITS:
            continue
        is_foreign = bool(match["foreign"]) and not _VERSION.search(_before(text, match.start()))
        plain = (
            digits.replace(",", ".")
            if match["foreign"]
            else "".join(c for c in digits if c not in group)
        )
        value = Decimal(plain.replace(decimal, "."))
        if value in range(10, 100, 10) and _is_decade(text, match.start(), match.end(), language):
            value += 1900
        if match["scale"]:
            value *= 10 ** _SCALES[language].get(match["scale"].lower().replace("\u00a0", " "), 0)
        kind: Kind = "percentage" if match["percent"] else "number"
        yield Quantity(kind, value.normalize(), match.start(), match.end(), is_foreign)


@cache
def _number(language: str) -> re.Pattern[str]:
    group, decimal = _signs(language)
    point = re.escape(decimal)
    other = "," if decimal == "." else r"\."
    scales = sorted(_SCALES.get(language, ()), key=len, reverse=True)
    scale = "|".join(word.replace(" ", "[ \u00a0]") for word in scales) or "(?!)"
    return re.compile(
        rf"(?:(?P<grouped>(?<!\d)\d{{1,3}}(?:[{re.escape(group)}]\d{{3}})+(?:{point}\d+)?)(?!\d)"
        rf"|(?P<foreign>\d+{other}\d+)(?!\d)"
        rf"|(?P<plain>\d+(?:{point}\d+)?))"
        rf"(?P<ordinal>{_ORDINAL})?"
        rf"(?:[{_SPACES}]?(?P<percent>{_PERCENT})|[{_SPACES}](?P<scale>{scale})(?!\w))?",
        re.IGNORECASE,
    )
