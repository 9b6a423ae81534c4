"""The quotation marks of each language, with the spaces inside them, and a check of those in a
text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import cache

import icu

from metropolis.content.page_text import Edit
from metropolis.wording.slip import Slip

# Every space of Unicode, for a class of characters.
SPACES = r" \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# The dot that word processors show for a no-break space is copied in its place: "«⋅mot⋅»".
GAPS = rf"{SPACES}\u22c5"
_HOUSE = {"fr": ("«\u202f", "\u202f»"), "en": ("“", "”"), "es": ("«", "»")}
# Inches first ("a 3.5" disk"): a mark that closes a quotation after a number has been read with it.
# Spaces inside belong to the marks only where both have one, as French writes them.
_PAIR = re.compile(
    r'(?P<inches>(?<=\d)\\?"(?=[\s.,;:)×x-]|$))'
    rf'|(?<![^\s([])\\?"[{SPACES}]+(?P<spaced>[^"\n]*[^"\s\\])[{SPACES}]+\\?"(?=[\s.,;:?!)\]]|$)'
    r'|\\?"(?P<words>[^"\n]*[^"\s\\])\\?"|\\?"'
)
_BEFORE_WORDS = re.compile(r'(?<![^\s(\[|])\\?"(?![\s.,;:?!)\]]|$)')
# One that stands behind a word, and that nothing closes, was meant to close.
_GUILLEMET = re.compile(
    r"(?P<turned>«(?<=[^\s(\[|«“'’—–-]«)(?=[\s.,;:?!)]|$)(?![^«»]*»))"
    rf"|«(?P<first>[{GAPS}]*)|(?P<last>[{GAPS}]*)»"
)
_REST = re.compile(rf"[^«»]*?([{GAPS}]*)»")
_LOW = "„([^„“”]*)[“”]"  # German and Polish; in some texts of their programs with “”” at the end
_CURLY = re.compile(rf"“([^“”]*)”|{_LOW}|[“”„]")
_ANGLED = re.compile(rf"«[{SPACES}]*([^«»]*?)[{SPACES}]*»|{_LOW}|«[{SPACES}]*|[{SPACES}]*»")
# Between spaces, or at the head of a line, it closes nothing: it is the sign of an item.
_ITEM = re.compile(rf"(?m:[{SPACES}]+|^)»(?=\s)")
_NAMES = {"fr": "French", "en": "English", "es": "Spanish"}


def find_quotation_slips(text: str, language: str) -> Iterator[Slip]:
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


def _straight(text: str, language: str) -> Iterator[Slip]:
    opening, closing = _marks(language)
    for match in _PAIR.finditer(text):
        expected = f"The marks here are {opening} and {closing}."
        if match["inches"] or text[match.start() - 1 : match.end() + 1] == f"({match[0]})":
            continue
        if match.lastgroup:
            what = "These quotation marks are straight."
            start, end = match.span(match.lastgroup)
            edits: tuple[Edit, ...] = (
                (match.start(), start, opening),
                (end, match.end(), closing),
            )
            yield Slip(match.start(), what, expected, edits)
        else:
            is_first = _BEFORE_WORDS.match(text, match.start())
            instead = opening if is_first else closing
            what, edits = "This quotation mark is straight.", ((*match.span(), instead),)
            yield Slip(match.start(), what, expected, edits, is_certain=False)


def _spaces(text: str, language: str) -> Iterator[Slip]:
    wanted = "\u202f" if language == "fr" else ""
    rule = "French puts a narrow no-break space" if wanted else "Spanish has no space"
    done = -1  # where the second of two wrong spaces of a pair is, which are one slip
    for match in _GUILLEMET.finditer(text):
        if match["turned"]:
            what, expected = "This “«” opens nothing.", "“»” closes a quotation."
            edits: tuple[Edit, ...] = ((*match.span(), _HOUSE[language][1]),)
            yield Slip(match.start(), what, expected, edits, is_certain=False)
            continue
        group, where = (
            ("first", "after “«”") if match["first"] is not None else ("last", "before “»”")
        )
        if match[group] == wanted or match.start() == done:
            continue
        edits = ((*match.span(group), wanted),)
        what = f"The space {where} is wrong." if match[group] else f"There is no space {where}."
        pair = _REST.match(text, match.end()) if group == "first" else None
        if pair and pair[1] != wanted:
            what, where = "The spaces inside “«” and “»” are wrong.", "inside the marks"
            done = pair.start(1)
            edits = (*edits, (*pair.span(1), wanted))
        yield Slip(match.start(group), what, f"{rule} {where}.", edits)


def _inside_guillemets(text: str) -> list[tuple[int, int]]:
    """The places of a quotation inside another, where curly marks are right."""
    return [match.span() for match in re.finditer(r"«[^«»]*»", text)]


def _others(
    text: str, form: re.Pattern[str], language: str, right: list[tuple[int, int]]
) -> Iterator[Slip]:
    opening, closing = _HOUSE[language]
    for match in form.finditer(text):
        number = bisect_left(right, (match.start(), 0))
        if number and match.start() < right[number - 1][1]:
            continue
        inner = match.lastindex
        if inner is None and _ITEM.match(text, match.start()):
            continue
        what = "These quotation marks are another language’s."
        expected = f"{_NAMES[language]} has {opening} and {closing}."
        if inner is not None:
            edits: tuple[Edit, ...] = (
                (match.start(), match.start(inner), opening),
                (match.end(inner), match.end(), closing),
            )
        else:
            edits = ((*match.span(), opening if match[0].strip() in "“«„" else closing),)
        yield Slip(match.start(), what, expected, edits, inner is not None)
