"""Characters that nobody sees: which they are, what they are called, and how they are printed.

A control character moves a terminal's cursor or forges a line of a log; a direction control makes a
text read otherwise than it runs; an invisible letter makes two words that look alike two words. One
list for pages, data, what is built and what is printed, so that none of them lets pass what another
refuses."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Unicode's categories Cc, Cf, Cs, Co, Zl and Zp, its noncharacters, and whatever else it says may
# be left undrawn (Default_Ignorable_Code_Point). A range is written for all of a block that Unicode
# keeps for such characters.
_RANGES = (
    "\x00-\x1f\x7f-\x9f\xad"
    "\u034f\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff\ue000-\uf8ff"
    "\ufdd0-\ufdef\ufe00-\ufe0d\ufeff\uffa0\ufff0-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "\U000f0000-\U0010ffff"
) + "".join(f"{chr(plane + 0xFFFE)}{chr(plane + 0xFFFF)}" for plane in range(0, 0xF0000, 0x10000))
_HIDDEN = re.compile(f"[{_RANGES}]")
# Nearly all of every text, soft hyphens and ends of line among it: passed over ten times as fast as
# the list is asked.
_UNUSUAL = re.compile("[^\n -~\xa0-\u02ff\u2010-\u2027\u202f]")
_HIDDEN_IN_PRINT = re.compile(f"(?!\n)[{_RANGES}]")
_DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def find_hidden(text: str) -> Iterator[tuple[int, str]]:
    """(offset, character) of each invisible character of `text`; tabs are. Ends of line are none,
    nor are soft hyphens, which only say where a long word may break."""
    return (
        (found.start(), found[0]) for found in _UNUSUAL.finditer(text) if _HIDDEN.match(found[0])
    )


def is_direction(character: str) -> bool:
    """It makes the text after it run the other way."""
    return character in _DIRECTION


def is_noncharacter(character: str) -> bool:
    """Unicode keeps it out of all text, for programs' own use."""
    code = ord(character)
    return 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE


def code_point(character: str) -> str:
    """What Unicode calls it: "U+FFFE"."""
    return f"U+{ord(character):04X}"


def visible(text: str) -> str:
    """`text` as it may be printed: each invisible character by its name, `[U+001B]`, so that a
    terminal or a log shows what stands there instead of obeying it. Ends of line stay."""
    return _HIDDEN_IN_PRINT.sub(_named, text)


def visible_line(text: str) -> str:
    """The same for what has to stay on one line: a path, a name."""
    return _HIDDEN.sub(_named, text)


def _named(found: re.Match[str]) -> str:
    return f"[{code_point(found[0])}]"
