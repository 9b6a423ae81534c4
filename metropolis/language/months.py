"""Patterns of dates in words for each language; the month names are Unicode CLDR's."""

from __future__ import annotations

import re
from functools import cache

import icu

from metropolis.language.cldr import icu_locale, is_language

_OTHER_CASE = re.compile(
    r"(?<=\d[ \u00a0])[a-z]{3,9}(?=,?\s\d{4}(?!\d))"
    r"|(?<!\w)[A-Z]{3,9}(?!\w)"
)
# Common spellings beside CLDR's names.
_ALSO = {"fr": {"aout": 8, "fév": 2, "fev": 2}, "en": {"Sept": 9, "Sep": 9}, "es": {"Sept": 9}}
_DAY = r"(?<![\d.,:/])(?P<day>\d{1,2})"
_YEAR = (
    r"(?:(?:de l[’']an(?:née)?|del año|of the year)\s)?"
    r"(?:(?P<year>\d{4})|['’](?P<short>\d\d))(?!\d)"
)
_FIRST = r"(?P<first>primero|premier)"  # the day before a month
# "May 23–27, 2017": the second day also comes after the month.
_UNTIL = r"(?:\s?(?:[–—-]|to|through|until|and|&)\s?(?P<until>\d{1,2})(?![\d:])(?i:st|nd|rd|th)?)?"
# "juin 4, 2022": the order of American English, in a language that has another.
_ENGLISH_ORDER = rf"MONTH\s(?P<day>\d{{1,2}}),\s{_YEAR}"
# "Juillet 15" in a list of dates, or eight towns: "en mars 8 villes".
_DAY_BEHIND = r"MONTH\s(?P<day>\d{1,2})(?![\d/]|[.,:]\d|\s?%)"
# "Science 2005 Dec; 71", as citations have it.
_YEAR_FIRST = r"(?=\d)(?<![\d.,])(?P<year>\d{4})[\s-]MONTH(?:[\s-](?P<day>\d{1,2}))?(?!\s?\w)"
# Longer forms first: the next ones skip what a form has matched. The last is any language's.
_FORMS = {
    "fr": (
        rf"(?:{_DAY}(?:er|ᵉʳ)?|{_FIRST})[\s-]MONTH(?:\s{_YEAR})?",
        rf"MONTH\s{_YEAR}",
        r"MONTH\s(?P<short>[4-9]\d)(?!\d|[.,:]\d|\s?%)",  # "mai 68"
    ),
    "en": (
        rf"{_DAY}(?i:st|nd|rd|th)?\s(?:of\s)?MONTH(?:,?\s{_YEAR})?",
        rf"MONTH\s(?P<day>\d{{1,2}})(?!:?\d|\s?%)(?i:st|nd|rd|th)?{_UNTIL}(?:,?\s{_YEAR})?",
        rf"MONTH,?\s(?:of\s)?{_YEAR}",
    ),
    "es": (
        rf"(?:{_DAY}(?:\.?º|ro|ero)?|{_FIRST})\s(?:de\s)?MONTH(?:,?\s(?:del?\s)?{_YEAR})?",
        rf"MONTH\s(?:del?\s)?{_YEAR}",
    ),
    "pt": (rf"{_DAY}(?:\.?º)?\sde\sMONTH(?:\sde\s{_YEAR})?", rf"MONTH\sde\s{_YEAR}"),
    "": (rf"{_DAY}\.?\s(?:de\s)?MONTH(?:\s(?:del?\s)?{_YEAR})?", rf"MONTH\s(?:del?\s)?{_YEAR}"),
}


def _names(language: str) -> dict[str, int]:
    """Each month's names, in full and shortened, inside a date and alone, with its number."""
    symbols, forms = icu.DateFormatSymbols(icu_locale(language)), icu.DateFormatSymbols
    found = {
        name.rstrip("."): number
        for width in (forms.ABBREVIATED, forms.WIDE)
        for context in (forms.STANDALONE, forms.FORMAT)
        for number, name in enumerate(symbols.getMonths(context, width), 1)
    }
    return found | _ALSO.get(language, {})


@cache
def date_forms(language: str) -> tuple[dict[str, int], tuple[re.Pattern[str], ...]]:
    """Name -> number of the month; and the patterns, with groups day, month, year. They read a text
    as `with_small_letters` gives it: a pattern that ignores capitals takes eight times as long."""
    if not is_language(language):
        return {}, ()
    numbers = {with_small_letters(name, language): one for name, one in _names(language).items()}
    names = sorted(numbers, key=len, reverse=True)
    # The point of an abbreviation, not that of a sentence.
    letter = "A-ZÀ-Þ" if language == "en" else "a-zà-þ"
    end = rf"(?!\w)(?:\.(?!\s*$|\s+[{letter}]))?"
    # Where a word begins: a pattern that begins with a month would try every letter.
    month = rf"(?<!\w)(?P<month>{'|'.join(map(re.escape, names))}){end}"
    others = [] if language == "en" else [_ENGLISH_ORDER, _DAY_BEHIND]
    forms = (_YEAR_FIRST, *_FORMS.get(language, _FORMS[""]), *others)
    return numbers, tuple(re.compile(form.replace("MONTH", month)) for form in forms)


def with_small_letters(text: str, language: str) -> str:
    """The text, of the same length, as patterns of dates read it. English months have a capital:
    "may" without one is a verb, but not in "12 may 2022"; "MAY 12" is a title's."""
    if language == "en":
        return _OTHER_CASE.sub(lambda match: match[0].title(), text)
    return text.replace("İ", "I").lower()  # "İ" would be two letters
