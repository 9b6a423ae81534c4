"""Characters that may not be in a page: nobody sees them, or the fonts do not have them."""

from __future__ import annotations

import html
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING

from metropolis.content.page_text import PageText
from metropolis.glyphs import find_missing
from metropolis.hidden_characters import find_character_faults
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

_MOST_REPORTED = 100


def find_hidden_characters(page: PageText) -> list[Problem]:
    """A problem for each invisible character, and for the first that is not NFC."""
    faults = find_character_faults(page.text)
    first = islice(faults, _MOST_REPORTED)
    problems = [page.problem(place, what, how=how) for place, what, how in first]
    if more := sum(1 for _ in faults):
        what = f"Below, {more:,} more invisible characters are in the page."
        how = "Type the page again from its plain words."
        problems.append(replace(problems[-1], what=what, how=how))
    return problems


def find_missing_glyphs(page: Page, glyphs: frozenset[str]) -> list[Problem]:
    """A problem for each kind of characters that our fonts lack, at the first; entities count."""
    live = page.live
    entities = [
        (one.start, character)
        for one in page.scanned.of("entity")
        for character in html.unescape(live.text[one.start : one.end])
    ]
    findings = find_missing(page.text.text, glyphs, entities)
    return [live.problem(place, what, expected, how) for place, what, expected, how in findings]
