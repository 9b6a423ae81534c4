"""Characters that may not stand in data: nobody sees them, or they are not what they seem.

A direction control makes a text read otherwise than it runs; an invisible character breaks search and
comparison; YAML takes U+2028 and a lone carriage return for ends of line, and every line number after it is
wrong. Read by yaml_source.py for a file's text, and by fields.py for values, where an escape may hide one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# (column from 1, what is wrong, how to mend it)
Finding = tuple[int, str, str]

# Controls, format characters, surrogates, private use, line and paragraph separators.
_INVISIBLE = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")
# The soft hyphen only says where a long word may break.
_SEEN = re.compile("[\x20-\x7e\u00a0-\u02ff\u2010-\u2027\u202f]*\\Z")
_DIRECTION = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BYTE_ORDER_MARK = "\ufeff"
# No characters at all, and YAML stops at them.
_NONE = "\ufffe\uffff"
_WORD_ENDS = re.compile(r"[\s\"',:{}\[\]]")


def find_hidden(text: str) -> Iterator[tuple[int, str]]:
    """(offset, character) of each invisible character of `text`; ends of line and tabs are none."""
    if _SEEN.match(text):
        return
    for offset, character in enumerate(text):
        if character in "\n\t\u00ad":
            continue
        if unicodedata.category(character) in _INVISIBLE or character in _NONE:
            yield offset, character


def check_line(line: str) -> Iterator[Finding]:
    """What is wrong with the characters of one line, its `\\n` or `\\r\\n` taken away."""
    yield from _check_indentation(line)
    for offset, character in find_hidden(line):
        yield offset + 1, *_words(character)
    if not unicodedata.is_normalized("NFC", line):
        yield _decomposed(line)


def _check_indentation(line: str) -> Iterator[Finding]:
    indentation = line[: len(line) - len(line.lstrip())]
    if "\t" in indentation:
        yield indentation.index("\t") + 1, "The line begins with a tab.", "Use spaces."
    wide = re.search(r"[^\S \t\r\n]", indentation)
    # Others are invisible to the end of the line: find_hidden tells them.
    if wide and unicodedata.category(wide[0]) == "Zs":
        name = "a no-break space" if wide[0] in "\u00a0\u202f" else "a space that is not an ordinary one"
        yield wide.start() + 1, f"The line begins with {name}.", "Use ordinary spaces."


def _words(character: str) -> tuple[str, str]:
    if character in _DIRECTION:
        return "An invisible character that reverses the direction of writing stands here.", "Delete it."
    if character == _BYTE_ORDER_MARK:
        return "An invisible byte order mark stands here.", "Delete it."
    if character == "\r":
        what = "The line ends in an old way (a carriage return alone)."
        return what, "Save the file with ordinary ends of line."
    return f"An invisible character (U+{ord(character):04X}) stands here.", "Delete it."


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
