"""The guard of texts in CSV: a spreadsheet program takes a cell that begins with = + - or @ for a formula, and runs it.

An apostrophe before such a text keeps it a text. It can be undone without knowing more: who reads takes one apostrophe
away where only apostrophes stand before one of these signs. Numbers are never guarded: a longitude begins with a minus.
"""

from __future__ import annotations

import re

APOSTROPHE = "'"
# With their full-width twins, which some versions take for the same, and what makes a program look at the next cell.
SIGNS = "=+-@\t\r\n＝＋－＠"
_GUARDED = re.compile(f"'*[{re.escape(SIGNS)}]")


def guarded(text: str) -> str:
    """The text as it stands in a CSV cell."""
    return APOSTROPHE + text if _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The text of a cell that was guarded; any other cell as it is."""
    return cell[1:] if cell.startswith(APOSTROPHE) and _GUARDED.match(cell) else cell
