"""Characters that may not be in a page: nobody sees them, or the fonts do not have them.

Direction controls make a text read otherwise than it runs; invisible characters break links, search
and comparison; a letter composed in another way (“é” as e + accent) is another word for a computer;
a tab's width is anyone's guess."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace
from itertools import islice

from metropolis.characters import code_point, find_hidden, is_direction, is_noncharacter
from metropolis.combining import MOST_MARKS, find_piled_marks
from metropolis.content.page_text import PageText
from metropolis.glyphs import find_missing
from metropolis.problem import Problem

_MOST_TOLD = 100
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{0,40});")


def find_hidden_characters(page: PageText) -> list[Problem]:
    """A problem for each character of `page` that is invisible, and for the first that is not
    NFC."""
    hidden = find_hidden(page.text)
    problems = [
        _refuse(page, offset, character) for offset, character in islice(hidden, _MOST_TOLD)
    ]
    if more := sum(1 for _ in hidden):
        what = f"Below, {more:,} more invisible characters stand in the page."
        problems.append(
            replace(problems[-1], what=what, how="Type the page anew from its plain words.")
        )
    if (pile := find_piled_marks(page.text)) >= 0:  # to compose it would take minutes
        what = f"More than {MOST_MARKS} accents stand on one letter here."
        problems.append(page.problem(pile, what, how="Delete them, and type the letter again."))
    elif not unicodedata.is_normalized("NFC", page.text):
        problems.append(_refuse_decomposed(page))
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


def _refuse(page: PageText, offset: int, character: str) -> Problem:
    name = code_point(character)
    if character == "\t":
        return page.problem(offset, "A tab stands here.", how="Use spaces.")
    if is_direction(character):
        what = f"An invisible character ({name}) changes the direction of the text here."
    elif is_noncharacter(character):
        what = f"A code that is no character ({name}) stands here."
    else:
        what = f"An invisible character ({name}) stands here."
    return page.problem(offset, what, how="Delete it, or type the words again around it.")


def _refuse_decomposed(page: PageText) -> Problem:
    offset = 0
    for line in page.text.split("\n"):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            same = next(
                (i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), 0
            )
            what = f"“{composed[same]}” is written here as a letter and a separate accent."
            how = (
                f"Type “{composed[same]}” again, here and further on (in Unicode's words: save as"
                " NFC)."
            )
            return page.problem(offset + same, what, how=how)
        offset += len(line) + 1
    return page.problem(0, "The text is not in Unicode's composed form.", how="Save it as NFC.")
