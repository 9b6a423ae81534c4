"""Piles of combining marks: letters under so many accents that Unicode's normal forms take minutes
to find.

Putting marks in their canonical order takes the square of their number, for Python as for
everybody. No language piles up more than a few on a letter. Read by the checks of pages and of
data, before anything is normalised."""

from __future__ import annotations

import re
import unicodedata

# Vietnamese needs two, cantillated Hebrew four, Tibetan stacks fewer than ten: Unicode's own
# "stream-safe" form has 30.
MOST_MARKS = 30

_FAR = re.compile(rf"[^\x00-\u02ff\u2010-\u2027\u202f]{{{MOST_MARKS + 1},}}")


def find_piled_marks(text: str) -> int:
    """The offset of the first pile of more than MOST_MARKS combining marks in `text`; -1 where
    there is none."""
    for run in _FAR.finditer(text):
        count = 0
        for offset, character in enumerate(run[0], run.start()):
            count = count + 1 if unicodedata.combining(character) else 0
            if count > MOST_MARKS:
                return offset - MOST_MARKS
    return -1
