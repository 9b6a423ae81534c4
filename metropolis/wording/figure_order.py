"""Finds a range that is turned round: "from 37% to 42%" for “de 42 à 37 %”. A text may change the
order of its figures, but not that of the two ends of a range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from metropolis.content.page import Page
from metropolis.wording.figure_pairs import FigurePair
from metropolis.wording.finding import Finding, found
from metropolis.wording.mentions import Passages

# Between the two ends, behind the unit of the first: "to", "à", "a".
_BETWEEN = re.compile(r"\s(?:à|to|al?)\s(?:l[ea]s?\s|el\s)?[$€£]?\Z")
_LONGEST = 20  # characters
_Ends = tuple[object, object]  # their values; "de 42 à 37 %" has one sign for both


def find_turned_ranges(page: Page, source: Page, pair: FigurePair) -> Iterator[Finding]:
    """For passages that surely pair: an error for each range that the source has the other way
    round only."""
    if pair.is_section or len(pair.own.mentions) < 2:
        return
    own, other = _ranges(page, pair.own), _ranges(source, pair.other)
    for (first, last), (start, words) in own.items():
        turned = other.get((last, first))
        if turned and first != last and (first, last) not in other:
            line = source.text.place(turned[0])[0]
            what = f"“{words}” is “{turned[1]}” in {source.path}, line {line}: the other way round."
            how = "Say the same here, or fix the source."
            yield found("figure", page, start, words, what, how=how)


def _ranges(page: Page, passages: Passages) -> dict[_Ends, tuple[int, str]]:
    """The ranges in words, by the values of their ends, with their place and text."""
    found: dict[_Ends, tuple[int, str]] = {}
    for one, other in pairwise(sorted(passages.mentions, key=lambda mention: mention.start)):
        end = one.start + len(one.words)
        between = page.text.text[end : other.start]
        if one.passage is other.passage and len(between) < _LONGEST and _BETWEEN.search(between):
            words = page.text.text[one.start : other.start + len(other.full_words)]
            ends = one.quantity.value, other.quantity.value
            found.setdefault(ends, (one.start, words))
    return found
