"""Splits text into sentences by ICU's rules, where `2,5 %` ends none, and CLDR's abbreviations.
ICU's own use of these takes the end of any word for one: "usted." for "ed."."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import icu

_LONGEST = 30  # characters of an abbreviation with the spaces behind it


@cache
def _breaks(locale: str) -> icu.BreakIterator:
    # Creating one reads its rules again: much slower than using it.
    return icu.BreakIterator.createSentenceInstance(icu.Locale(locale))


@cache
def _abbreviation(locale: str) -> re.Pattern[str]:
    """One of CLDR's abbreviations at the end of a text, as a word of its own."""
    try:
        data = icu.ResourceBundle("ICUDATA-brkitr", icu.Locale(locale))
        listed = data.get("exceptions").get("SentenceBreak")
        words = [listed.get(number).getString() for number in range(listed.getSize())]
    except icu.ICUError:  # CLDR has none for this language
        return re.compile(r"(?!)")
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\s*\Z")


def split_sentences(text: str, locale: str) -> list[str]:
    breaks = _breaks(locale)
    # ICU counts UTF-16 units, so we cut the pieces from its own string.
    whole = icu.UnicodeString(text)
    breaks.setText(whole)
    sentences: list[list[str]] = []
    tail = ""
    for start, end in pairwise([0, *breaks]):
        if not _abbreviation(locale).search(tail):
            sentences.append([])
        sentences[-1].append(str(whole[start:end]))
        tail = (tail + sentences[-1][-1])[-_LONGEST:]
    return [sentence for one in sentences if (sentence := "".join(one).strip())]
