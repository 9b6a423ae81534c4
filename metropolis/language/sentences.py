"""Splits text into sentences by ICU's rules, where `2,5 %` ends none, and CLDR's abbreviations.
ICU's own use of these takes the end of any word for one: "usted." for "ed."."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise

import icu

_LONGEST = 30  # characters of an abbreviation, with the spaces behind it


@cache
def _breaks(locale: str) -> icu.BreakIterator:
    # Creating one reads its rules again: much slower than using it.
    return icu.BreakIterator.createSentenceInstance(icu.Locale(locale))


@cache
def _abbreviations(locale: str) -> tuple[tuple[str, ...], re.Pattern[str]]:
    """CLDR's abbreviations, and one at the end of a text, as a word of its own."""
    try:
        data = icu.ResourceBundle("ICUDATA-brkitr", icu.Locale(locale))
        listed = data.get("exceptions").get("SentenceBreak")
        words = tuple(listed.get(number).getString() for number in range(listed.getSize()))
    except icu.ICUError:  # CLDR has none for this language
        words = ()
    return words, re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})\Z")


def split_sentences(text: str, locale: str) -> list[str]:
    breaks, (known, abbreviation) = _breaks(locale), _abbreviations(locale)
    whole = icu.UnicodeString(text)
    breaks.setText(whole)
    sentences: list[str] = []
    begin = place = 0
    for start, end in pairwise([0, *breaks]):
        # ICU counts UTF-16 units, of which some characters need two.
        place = end if len(whole) == len(text) else place + len(str(whole[start:end]))
        tail = text[max(place - _LONGEST, 0) : place].rstrip()
        if not (tail.endswith(known) and abbreviation.search(tail)):
            sentences.append(text[begin:place])
            begin = place
    return [sentence for one in (*sentences, text[begin:]) if (sentence := one.strip())]
