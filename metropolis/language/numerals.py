"""Reads numbers, percentages and fractions in digits; `digit_names.py` what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import icu

from metropolis.language.cldr import icu_locale, is_language
from metropolis.language.number_words import scale_at
from metropolis.language.quantity import Form, Kind, Quantity, Reading, read_as

_LONGEST = 25  # characters of a number; longer ones are codes, and Decimal rounds them
PERCENT = r"(?:%|٪|pour\s?cents?\b|per\s?cent\b|por\s?(?:ciento|cento|cien)\b|pct\b|p\.\s?100\b)"
PER_MILLE = r"(?P<mille>‰|per\s(?:mille|thousand)\b|pour\smille\b|por\smil\b)"
ORDINAL = (
    r"(?:\.?[ºª°](?!\s?[CF]\b)|(?:st|nd|rd|th|er|re|ers|res|ère|ères|nds?|ndes?|es?|\s?i?[èe]mes?"
    r"|è|ᵉ|ᵉʳ|ʳᵉ)(?![\w’']))"
)
_NUMBER = re.compile(
    r"(?P<digits>(?<![\d])[1-9]\d{0,2}(?:(?P<gap>[\s'’])\d{3})(?:(?P=gap)\d{3})*(?!\d)(?:[.,]\d+)?"
    r"|(?<![\w.,])\.\d+(?!\d*\.\d)|\d+(?:[.,]\d+)*)"
    rf"(?:(?P<ordinal>{ORDINAL})|\s?(?:(?P<percent>{PERCENT})|{PER_MILLE}))?",
    re.I,
)
# "5 M", "10k", "3 Md€", "$5bn".
_SHORT_SCALE = re.compile(
    r"(\s?(?:Mds?|Mrds?|MM|bn|tn|mn|M|k)|K)(?=[€$£]|\s[€$£]|EUR|USD|t\b|(?!\w))"
)
_MONEY_SCALE = re.compile(r"(m|b)(?!\w)")  # "$5m", "£2b": only after a currency sign
_COURSE = re.compile(r"(?<!\w)[A-Z][A-Za-z]+\s\Z")
# "in her 20s"
_AGED = re.compile(r"\b(?:his|her|their|my|our|your)\s(?:(?:early|late|mid)[\s-])?$")
# "entre 2 villes", "the 2 sides": of two, many say no number.
_BOTH = re.compile(r"\b(?:entre|between|l[eo]s|las|the|ces|ses|leurs|sus|their|these|of)\s$", re.I)
_RANGE = re.compile(r"\s?(?:[-–]|(?:y|et?|and|à|a|to|ou?|or)\s)\s?\d")
_MONEY = re.compile(r"[$€£]\s?$")
_POWERS = {
    **dict.fromkeys(("m", "mm", "mn"), 6),
    **dict.fromkeys(("b", "bn", "md", "mds", "mrd", "mrds"), 9),
    **{"k": 3, "tn": 12},
}
GROUPS = re.compile(r"[1-9]\d{0,2}(?:([\s.,])\d{3})(?:\1\d{3})*")
# "24 h sur 24", "7 jours sur 7", "24 h/24": always; the second number is the first once more.
_ALWAYS = re.compile(r"(?=\d)(?<![\d.,])(\d+)\s?(?:h|heures|j|jours)(?:\s?/\s?|\ssur\s)(\1)(?!\d)")
# Words before a version or a criterion: "WCAG 2.2", "Python 3.100", "§ 3.2".
_VERSION = re.compile(
    r"(?:[A-Z]{2,}\s|[A-ZÀ-Þ]\w+\s|\bv|§\s?|[^\W\d_]|\b(?:vers(?:i[oó]n|ão)s?|crit[eè]r\w+"
    r"|secti?[oó]n\w*|cap[ií]tulos?|chap\w+|tabl\w+|figur\w+|art\w*\.?)\s)$"
)
_SCALED = ("data", "frequency", "length", "power")  # their base units have no prefix
_YEARS = re.compile(r"(?:1[5-9]|20)\d\d[.,](?:1[5-9]|20)\d\d")  # "1998,1999"
_LIST = re.compile(r",\s\d")  # a list goes on
LOS = re.compile(r"\blos $", re.I)  # "los 80", "los noventa" may be decades
# "1) one thing and 2) another": what is counted, and by which sign, is each language's own.
_ENUMERATOR = re.compile(r"(?<![\w.,:/(–-])\d{1,2}\)(?=\s)")
_DECADE = re.compile(
    r"(?:années|años|anos)\s(?:los\s)?(?:[’']?\w+\s(?:et|y|e)\s(?:los\s)?)?[’']?$", re.I
)
_AGE = re.compile(r"[\w’'-]+\s(?:ans|años|anos)\b", re.I)  # "los años 80 y 80 años"
_PLURAL = re.compile(r"['’]?s(?!\w)")  # "the 1980s"
_BEFORE_PLURAL = re.compile(r"(?:\bthe|early|late|mid)[\s-]['’]?$|['’]$", re.I)
_FAR = 30  # characters before a number


@cache
def _marks(language: str) -> tuple[str, str]:
    """The sign that groups the digits of the language's numbers, and its decimal mark."""
    if not is_language(language):
        return ",", "."
    signs, kinds = icu.DecimalFormatSymbols(icu_locale(language)), icu.DecimalFormatSymbols
    decimal = str(signs.getSymbol(kinds.kDecimalSeparatorSymbol))
    return ("," if decimal == "." else "."), decimal


def read_enumerators(text: str) -> Iterator[Quantity]:
    """The number before a bracket that none has opened: `1) … 2) …`."""
    for match in _ENUMERATOR.finditer(text):
        before = text[: match.start()]
        if before.count("(") <= before.count(")"):
            value = Decimal(match[0][:-1]).normalize()
            yield read_as("number", match.span(), ("number", value), form="hint")


def read_always(text: str) -> Iterator[Quantity]:
    """The second number of `24 h sur 24`, which another language leaves out."""
    for match in _ALWAYS.finditer(text):
        value = Decimal(match[2]).normalize()
        yield read_as("number", match.span(2), ("number", value), form="hint")


def read_numbers(text: str, language: str) -> Iterator[Quantity]:
    """Numbers, percentages and ordinals in digits, with their scale: `2,3 mil millones`."""
    for match in _NUMBER.finditer(text):
        if len(match["digits"]) > _LONGEST:
            continue
        for start, end in _parts(match, language):
            yield _number(text, language, match, start, end)


def _parts(match: re.Match[str], language: str) -> list[tuple[int, int]]:
    """The places of the number; of "1,2,3" those of each, and of "1,3, 5" in English. In the point
    "0.5,1.5", the mark that is not a decimal's stands between two numbers."""
    digits = match["digits"]
    if digits.isdecimal():
        return [match.span("digits")]
    marks = re.findall(r"[.,]", digits)
    single = rf"\d+(?:[{marks[-1]}]\d+)*" if len(set(marks)) == 2 else r"\d+"
    is_list = language == "en" and "," in marks and _LIST.match(match.string, match.end("digits"))
    if _YEARS.fullmatch(digits) or (is_list and not GROUPS.fullmatch(digits)):
        marks = [*marks, ","]
    is_one = len(set(marks)) == 2 and marks.count(marks[-1]) == 1
    if len(marks) < 2 or is_one or GROUPS.fullmatch(digits) or match["gap"]:
        return [match.span("digits")]
    start = match.start("digits")
    return [(start + one.start(), start + one.end()) for one in re.finditer(single, digits)]


def _number(text: str, language: str, match: re.Match[str], start: int, end: int) -> Quantity:
    digits = text[start:end]
    value, is_foreign = read_value(digits, language)
    before = text[max(0, start - _FAR) : start]
    readings: set[Reading] = set()
    kind: Kind = "number"
    if "." in digits and _VERSION.search(before):
        readings.add(("code", digits))  # a version: the same signs in every language
    if match["ordinal"] and match.end("digits") == end:
        if match["ordinal"] in ("°", "º"):  # degrees
            readings.add(("number", value))
        return read_as("ordinal", (start, match.end()), ("ordinal", value), *readings, form="words")
    if (match["percent"] or match["mille"]) and match.end("digits") == end:
        kind, end = "percentage", match.end()
        value /= 10 if match["mille"] else 1
    else:
        plural = _PLURAL.match(text, end) if value % 10 == 0 else None
        if plural and value < 100 and not _BEFORE_PLURAL.search(before):
            readings.add(("number", value + 1900))  # or fifty seconds
        elif is_decade(text, value, start) or plural:
            value, end = value + (1900 if value < 100 else 0), plural.end() if plural else end
            if plural and value % 100 == 0:  # "the 1700s" are the 18th century
                readings.add(("ordinal", value / 100 + 1))
        if before[-1:] in ("'", "’") and end - start == 2:  # "in '98"
            readings |= {("number", value + 1900), ("number", value + 2000)}
        if language == "es" and value in range(20, 100, 10) and LOS.search(before):
            readings.add(("number", value + 1900))
        if language == "en" and re.match(r"m(?!\w)", text[end:]):  # metres, or millions
            readings.add(("number", (value * 10**6).normalize()))
        scale, end = _scale(text, start, end, language)
        value *= scale
        if scale > 1 and text[end - 1] in "kKM":  # "an 800k disk" has 800 KB, "a 10K run" 10 km
            readings |= {(measure, value.normalize()) for measure in _SCALED}
            readings.add(("data", (value / 8).normalize()))  # bits
    # "Open Science 101" is an introduction.
    is_course = language == "en" and digits == "101" and _COURSE.search(before)
    is_age = language == "en" and _AGED.search(before) and _PLURAL.match(text, match.end("digits"))
    is_both = digits == "2" and _BOTH.search(before) and not _RANGE.match(text, end)
    form: Form = "hint" if is_age or is_both or (is_course and kind == "number") else "digits"
    span, reading = (start, end), (kind, value.normalize())
    return read_as(kind, span, reading, *readings, form=form, is_foreign=is_foreign)


def is_decade(text: str, value: Decimal, start: int) -> bool:
    """Whether a number means a decade of the last century: `années 80`."""
    is_ten = value in range(10, 100, 10) and not _AGE.match(text, start)
    return is_ten and _DECADE.search(text[max(0, start - _FAR) : start]) is not None


def read_value(digits: str, language: str) -> tuple[Decimal, bool]:
    """The value, and whether it is written in another language's format."""
    if digits.isdecimal():  # as most are
        return Decimal(digits), False
    group, decimal = _marks(language)
    bare = re.sub(r"[\s'’]", "", digits)
    marks = re.findall(r"[.,]", bare)
    if not marks:
        return Decimal(bare), False
    last = marks[-1]
    is_grouped = re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", bare) is not None
    if len(set(marks)) == 2:  # the last one is the decimal mark
        other = "," if last == "." else "."
        return Decimal(bare.replace(other, "").replace(last, ".")), last != decimal
    if len(marks) > 1:
        return Decimal(bare.replace(last, "")), last != group
    if last == group and is_grouped and bare == digits and language != "fr":
        return Decimal(bare.replace(last, "")), False
    return Decimal(bare.replace(last, ".")), last != decimal


def _scale(text: str, start: int, end: int, language: str) -> tuple[Decimal, int]:
    scale, stop = scale_at(text, end, language)
    if stop > end:
        return scale, stop
    match = _SHORT_SCALE.match(text, end)
    if match is None and _MONEY.search(text[max(0, start - 2) : start]):
        match = _MONEY_SCALE.match(text, end)
    return (
        (Decimal(10 ** _POWERS[match[1].strip().lower()]), match.end())
        if match
        else (Decimal(1), end)
    )
