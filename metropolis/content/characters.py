"""Characters that may not be in a page: nobody sees them, or the fonts do not have them."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from itertools import islice

from metropolis.content.page_text import PageText
from metropolis.glyphs import find_missing
from metropolis.hidden_characters import find_character_faults
from metropolis.problem import Problem

_MOST_TOLD = 100
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,40});")


def find_hidden_characters(page: PageText) -> list[Problem]:
    """A problem for each character of `page` that is invisible, and for the first that is not
    NFC."""
    faults = find_character_faults(page.text)
    problems = [
        page.problem(place, what, how=how) for place, what, how in islice(faults, _MOST_TOLD)
    ]
    if more := sum(1 for _ in faults):
        what = f"Below, {more:,} more invisible characters stand in the page."
        how = "Type the page again from its plain words."
        problems.append(replace(problems[-1], what=what, how=how))
    return problems


def find_missing_glyphs(live: PageText, glyphs: frozenset[str]) -> list[Problem]:
    """A problem for each kind of characters that our fonts do not have, at the first of them.

    `live` is the page's text without calls and code: there `&#10003;` is a character.
    """
    entities = [
        (found.start(), character)
        for found in _ENTITY.finditer(live.text)
        for character in html.unescape(found[0])
    ]
    findings = find_missing(live.original or live.text, glyphs, entities)
    return [live.problem(place, what, expected, how) for place, what, expected, how in findings]
