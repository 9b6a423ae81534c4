"""Sentences as each language ends them, by ICU's rules and its lists of abbreviations: `2,5 %` does not end one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import icu


@cache
def _breaks(locale: str) -> icu.BreakIterator:
    # Making one reads its rules and abbreviations anew: many times slower than using it.
    return icu.BreakIterator.createSentenceInstance(icu.Locale(f"{locale}@ss=standard"))


def split_sentences(text: str, locale: str) -> list[str]:
    """The sentences of `text`, without the spaces around them."""
    breaks = _breaks(locale)
    whole = icu.UnicodeString(text)  # ICU counts UTF-16 units: the pieces are cut from its own string
    breaks.setText(whole)
    pieces = (str(whole[start:end]).strip() for start, end in pairwise([0, *breaks]))
    return [piece for piece in pieces if piece]
