"""Dates in words, as each language writes them; the names of the months are Unicode CLDR's."""

from __future__ import annotations

import re
from functools import cache

from babel import Locale

_S = "[  \u202f]"
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


# English days have an ending, which is the day's own: "28th May 2020" is not read again as "May 2020".
_NO_DAY = "".join(rf"(?<!\d{ending}{_S})" for ending in ("", "st", "nd", "rd", "th"))
_DAY = r"(?<!\d)(?P<day>\d{1,2})"
# Each form begins or ends with a number that none of the others takes: no date is read twice.
DATE_FORMS = {
    "fr": _forms(
        "fr", rf"{_DAY}(?:er|ᵉʳ)?{_S}MONTH(?:{_S}{_YEAR})?", rf"(?<!\d{_S})(?<!\d)(?<!1er{_S})MONTH{_S}{_YEAR}"
    ),
    "en": _forms(
        "en",
        rf"{_DAY}(?:st|nd|rd|th)?{_S}MONTH(?:,?{_S}{_YEAR})?",
        rf"{_NO_DAY}MONTH{_S}(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?(?:,?{_S}{_YEAR})?",
        rf"{_NO_DAY}MONTH{_S}{_YEAR}",
    ),
    "es": _forms(
        "es",
        rf"{_DAY}(?:\.?º)?{_S}de{_S}MONTH(?:{_S}del?{_S}{_YEAR})?",
        rf"(?<!\d{_S}de{_S})MONTH{_S}del?{_S}{_YEAR}",
    ),
    "pt": _forms(
        "pt",
        rf"{_DAY}(?:\.?º)?{_S}de{_S}MONTH(?:{_S}de{_S}{_YEAR})?",
        rf"(?<!\d{_S}de{_S})MONTH{_S}de{_S}{_YEAR}",
    ),
}
