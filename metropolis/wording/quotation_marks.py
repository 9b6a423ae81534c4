"""The quotation marks of each language, with the spaces inside them, and a check of those in a
text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import icu

# Every space of Unicode, for a class of characters.
SPACES = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# The dot that word processors show for a no-break space is copied in its place: "«⋅mot⋅»".
GAPS = rf"{SPACES}\u22c5"
_HOUSE = {"fr": ("«\u202f", "\u202f»"), "en": ("“", "”"), "es": ("«", "»")}
# Inches first ("a 3.5" disk"): a mark that closes a quotation after a number has been read with it.
_PAIR = re.compile(
    r'(?P<inches>(?<=\d)\\?"(?=[\s.,;:)×x-]|$))|\\?"(?P<words>[^"\n]*[^"\s\\])\\?"|\\?"'
)
_GUILLEMET = re.compile(rf"«([{GAPS}]*)|([{GAPS}]*)»")
_CURLY = re.compile(r"“([^“”]*)”|[“”]")
_ANGLED = re.compile(rf"«[{SPACES}]*([^«»]*?)[{SPACES}]*»|«[{SPACES}]*|[{SPACES}]*»")
# Between spaces, or at the head of a line, it closes nothing: it is the sign of an item.
_ITEM = re.compile(rf"(?m:[{SPACES}]+|^)»(?=\s)")
_NAMES = {"fr": "French", "en": "English", "es": "Spanish"}

_Edits = tuple[tuple[int, int, str], ...]
# Start, what, what was expected, the edits that fix it, and whether they are certain: the direction
# of a lone mark is a guess.
_Slip = tuple[int, str, str, _Edits, bool]


def find_quotation_slips(text: str, language: str) -> Iterator[_Slip]:
    """Marks of other languages, and wrong spaces inside the right ones."""
    if '"' in text:
        yield from _straight(text, language)
    if language in ("fr", "es"):
        yield from _spaces(text, language)
        yield from _others(text, _CURLY, language, _inside_guillemets(text))
    elif language == "en":
        yield from _others(text, _ANGLED, language, [])


@cache
def _marks(language: str) -> tuple[str, str]:
    """A language without a house rule has the marks of Unicode CLDR."""
    if language in _HOUSE:
        return _HOUSE[language]
    data, kinds = icu.LocaleData(language), icu.ULocaleDataDelimiterType
    return str(data.getDelimiter(kinds.QUOTATION_START)), str(
        data.getDelimiter(kinds.QUOTATION_END)
    )


def _straight(text: str, language: str) -> Iterator[_Slip]:
    opening, closing = _marks(language)
    for match in _PAIR.finditer(text):
        expected = f"The marks here are {opening} and {closing}."
        if match["inches"] or text[match.start() - 1 : match.end() + 1] == f"({match[0]})":
            continue
        if match["words"] is not None:
            what = "These quotation marks are straight."
            start, end = match.span("words")
            edits = ((match.start(), start, opening), (end, match.end(), closing))
            yield match.start(), what, expected, edits, True
        else:
            before = text[match.start() - 1 : match.start()]
            instead = opening if not before or before.isspace() or before in "([|" else closing
            yield (
                match.start(),
                "This quotation mark is straight.",
                expected,
                ((*match.span(), instead),),
                False,
            )


def _spaces(text: str, language: str) -> Iterator[_Slip]:
    wanted = "\u202f" if language == "fr" else ""
    for match in _GUILLEMET.finditer(text):
        group = 1 if match[1] is not None else 2
        if match[group] != wanted:
            where, sign = ("after", "«") if group == 1 else ("before", "»")
            what = (
                f"The space {where} “{sign}” is wrong."
                if match[group]
                else f"There is no space {where} “{sign}”."
            )
            narrow = f"French puts a narrow no-break space {where} “{sign}”."
            expected = narrow if wanted else f"Spanish has no space {where} “{sign}”."
            yield match.start(group), what, expected, ((*match.span(group), wanted),), True


def _inside_guillemets(text: str) -> list[tuple[int, int]]:
    """The places of a quotation inside another, where curly marks are right."""
    return [match.span() for match in re.finditer(r"«[^«»]*»", text)]


def _others(
    text: str, form: re.Pattern[str], language: str, right: list[tuple[int, int]]
) -> Iterator[_Slip]:
    opening, closing = _HOUSE[language]
    for match in form.finditer(text):
        number = bisect_left(right, (match.start(), 0))
        if number and match.start() < right[number - 1][1]:
            continue
        if match[1] is None and _ITEM.match(text, match.start()):
            continue
        what = "These quotation marks are another language’s."
        expected = f"{_NAMES[language]} has {opening} and {closing}."
        if match[1] is not None:
            edits: _Edits = (
                (match.start(), match.start(1), opening),
                (match.end(1), match.end(), closing),
            )
        else:
            edits = ((*match.span(), opening if match[0].strip() in "“«" else closing),)
        yield match.start(), what, expected, edits, match[1] is not None
