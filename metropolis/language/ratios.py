"""Reads fractions and products in digits: `2/3`, `1½`, `8,9 × 10³`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from metropolis.language.numerals import read_value
from metropolis.language.quantity import Quantity, Reading, read_as

_FRACTION = re.compile(
    r"(?<![\w/.,])(?:(\d{1,2})\s)?(\d{1,3})\s?[/⁄]\s?(\d{1,4})(?![\d/]|[.,]\d|\s\d{3}(?!\d))"
)
_VULGAR = re.compile(r"(?:(?<!\d)(\d{1,6})\s?)?([¼½¾⅐-⅞])")
_SLASH, _VULGAR_SIGN = re.compile(r"[/⁄]"), re.compile(r"[¼½¾⅐-⅞]")  # fast to ask for
# "8.9×1000", "8,9 × 10³", "1.5·10^6".
_PRODUCT = re.compile(
    r"(?<![\w.,])(\d+(?:[.,]\d+)?)\s?[×·]\s?(10+)(?:\^?([⁻-]?[⁰¹²³⁴-⁹]{1,2})|\^(-?\d{1,2}))?(?![\w.,]\d|\w)"
)
# "2⁶⁴", "2^64", "2**64"; the raised number may also be that of a note: "2016⁵".
_POWER = re.compile(
    r"(?<![\w.,^])(?<!\d[\s.,])(\d{1,4})(?:(⁻?[⁰¹²³⁴-⁹]{1,2})|(?:\^|\*\*)(-?\d{1,2}))(?![\w.,]\d|\w)"
)
_RAISED_SIGN = re.compile(r"[⁰¹²³⁴-⁹^*]")  # fast to ask for
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def read_products(text: str, language: str) -> Iterator[Quantity]:
    """A number times a power of ten: `8,9 × 10³` is 8,900."""
    for match in _PRODUCT.finditer(text):
        value, is_foreign = read_value(match[1], language)
        power = int((match[3] or match[4] or "1").translate(_RAISED))
        value = (value * Decimal(match[2]) ** power).normalize()
        yield read_as("number", match.span(), ("number", value), is_foreign=is_foreign)
    for match in _POWER.finditer(text) if _RAISED_SIGN.search(text) else ():
        value = (Decimal(match[1]) ** int((match[2] or match[3]).translate(_RAISED))).normalize()
        is_mark = match[2] and int(match[1]) > 10
        base: list[Reading] = [("number", Decimal(match[1]).normalize())] if is_mark else []
        yield read_as("number", match.span(), ("number", value), *base)


def read_fractions(text: str) -> Iterator[Quantity]:
    """`2/3`, `1½`. The same signs may also be a score, a ratio or a day."""
    for match in _FRACTION.finditer(text) if _SLASH.search(text) else ():
        whole, above, below = Decimal(match[1] or 0), Decimal(match[2]), Decimal(match[3])
        is_whole = bool(match[1]) and above < below
        start = match.start() if is_whole or not match[1] else match.start(2)
        if below:
            is_even = above == below  # "50/50": half for each
            value = Decimal("0.5") if is_even else (whole if is_whole else 0) + above / below
            days = _days(above, below)
            if value % 1 == 0:  # "24/12" is no two
                yield read_as("code", (start, match.end()), ("code", match[0]), *days)
                continue
            found = fraction(value, start, match.end(), match[0])
            yield replace(found, readings=found.readings | days)
    for match in _VULGAR.finditer(text) if _VULGAR_SIGN.search(text) else ():
        part = Decimal(str(round(unicodedata.numeric(match[2]), 12)))
        yield fraction(int(match[1] or 0) + part, match.start(), match.end(), match[0])


def _days(one: Decimal, other: Decimal) -> set[Reading]:
    """The days that two numbers may mean: "9/11" is in September in American English."""
    orders = [(int(one), int(other)), (int(other), int(one))]
    return {("day", (0, m, d)) for m, d in orders if 1 <= m <= 12 and 1 <= d <= 31}


def fraction(value: Decimal, start: int, end: int, sign: str = "") -> Quantity:
    """A fraction of one is also a percentage: half is 50 %."""
    value = round(value, 6).normalize()
    percent: Reading = ("percentage", round(value * 100, 1).normalize())
    codes: list[Reading] = [("code", sign)] if sign else []
    return read_as("number", (start, end), ("number", value), percent, *codes)
