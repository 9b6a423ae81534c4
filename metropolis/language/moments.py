"""Reads dates and clock times, in words or in digits: `28 mai 2020`, `01/02/2017`, `2.30 pm`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from metropolis.language.months import date_forms, with_small_letters
from metropolis.language.number_vocabulary import fold, read_vocabulary
from metropolis.language.quantity import Date, Quantity, Reading, read_as

_DATE_SIGN = re.compile(r"\d[./-]\d")  # hardly any text has a date in digits
_CENTURIES = (1900, 2000)  # of a year that is written with two digits
_EARLIEST = 69  # of those that are more likely in the first
_COMING = 40  # of a month's year: before it, rather the second
# The first day of "28/02 au 03/03/2020".
_FIRST = re.compile(
    r"(?<![\d./-])(\d{1,2})([./])(\d{1,2})(?=\s?(?:au|et|to|and|al|y|a|[–-])\s?(?:le\s|el\s)?"
    r"\d{1,2}\2\d{1,2}\2\d\d)"
)
_ISO = re.compile(r"(?<![\d/.-])(\d{4})([/.-])(\d\d)\2(\d\d)(?![\d/-]|\.\d)")
_ISO_MONTH = re.compile(r"(?<![\d./-])((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-]|[.,]\d)")
_DIGITS = re.compile(r"(?<![\d./-])(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)(?![\d/-]|\.\d)")
_MONTH = re.compile(r"(?<![\d./-])(\d{1,2})/((?:19|20)\d\d)(?![\d/])")
_YEARS = re.compile(
    r"(?=\d)(?<![\d./-])((?:1[5-9]|20)\d\d)\s?[/–—-]\s?(\d\d)(?![\d/–—-]|[.,]\d|\s?%)"
)
_PAGES = re.compile(r"(?=\d)(?<![\w.,/-])(\d{3,5})[–-](\d{1,4})(?![\w/–—-]|[.,]\d|\s?%)")
_NOON = re.compile(
    r"(?<!\w)(?:(midi|noon|mediodía|meio-dia)|(minuit|midnight|medianoche|meia-noite))(?!\w)", re.I
)
# The other end of "9.30 a 17.15 h".
_UNTIL = r"(?:\s?(?:[–-]|(?:a|to|y|and|hasta las)\s)\s?\d{1,2}(?:\.[0-5]\d)?)"
_TIME = re.compile(
    r"(?=\d)(?<![\d.,:/])(?P<hour>[01]?\d|2[0-4])(?:"
    r"\s?(?:h|hrs?|heures?|horas?)\s?(?P<after>[0-5]\d)(?!\d)"
    r"|:(?P<minute>[0-5]\d)(?::[0-5]\d)?(?![\d:]|[\s.,]\d{3}(?!\d))"
    rf"|\.(?P<point>[0-5]\d)(?={_UNTIL}?\s?(?:h|hrs|horas|[ap]\.?\s?m\b"
    r"|d[ea] la (?:mañana|tarde|noche)|in the (?:morn|aftern|even)))"
    r"|(?=\s?[ap]\.?\s?m\b|\s?(?:heures?\s|h\s)?(?:du matin|du soir|de l[’']après-midi)"
    r"|\s(?:h\s)?d[ea] (?:la )?(?:mañana|tarde|noche|manhã|noite)"
    r"|\s(?:o[’']clock|in the (?:morning|afternoon|evening))))"
    r"(?:\s?(?:h|hrs|horas|heures?|o[’']clock)(?!\w))?"
    r"(?P<half>\s?[ap](?:\.\s?m\.?|\s?m)(?!\w)|\s(?:du matin|du soir|de l[’']après-midi)"
    r"|\sd[ea] (?:la )?(?:mañana|tarde|noche|manhã|noite)|\sin the (?:morning|afternoon|evening))?",
    re.I,
)
# "11-S", "el 8M": the day and the first letter of the month.
_INITIAL = re.compile(r"(?<![\w-])(\d{1,2})(?:-|(?<=el \d)|(?<=el \d\d))([EFMAJSOND])(?!\w)", re.I)
# Hours in words, with what follows or comes before them; a quarter or a half of an hour.
_SPOKEN = {
    "en": r"(?:(?:(?P<half>half)|(?P<quarter>quarter)) (?:past|(?P<to>to)) (?P<hour>[^\W\d_]+|\d+)"
    r"|(?P<full>[^\W\d_]+|\d+) (?:o[’']clock|in the (?:morning|afternoon|evening)))",
    "fr": r"(?P<hour>[^\W\d_]+|\d+) ?h(?:eures?)? (?:(?P<to>moins le quart)|(?P<half>et demie?)"
    r"|(?P<quarter>et quart)|(?P<full>du (?:matin|soir)))",
    "es": r"las? (?P<hour>[^\W\d_]+|\d+) (?:(?P<to>menos cuarto)|(?P<half>y media)"
    r"|(?P<quarter>y cuarto)|(?P<full>de la (?:mañana|tarde|noche)))",
}
_INITIALS = "EFMAMJJASOND"
# A chapter and its verse: "Mt 7:1", "Jean 3:16". What is between the two is each language's own.
_REFERENCE = re.compile(r"(?=\d)(?<![\d,:])(?<!\d\.)(\d{1,3}):(\d{1,3})(?![\d:]|[\s.,]\d{3}(?!\d))")
_TITLE = re.compile(r"[A-ZÀ-Þ][^\W\d_]*\.?\s?$")
_FAR = 20  # characters before a number
_MORNING = re.compile(r"a|du matin|in the m|d[ea] (?:la )?ma", re.I)


def read_dates(text: str, language: str) -> Iterator[Quantity]:
    """Dates in words first: `1 May` is not the end of a number."""
    months, forms = date_forms(language)
    small = with_small_letters(text, language)
    for form in forms:
        for match in form.finditer(small):
            found = match.groupdict()
            month = months[found["month"]]
            day = 1 if found.get("first") else int(found.get("day") or 0)
            short = int(found.get("short") or 0)  # "June '98", "mai 68"
            year = int(found.get("year") or (short and short + _CENTURIES[short < _COMING]))
            until = found.get("until")
            end = match.end("day") if until else match.end()
            is_english = day > 0 and match.start("month") == match.start()
            readings: list[Reading] = [("date", (year, month, day))]
            if is_english and match.end() == match.end("day"):  # "in March 8 towns", or 8 March
                readings.append(("number", Decimal(day).normalize()))
            is_foreign = is_english and language != "en" and year > 0
            yield read_as("date", (match.start(), end), *readings, is_foreign=is_foreign)
            if until:
                yield _date((match.start("until"), match.end()), (year, month, int(until)))
    if _DATE_SIGN.search(text):
        yield from _dates_in_digits(text, language)
    if language == "es":
        yield from _days_by_initial(text)


def _days_by_initial(text: str) -> Iterator[Quantity]:
    for match in _INITIAL.finditer(text):
        sign, day = match[2].upper(), int(match[1])
        numbers = [month for month, initial in enumerate(_INITIALS, 1) if initial == sign]
        days: frozenset[Reading] = frozenset(("day", (0, month, day)) for month in numbers)
        yield Quantity("name", match[0], *match.span(), days, "words")


def _date(span: tuple[int, int], *dates: Date, is_foreign: bool = False) -> Quantity:
    return read_as("date", span, *(("date", one) for one in dates), is_foreign=is_foreign)


def _dates_in_digits(text: str, language: str) -> Iterator[Quantity]:
    for match in _ISO.finditer(text):
        year, month, day = (int(match[number]) for number in (1, 3, 4))
        if _is_day(month, day):
            yield _date(match.span(), (year, month, day))
    for match in _ISO_MONTH.finditer(text):
        year, month = int(match[1]), int(match[2])
        if month <= year % 100:  # else rather two years: "2009-10"
            yield _date(match.span(), (year, month, 0))
    for match in _DIGITS.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        years = [year + century for century in _CENTURIES] if year < 100 else [year]
        # English writes both orders; the other languages the day first.
        orders = [(second, first), *([(first, second)] if language == "en" else [])]
        days = [one for one in orders if _is_day(*one)]
        dates = [(one, *day) for one in years[:: 1 if year >= _EARLIEST else -1] for day in days]
        if dates and match[2] == "." and year < 100:  # rather a version: "1.12.18"
            yield read_as(
                "code", match.span(), ("code", match[0]), *(("date", one) for one in dates)
            )
        elif dates:
            yield _date(match.span(), *dates)
    for match in _FIRST.finditer(text):
        if _is_day(int(match[3]), int(match[1])):
            yield _date(match.span(), (0, int(match[3]), int(match[1])))
    for match in _MONTH.finditer(text):
        if 1 <= int(match[1]) <= 12:
            yield _date(match.span(), (int(match[2]), int(match[1]), 0))


def read_spoken_times(text: str, language: str) -> Iterator[Quantity]:
    """`half past two`, `dix heures moins le quart`: in either half of the day."""
    words = read_vocabulary(language)
    for match in re.finditer(rf"(?<!\w){_SPOKEN.get(language, '$.')}(?!\w)", text, re.I):
        hour = match["hour"] or match["full"]
        kind, value = words.get((fold(hour),), ("", Decimal(hour if hour.isdecimal() else 99)))
        if kind in ("", "small") and 0 < value <= 24:
            minute = 30 if match["half"] else -15 if match["to"] else 0 if match["full"] else 15
            moment = value % 12 * 60 + minute
            times: list[Reading] = [("clock", (moment + half) % 1440) for half in (0, 720)]
            times.append(("minutes", value * 60 + minute))  # "une heure et demie"
            yield read_as("time", match.span(), *times, form="words")


def _is_day(month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= 31


def read_year_ranges(text: str) -> Iterator[Quantity]:
    """Both years of `2016–17`: the number after the dash is a year too."""
    for match in _YEARS.finditer(text):
        first, last = int(match[1]), int(match[2])
        if last > first % 100:
            year = Decimal(first - first % 100 + last)
            yield read_as("number", match.span(2), ("number", year), ("number", Decimal(last)))


def read_page_ranges(text: str) -> Iterator[Quantity]:
    """The last page of `7724–36`, which leaves out the digits that it has from the first one."""
    for match in _PAGES.finditer(text) if "-" in text or "–" in text else ():
        last, kept = Decimal(match[2]), len(match[1]) - len(match[2])
        whole = Decimal(match[1][:kept] + match[2])
        if kept > 0 and whole > Decimal(match[1]):
            yield read_as("number", match.span(2), ("number", last), ("number", whole))


def is_reference(text: str, start: int) -> bool:
    """Whether what begins at `start` may be a place in the book that is named before it."""
    return _TITLE.search(text[max(0, start - _FAR) : start]) is not None


def read_references(text: str) -> Iterator[Quantity]:
    """Places in a book that cannot be clock times: `Mt 7:1`."""
    for match in _REFERENCE.finditer(text):
        if is_reference(text, match.start()):
            value = f"{int(match[1])}:{int(match[2])}"
            yield read_as("code", match.span(), ("code", value))


def read_times(text: str) -> Iterator[Quantity]:
    """Clock times in minutes of the day; `2:30` without am or pm is in either half of the day."""
    for match in _NOON.finditer(text):
        noon: Reading = ("clock", Decimal(720 if match[1] else 0))
        yield read_as("time", match.span(), noon, form="hint")
    for match in _TIME.finditer(text):
        hour = int(match["hour"])
        minute = int(match["after"] or match["minute"] or match["point"] or 0)
        half = (match["half"] or "").strip()
        if half and hour <= 12:
            hour = hour % 12 + (0 if _MORNING.match(half) else 12)
        readings: list[Reading] = [("clock", Decimal(hour % 24 * 60 + minute))]
        if not half and hour <= 12 and not match["after"]:
            readings.append(("clock", Decimal((hour % 12 + 12) * 60 + minute)))
        if match["after"] or match["minute"]:  # also a duration: "2 h 30", "2:30"
            readings.append(("minutes", Decimal(int(match["hour"]) * 60 + minute)))
        if match["minute"] and is_reference(text, match.start()):
            readings.append(("code", f"{int(match['hour'])}:{minute}"))
        yield read_as("time", match.span(), *readings)
