"""Dates in words, as each language writes them; the names of the months are Unicode CLDR's."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

_S = "[ \u00a0\u202f]"
_YEAR = r"(?P<year>\d{4})(?!\d)"


@cache
def month_numbers(language: str) -> dict[str, int]:
    """Name in small letters -> number of the month."""
    return {name.lower(): number for number, name in Locale(language).months["format"]["wide"].items()}


def _month(language: str) -> str:
    names = Locale(language).months["format"]["wide"].values()
    return f"(?P<month>{'|'.join(names)})(?!\\w)"


def _forms(language: str, *forms: str) -> tuple[re.Pattern[str], ...]:
    # English months have a capital, and "may" without one is a verb.
    flags = 0 if language == "en" else re.IGNORECASE
    return tuple(re.compile(form.replace("MONTH", _month(language)), flags) for form in forms)


_DAY = r"(?<!\d)(?P<day>\d{1,2})"
# The longer forms first: what one has read, the next ones pass over.
DATE_FORMS = {
    "fr": _forms("fr", rf"{_DAY}(?:er|ᵉʳ)?{_S}MONTH(?:{_S}{_YEAR})?", rf"MONTH{_S}{_YEAR}"),
    "en": _forms(
        "en",
        rf"{_DAY}(?:st|nd|rd|th)?{_S}MONTH(?:,?{_S}{_YEAR})?",
        rf"MONTH{_S}(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?{_S}{_YEAR})?",
        rf"MONTH{_S}{_YEAR}",
    ),
    "es": _forms(
        "es",
        rf"{_DAY}(?:\.?º)?{_S}de{_S}MONTH(?:{_S}del?{_S}{_YEAR})?",
        rf"MONTH{_S}del?{_S}{_YEAR}",
    ),
    "pt": _forms(
        "pt",
        rf"{_DAY}(?:\.?º)?{_S}de{_S}MONTH(?:{_S}de{_S}{_YEAR})?",
        rf"MONTH{_S}de{_S}{_YEAR}",
    ),
}
