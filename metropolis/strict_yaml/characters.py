"""Characters that may not stand in data: nobody sees them, or they are not what they seem.

A direction control makes a text read otherwise than it runs; an invisible character breaks search
and comparison; YAML takes U+2028 and a lone carriage return for ends of line, and every line number
after it is wrong. Read by source.py for a file's text, and by fields.py for values, where an
escape may hide one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from metropolis.characters import code_point, find_hidden, is_direction, is_noncharacter
from metropolis.combining import MOST_MARKS, find_piled_marks

# (column from 1, what is wrong, how to mend it)
Finding = tuple[int, str, str]

_BYTE_ORDER_MARK = "\ufeff"
_WORD_ENDS = re.compile(r"[\s\"',:{}\[\]]")


def check_line(line: str) -> Iterator[Finding]:
    """What is wrong with the characters of one line, its `\\n` or `\\r\\n` taken away."""
    yield from _check_indentation(line)
    for offset, character in find_hidden(line):
        if (
            character == "\t"
        ):  # at a line's beginning it was told; elsewhere YAML takes it for a space
            continue
        yield offset + 1, *_words(character)
    if (pile := find_piled_marks(line)) >= 0:
        what = f"More than {MOST_MARKS} accents stand on one letter here."
        yield pile + 1, what, "Delete them, and type the letter again."
    elif not unicodedata.is_normalized("NFC", line):
        yield _decomposed(line)


def _check_indentation(line: str) -> Iterator[Finding]:
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        yield indentation.index("\t") + 1, "The line begins with a tab.", "Use spaces."
    wide = re.search(r"[^\S \t\r\n]", indentation)
    # Others are invisible to the end of the line: find_hidden tells them.
    if wide and unicodedata.category(wide[0]) == "Zs":
        name = (
            "a no-break space"
            if wide[0] in "\u00a0\u202f"
            else "a space that is not an ordinary one"
        )
        yield wide.start() + 1, f"The line begins with {name}.", "Use ordinary spaces."


def _words(character: str) -> tuple[str, str]:
    name = code_point(character)
    if is_direction(character):
        return (
            f"An invisible character ({name}) that reverses the direction of writing stands here.",
            "Delete it.",
        )
    if character == _BYTE_ORDER_MARK:
        return f"An invisible byte order mark ({name}) stands here.", "Delete it."
    if character == "\r":
        what = "The line ends in an old way (a carriage return alone)."
        return what, "Save the file with ordinary ends of line."
    kind = "A code that is no character" if is_noncharacter(character) else "An invisible character"
    return f"{kind} ({name}) stands here.", "Delete it."


def _decomposed(line: str) -> Finding:
    composed = unicodedata.normalize("NFC", line)
    pairs = enumerate(zip(line, composed, strict=False))
    offset = next((offset for offset, (saved, right) in pairs if saved != right), 0)
    # At the offset stands the whole letter; the word around it is what can be searched for.
    letter = composed[offset]
    start = _WORD_ENDS.split(composed[:offset])[-1]
    end = _WORD_ENDS.split(composed[offset:], maxsplit=1)[0]
    what = f"In “{start}{end}”, “{letter}” is saved as two characters, a letter and its accent."
    return offset + 1, what, f"Type “{letter}” anew (Unicode NFC)."
