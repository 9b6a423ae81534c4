"""Characters that may not stand in a page because nobody sees them.

Direction controls make a text read otherwise than it runs; invisible characters break links, search
and comparison; a letter composed in another way (“é” as e + accent) is another word for a computer;
a tab's width is anyone's guess."""

from __future__ import annotations

import unicodedata
from dataclasses import replace
from itertools import islice

from metropolis.characters import code_point, find_hidden, is_direction, is_noncharacter
from metropolis.combining import MOST_MARKS, find_piled_marks
from metropolis.content.page_text import PageText
from metropolis.problem import Problem

_MOST_TOLD = 100


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


def _refuse(page: PageText, offset: int, character: str) -> Problem:
    name = code_point(character)
    if character == "\t":
        return page.problem(offset, "A tab stands here.", how="Use spaces.")
    if is_direction(character):
        what = f"An invisible character ({name}) changes the direction of the text here."
    elif character == "\r":
        what = "The line ends in an old way (a carriage return alone)."
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
