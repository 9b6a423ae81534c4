"""Splits text into sentences by ICU's rules and abbreviations: `2,5 %` does not end one."""

from __future__ import annotations

from functools import cache
from itertools import pairwise

import icu


@cache
def _breaks(locale: str) -> icu.BreakIterator:
    # Creating one reads its rules and abbreviations again: much slower than using it.
    return icu.BreakIterator.createSentenceInstance(icu.Locale(f"{locale}@ss=standard"))


def split_sentences(text: str, locale: str) -> list[str]:
    breaks = _breaks(locale)
    # ICU counts UTF-16 units, so we cut the pieces from its own string.
    whole = icu.UnicodeString(text)
    breaks.setText(whole)
    pieces = (str(whole[start:end]).strip() for start, end in pairwise([0, *breaks]))
    return [piece for piece in pieces if piece]
