"""Guards texts in CSV: spreadsheet programs run a cell that begins with = + - or @ as a formula.

An apostrophe in front keeps such a text a text. A reader can undo this without further knowledge:
remove one apostrophe if only apostrophes precede one of these characters. Numbers are never
guarded, because a longitude may begin with a minus.
"""

from __future__ import annotations

import re

APOSTROPHE = "'"
# Also their full-width forms, which some programs treat alike, and characters that end a cell.
SIGNS = "=+-@\t\r\n＝＋－＠"
_GUARDED = re.compile(f"'*[{re.escape(SIGNS)}]")


def guarded(text: str) -> str:
    """The text for a CSV cell."""
    return APOSTROPHE + text if _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The original text of a guarded cell; any other cell unchanged."""
    return cell[1:] if cell.startswith(APOSTROPHE) and _GUARDED.match(cell) else cell
