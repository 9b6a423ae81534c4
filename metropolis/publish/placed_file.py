"""Files that set-up places in the system, and that others may go on with: certbot, an
administrator.

Each says in its first line what it held when it was written. While it still does it is ours, and is
written anew when it would be another; as soon as somebody has changed it, it is theirs and is left
alone."""

from __future__ import annotations

import difflib
import hashlib
import re
from pathlib import Path
from typing import Literal

from metropolis.text_file import write_file

Outcome = Literal["written", "unchanged", "left alone"]
_FIRST_LINE = (
    "# Written by `metropolis publish setup`. Once you change it, it is yours and stays as it is."
    " ({})\n"
)
_MARK = re.compile(r"^# Written by `metropolis publish setup`\..*\(([0-9a-f]{16})\)$")
_LONGEST_DIFFERENCE = 20  # lines


def place_file(file: Path, text: str) -> Outcome:
    """Writes `text` below a first line with its mark, unless somebody else has written or changed
    the file."""
    new = _FIRST_LINE.format(_digest(text)) + text
    try:
        present = file.read_text("utf-8", "replace")
    except FileNotFoundError:
        present = ""
    if present == new:
        return "unchanged"
    if present and not is_ours(present):
        return "left alone"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, new)
    return "written"


def is_ours(present: str) -> bool:
    """Whether a file is as set-up once wrote it."""
    first, _, rest = present.partition("\n")
    mark = _MARK.match(first)
    return mark is not None and mark[1] == _digest(rest)


def changes_to(file: Path, text: str) -> list[str]:
    """The lines that differ between a file that was left alone and what would have been written.

    None where others have only added to it.
    """
    present = file.read_text("utf-8", "replace").splitlines()
    wanted = text.splitlines()
    kept = [line for line in present if not _MARK.match(line)]
    changes = [
        line
        for line in difflib.unified_diff(kept, wanted, lineterm="", n=0)
        if line[:2] not in ("--", "++", "@@")
    ]
    if not any(line.startswith("+") for line in changes):
        return []
    left_out = len(changes) - _LONGEST_DIFFERENCE
    return [
        *changes[:_LONGEST_DIFFERENCE],
        *([f"… and {left_out} lines more"] if left_out > 0 else []),
    ]


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
