"""What a passage and its counterpart have in common in any two languages: calls, addresses, code,
figures, and how long words begin. Passages and sentences are paired by these."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from metropolis.content.likeness import AlignedUnit
from metropolis.content.macro_signature import Signatures, identity
from metropolis.content.outside_address import neutral_address
from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.collation import folded

_FIGURE = re.compile(r"\d+")
_LONG_WORD = re.compile(r"[^\W\d_]{5,}")
_BEGINNING = 4  # letters: endings differ in each language

# What a translation has letter for letter (a call, an address, code), and where it begins.
Mark = tuple[int, str]


def find_marks(page: Page, signatures: Signatures) -> list[Mark]:
    """The marks of a page, in order."""
    found = [(call.start, identity(call, signatures)) for call in page.calls]
    found += [(link.start, neutral_address(link.address)) for link in page.links]
    return sorted(found + [(start, page.text.text[start:end]) for start, end in page.code])


def aligned_unit(passage: Passage, marks: Sequence[Mark]) -> AlignedUnit:
    """A passage, or a sentence, as it is paired; `marks` are those of its page or section."""
    first = bisect_left(marks, (passage.start, ""))
    last = bisect_left(marks, (passage.start + len(passage.text), ""))
    own = [text for _, text in marks[first:last]]
    words = passage.words
    beginnings = frozenset(map(_beginning, _LONG_WORD.findall(words)))
    marks_of = Counter([*own, *_FIGURE.findall(words)])
    return AlignedUnit(passage.kind, len(words), marks_of, beginnings)


@lru_cache(maxsize=50_000)
def _beginning(word: str) -> str:
    return folded(word)[:_BEGINNING]
