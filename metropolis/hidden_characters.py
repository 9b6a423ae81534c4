"""Finds characters that are invisible or not what they seem, names them, and prints them safely. A
control character moves a terminal's cursor or forges a line of a log, a direction control changes
the order of a text, an invisible letter makes two words look alike. Pages, data, built files and
output use this one list, so that none of them accepts what another rejects."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Unicode's categories Cc, Cf, Cs, Co, Zl and Zp, its noncharacters, and all other characters that
# may stay undrawn (Default_Ignorable_Code_Point). A range covers a whole block that Unicode
# reserves for such characters.
_RANGES = (
    "\x00-\x1f\x7f-\x9f\xad"
    "\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\U000f0000-\U0010ffff"
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
_HIDDEN = re.compile(f"[{_RANGES}]")
# Skips nearly all of every text: ten times as fast as testing each character.
_UNUSUAL = re.compile("[^\n -~\xa0-\u02ff\u2010-\u2027\u202f]")
_HIDDEN_IN_PRINT = re.compile(f"(?!\n)[{_RANGES}]")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_LINE_ENDS = frozenset("\v\f\x1c\x1d\x1e\x85\u2028\u2029")
# What stands for a thing that a program could not take along.
LOST = {
    "\ufffc": "It was an object of a word processor: put it in again, or delete the sign.",
    "\ufffd": "It was a letter in another encoding: look the word up in the original.",
}

_LOST = re.compile(f"[{''.join(LOST)}]")
# The time to sort a pile of accents grows with the square of their number. Vietnamese needs two,
# cantillated Hebrew four, Tibetan fewer than ten; Unicode's "stream-safe" form has 30.
MOST_MARKS = 30
_FAR = re.compile(rf"[^\x00-\u02ff\u2010-\u2027\u202f]{{{MOST_MARKS + 1},}}")

# "Ã©" is "é" in UTF-8, read as Windows' own encoding.
_MISREAD = re.compile("[ÂÃâ][\x80-\xff€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]{1,2}")
# A word of two alphabets: one letter only looks right. Of Greek only such: "μm", "Δt" are meant.
_LATIN, _LIKE_LATIN = "A-Za-zÀ-ɏ", "\u0400-\u04ffΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"
_TWO_ALPHABETS = re.compile(f"[{_LATIN}][{_LIKE_LATIN}]|[{_LIKE_LATIN}][{_LATIN}]")

_LETTERS = re.compile(r"[^\W\d_]+")
_LIGATURE = re.compile("[ﬀ-ﬆ]")
_JOINER = "\u200d"  # between the parts of an emoji

# (offset, what is wrong, how to fix it)
Fault = tuple[int, str, str]


def find_character_faults(text: str) -> Iterator[Fault]:
    """The invisible characters in `text` (of the tabs of a line, and of lines in a row that begin
    with one, the first), a pile of accents, and the first letter that is not in Unicode's composed
    form."""
    tab, number, head = -1, 0, -2  # the last tab, its line, the last line that begins with one
    for offset, character in find_hidden(text):
        if character == "\t":
            lines = text.count("\n", max(tab, 0), offset)
            is_first, tab, number = tab < 0 or lines > 0, offset, number + lines
            if text[offset - 1 : offset] in ("", "\n"):
                before, head = head, number
                is_first = is_first and number > before + 1
            if not is_first:
                continue
        elif text[offset - 1 : offset] == character:
            continue  # one of many, as in a file whose end is lost
        if character != _JOINER or not _is_drawn(text[offset + 1 : offset + 2]):
            yield offset, *hidden_words(character)
    yield from _find_misread(text)
    for ligature in _LIGATURE.finditer(text):
        letters = unicodedata.normalize("NFKC", ligature[0])
        what = (
            f"“{ligature[0]}” is one sign for “{letters}”: nobody who looks for the word finds it."
        )
        yield ligature.start(), what, f"Write “{letters}”."
    for sign in _LOST.finditer(text):
        what = f"Something was lost here, and left a sign for it ({code_point(sign[0])})."
        yield sign.start(), what, LOST[sign[0]]
    for word in _LETTERS.finditer(text) if _TWO_ALPHABETS.search(text) else ():
        pair = _TWO_ALPHABETS.search(text, *word.span())
        if pair is None:
            continue
        place = pair.start() + (re.match(f"[{_LATIN}]", pair[0]) is not None)
        name = unicodedata.name(text[place], code_point(text[place])).lower()
        what = f"A word here has “{text[place]}”, a letter of another alphabet ({name})."
        yield place, what, "Type the word again."
    if (pile := find_piled_marks(text)) >= 0:  # to compose it would take minutes
        what = f"More than {MOST_MARKS} accents are on one letter here."
        yield pile, what, "Delete them, and type the letter again."
    elif not unicodedata.is_normalized("NFC", text):
        composed = unicodedata.normalize("NFC", text)
        pairs = enumerate(zip(text, composed, strict=False))
        offset = next((offset for offset, (saved, right) in pairs if saved != right), 0)
        letter = composed[offset]
        what = f"“{letter}” is written here as a letter and a separate accent."
        how = f"Type “{letter}” again, here and further on (in Unicode's words: save as NFC)."
        yield offset, what, how


def _is_drawn(character: str) -> bool:
    """Whether it is an emoji, which the fonts lack: that says enough."""
    return unicodedata.category(character or " ") == "So"


def _find_misread(text: str) -> Iterator[Fault]:
    """The first letters that an editor has read in the wrong encoding."""
    for match in _MISREAD.finditer(text):
        for signs in (match[0], match[0][:2]):
            codes = "".join(chr(_windows_byte(sign)) for sign in signs)
            try:
                meant = codes.encode("latin-1").decode("utf-8")
            except UnicodeError:
                continue
            what = f"“{signs}” is “{meant}”, read in another encoding."
            yield match.start(), what, "Open the original as UTF-8, and copy its words again."
            return


def _windows_byte(sign: str) -> int:
    """The byte that is `sign` in Windows' own encoding; others stay."""
    try:
        return sign.encode("cp1252")[0]
    except UnicodeEncodeError:
        return ord(sign)


def hidden_words(character: str) -> tuple[str, str]:
    """What is wrong with an invisible character, and how to fix it."""
    name = code_point(character)
    if character == "\t":
        return "There is a tab here.", "Use spaces."
    if character in _LINE_ENDS:
        what = f"There is an invisible line end ({name}) here, from a word processor."
        return what, "Write a space for it, or begin a new paragraph."
    if character in _DIRECTION:
        what = f"An invisible character ({name}) changes the direction of the text here."
    elif is_noncharacter(character):
        what = f"There is a code that is not a character ({name}) here."
    else:
        what = f"There is an invisible character ({name}) here."
    return what, "Delete it, or type the words again around it."


def find_piled_marks(text: str) -> int:
    """Where the first pile of more than MOST_MARKS combining marks begins; -1 if there is none."""
    for run in _FAR.finditer(text):
        count = 0
        for offset, character in enumerate(run[0], run.start()):
            count = count + 1 if unicodedata.combining(character) else 0
            if count > MOST_MARKS:
                return offset - MOST_MARKS
    return -1


def find_hidden(text: str) -> Iterator[tuple[int, str]]:
    """(offset, character) of each invisible character of `text`, including tabs. Ends of line do
    not count, nor do soft hyphens, which only mark where a long word may break."""
    unusual = _UNUSUAL.finditer(text)
    return ((found.start(), found[0]) for found in unusual if _HIDDEN.match(found[0]))


def is_noncharacter(character: str) -> bool:
    """Whether Unicode reserves it for programs' internal use, outside any text."""
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def code_point(character: str) -> str:
    """Its name in Unicode: "U+FFFE"."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """`text` ready for printing: each invisible character by its name, `[U+001B]`, so that a
    terminal or a log shows it and does not obey it. Ends of line stay."""
    return _HIDDEN_IN_PRINT.sub(_named, text)


def visible_line(text: str) -> str:
    """The same for text that must stay on one line: a path, a name."""
    return _HIDDEN.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return f"[{code_point(found[0])}]"
