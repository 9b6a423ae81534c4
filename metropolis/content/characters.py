"""Characters that may not stand in a page because nobody sees them.

Direction controls make a text read otherwise than it runs; invisible characters break links, search and
comparison; a letter composed in another way (“é” as e + accent) is another word for a computer; a tab's width
is anyone's guess.
"""

from __future__ import annotations

import re
import unicodedata

from metropolis.content.page_text import PageText
from metropolis.problem import Problem

_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Categories: controls, format characters, surrogates, private use, line and paragraph separators.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# The soft hyphen only says where a long word may break.
_ALLOWED = frozenset("\n\u00ad")
_UNUSUAL = re.compile(r"[^\n\x20-\x7e\xa0-\u02ff\u2010-\u2027\u202f]")


def find_hidden_characters(page: PageText) -> list[Problem]:
    """A problem for each character of `page` that is invisible, and for the first that is not NFC."""
    problems = [
        _refuse(page, found.start(), found[0]) for found in _UNUSUAL.finditer(page.text) if _is_hidden(found[0])
    ]
    if not unicodedata.is_normalized("NFC", page.text):
        problems.append(_refuse_decomposed(page))
    return problems


def _is_hidden(character: str) -> bool:
    return unicodedata.category(character) in _INVISIBLE and character not in _ALLOWED


def _refuse(page: PageText, offset: int, character: str) -> Problem:
    name = f"U+{ord(character):04X}"
    if character == "\t":
        return page.problem(offset, "A tab stands here.", how="Use spaces.")
    if character in _DIRECTION:
        what = f"An invisible character ({name}) changes the direction of the text here."
    elif character == "\r":
        what = "The line ends in an old way (a carriage return alone)."
    else:
        what = f"An invisible character ({name}) stands here."
    return page.problem(offset, what, how="Delete it, or type the words again around it.")


def _refuse_decomposed(page: PageText) -> Problem:
    offset = 0
    for line in page.text.split("\n"):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            same = next((i for i, (a, b) in enumerate(zip(line, composed, strict=False)) if a != b), 0)
            what = f"“{composed[same]}” is written here as a letter and a separate accent."
            how = f"Type “{composed[same]}” again, here and further on (in Unicode's words: save as NFC)."
            return page.problem(offset + same, what, how=how)
        offset += len(line) + 1
    return page.problem(0, "The text is not in Unicode's composed form.", how="Save it as NFC.")
