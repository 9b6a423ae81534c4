"""Reads the quantities of a text. The same one has the same value in any language's format:
`1 234,5` = `1,234.5`; `608 millions` = `608 million`; `28 mai 2020` = `May 28, 2020`."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from metropolis.language import moments, numerals, ratios
from metropolis.language.digit_names import read_codes, read_names
from metropolis.language.elisions import share_meanings
from metropolis.language.months import date_forms, with_small_letters
from metropolis.language.named_days import read_even_shares, read_named_days
from metropolis.language.number_words import read_number_words, scale_at
from metropolis.language.quantity import Form, Quantity, Reading, read_as
from metropolis.language.units import MeasuredUnit, unit_at

# One sign for each: spaces of any width, µ (micro) and μ (Greek).
_SPACES = "\t\n\u00a0\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_SAME = str.maketrans(f"{_SPACES}\u2011\u2010\u2212µ∶″", f'{" " * len(_SPACES)}---μ:"')
_ENTITY = re.compile(r"&(?:#\d+|#x[\da-f]+|[a-z]\w*);|[\u00ad\u200b-\u200f\u2060\ufeff]", re.I)
# "0'001", "5'34": decimals as Spaniards write them by hand.
_APOSTROPHE = re.compile(r"(?<=\d)['’](?=\d{1,2}(?![\d'’\"])|\d{4})|(?<=\b0)['’](?=\d)")
_POWER = re.compile(r"(?<=[^\W\d])[²³]")
# After a unit or one word: "dos tazas y media".
_HALF = re.compile(r"(?:\s[^\W\d]+)?\s(?:et demie?|y medi[oa]|and a half|e mei[oa])(?!\w)")
_DAYS = range(1, 32)
_WORD_AFTER = re.compile(r"\s(?:de\s|of\s)?([^\W\d]+)")
_MOST_DIGITS = 25
_POWERS = [Decimal(10**power) for power in (12, 9, 6, 3)]
_HOUR: MeasuredUnit = ("time", Decimal(3600))
_MINUTE: MeasuredUnit = ("time", Decimal(60))
_DAY: MeasuredUnit = ("time", Decimal(86_400))
_POUND: MeasuredUnit = ("mass", Decimal("453.59237"))
# "the seventies", but not "in her seventies".
_TEN_WORDS = ["twen", "thir", "for", "fif", "six", "seven", "eigh", "nine"]
_TENS = re.compile(
    rf"\b(?:the|early|late|mid)[\s-](?:(?:early|late|mid)[\s-])?({'|'.join(_TEN_WORDS)})ties\b",
    re.I,
)
# "the under-5s" are people, not seconds; "a year and a half" has a number too.
_AGES = re.compile(r"(?:under|over|\bthe)[\s-]$", re.I)
_ARTICLE = re.compile(r"\b(?:an?|one)(?= \w+ and a half\b)", re.I)
# "punto y medio", "año y medio", without a number before it, in the singular.
_AND_HALF = re.compile(
    r"(?<!\bun )(?<!\buna )(?<![\d,.] )\b(?![Mm]ill|[Bb]ill)(\w*[^\W\ds]|mes)( y medi[oa])(?!\w)"
)
_MANY = re.compile(
    r"(?:centaine|centenare|cient[oa]|hundred|millier|thousand|mile|milli[oa]rd|milli?on)e?s", re.I
)
_VERSE = re.compile(r"(\d{1,3})[.,](\d{1,3})")  # "Jean 3,16" is "John 3:16"
_DIGIT = re.compile(r"[\d¼-¾⅐-⅞]")
_OF_PERCENT = re.compile(rf"\s(?:an?\s|de\s|d[’']un\s)?{numerals.PERCENT}", re.I)
_PERCENT = re.compile(rf"\s?{numerals.PERCENT}", re.I)


def has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


def read_quantities(text: str, locale: str) -> list[Quantity]:
    """The quantities of `text`, in order; `locale` may be any value of a `lang` attribute."""
    return list(_read(text, locale.split("-")[0]))


# Cached, because several checks read each passage, and each translation compares the source's.
@lru_cache(maxsize=4096)
def _read(text: str, language: str) -> tuple[Quantity, ...]:
    plain, places = _plain(text)
    if language == "es":
        plain = _APOSTROPHE.sub(",", plain)
    found = share_meanings(plain, _with_units(plain, language))
    if not places:
        return tuple(found)
    ends = [0, *(place + 1 for place in places)]
    return tuple(
        replace(one, start=places[one.start], end=ends[one.end], full_end=ends[one.full_end])
        for one in found
    )


def _plain(text: str) -> tuple[str, list[int]]:
    """One sign for all that look the same, and the original place of each, if any moved."""
    text = _POWER.sub(lambda match: "23"["²³".index(match[0])], text.translate(_SAME))
    if not _ENTITY.search(text):
        return text, []
    pieces: list[str] = []
    places: list[int] = []
    done = 0
    for match in _ENTITY.finditer(text):
        sign = html.unescape(match[0]).translate(_SAME) if match[0][0] == "&" else ""
        pieces += [text[done : match.start()], sign]
        places += [*range(done, match.start()), *([match.start()] * len(sign))]
        done = match.end()
    return "".join([*pieces, text[done:]]), [*places, *range(done, len(text))]


def _claim(text: str, language: str) -> list[Quantity]:
    """Results that overlap no earlier reader's: a date's year is not a number."""
    taken = bytearray(len(text))
    found: list[Quantity] = []
    for reader in _readers(text, language):
        for one in reader:
            if 1 not in taken[one.start : one.end]:
                taken[one.start : one.end] = b"\1" * (one.end - one.start)
                found.append(one if _is_exact(one) else _signs(text, one))
    return sorted(found, key=lambda one: one.start)


def _is_exact(one: Quantity) -> bool:
    """Whether its value has no more digits than decimals keep: 1,102⁶⁴ has."""
    return not isinstance(one.value, Decimal) or one.value.adjusted() < _MOST_DIGITS


def _signs(text: str, one: Quantity) -> Quantity:
    return read_as("code", (one.start, one.end), ("code", text[one.start : one.end]))


def _readers(text: str, language: str) -> Iterator[Iterable[Quantity]]:
    yield read_named_days(text)
    yield read_even_shares(text)
    if has_digit(text) or "premier" in text or "primero de" in text:
        yield numerals.read_always(text)
        yield numerals.read_enumerators(text)
        yield moments.read_dates(text, language)
        yield moments.read_year_ranges(text)
        yield moments.read_page_ranges(text)
        yield moments.read_times(text)
        yield moments.read_spoken_times(text, language)
        yield moments.read_references(text)
        yield ratios.read_products(text, language)
        yield read_names(text, language)
        yield read_codes(text)
        yield ratios.read_fractions(text)
        yield numerals.read_numbers(text, language)
    else:
        yield moments.read_times(text)
        yield moments.read_spoken_times(text, language)
    yield _words(text, language)


def _words(text: str, language: str) -> Iterator[Quantity]:
    if language == "en":
        for tens in _TENS.finditer(text) if "ties" in text.lower() else ():
            year = Decimal(1920 + 10 * _TEN_WORDS.index(tens[1].lower())).normalize()
            yield read_as("number", tens.span(), ("number", year), form="words")
        for article in _ARTICLE.finditer(text) if "and a half" in text else ():
            yield read_as("number", article.span(), ("number", Decimal(1)), form="hint")
    if language == "es":
        yield from _halves(text)
    months, _ = date_forms(language)
    for one in read_number_words(text, language):
        form: Form = "hint" if one.is_hint else "words"
        value, span = one.value.normalize(), (one.start, one.end)
        if one.is_hint and text[one.end : one.end + 2].lstrip().isdigit():
            continue  # an article: "un 60 %"
        percent: Reading = ("percentage", value)
        word = _WORD_AFTER.match(text, one.end) if value in _DAYS else None
        if word and (month := months.get(with_small_letters(word[1], language))):
            day: Reading = ("date", (0, month, int(value)))
            yield read_as("date", (one.start, word.end()), day, form="words")
        if one.kind == "fraction":
            part = replace(ratios.fraction(value, *span), form=form)
            is_part = text.endswith("arte", *span)  # "segunda parte", "Tercera parte"
            if is_part and (value == Decimal("0.5") or text[one.start].isupper()):
                part = replace(
                    part, readings=part.readings | {("number", Decimal(round(1 / value)))}
                )
            is_percent = _OF_PERCENT.match(text, one.end) is not None
            yield replace(part, readings=part.readings | {percent}) if is_percent else part
        elif one.kind == "ordinal":
            share = ratios.fraction(1 / value, *span) if value > 2 else None  # "a third"
            readings = [("ordinal", value), *(sorted(share.readings) if share else ())]
            yield read_as("ordinal", span, *readings, form=form)
        elif match := _PERCENT.match(text, one.end):
            yield read_as("percentage", (one.start, match.end()), percent, form=form)
        else:
            value += 1900 if numerals.is_decade(text, value, one.start) else 0
            other = value + 1900 if numerals.LOS.search(text, 0, one.start) else value
            yield read_as("number", span, ("number", value), ("number", other), form=form)


def _halves(text: str) -> Iterator[Quantity]:
    """`punto y medio`: one and a half, of what is named first."""
    for match in _AND_HALF.finditer(text) if " y medi" in text else ():
        value = Decimal("1.5")
        unit, _ = unit_at(text, match.start(), match.start(), "es")
        measures = _measures(value, unit) if unit else ()
        yield read_as("number", match.span(), ("number", value), *measures, form="words")


def _with_units(text: str, language: str) -> list[Quantity]:
    """The readings with their units; "billion" is a part of "two and a half billion"."""
    found: list[Quantity] = []
    for one in _claim(text, language):
        if not found or one.start >= found[-1].full_end or one.form == "digits":
            found.append(_with_unit(text, one, language))
    return found


def _with_unit(text: str, one: Quantity, language: str) -> Quantity:
    if one.kind != "number" or not isinstance(one.value, Decimal):
        return one if one.full_end == one.end else replace(one, full_end=one.end)
    unit, end = unit_at(text, one.start, one.end, language)
    if text[one.end : end] == "s" and _AGES.search(text, 0, one.start):
        unit = None
    if one.form == "words" and _MANY.fullmatch(text, one.start, one.end):
        unit = None  # "thousands of miles" are thousands of kilometres
    values = [one.value]
    if half := _HALF.match(text, end):  # "deux ans et demi", "two and a half billion"
        scale, end = scale_at(text, half.end(), language)
        part = next((power for power in _POWERS if one.value % power == 0), Decimal(1))
        values.append((one.value + part / 2) * scale)
        one = replace(one, form="words" if one.form == "hint" else one.form)
        if scale > 1 or part > 1:  # "one and a half million" is not one
            values, one = values[1:], replace(one, readings=frozenset())
    readings: set[Reading] = {*one.readings, *(("number", value) for value in values)}
    place = None if unit else _VERSE.fullmatch(text, one.start, one.end)
    if place and moments.is_reference(text, one.start):
        readings.add(("code", f"{int(place[1])}:{int(place[2])}"))
    if unit:
        readings |= {reading for value in values for reading in _measures(value, unit)}
    return replace(one, readings=frozenset(readings), unit=unit, full_end=end)


def _measures(value: Decimal, unit: MeasuredUnit) -> set[Reading]:
    """The value of a number with its unit, and its other possible meanings."""
    measure, factor = unit
    found: set[Reading] = {(measure, (value * factor).normalize())}
    if unit == _POUND:  # "libras" may be money
        found.add(("pound sterling", value))
    if unit == _HOUR and value <= 24:  # "14 h" is also two in the afternoon
        found |= {("clock", (value % 24 * 60).normalize()), ("minutes", value * 60)}
    if unit == _MINUTE:
        found.add(("minutes", value))
    if unit == _DAY and value in (8, 15):  # "quinze jours" are two weeks
        found.add((measure, (value // 7 * 7 * factor).normalize()))
    return found
