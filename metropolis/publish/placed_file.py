"""Files that set-up writes to the system, and that others may edit. While the digest in its first
line is right, set-up may replace a file. Once somebody has edited it, it is theirs."""

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
    """Writes `text` below a line with its digest, unless the file is not, or no longer, ours."""
    new = _FIRST_LINE.format(_text_digest(text)) + text
    try:
        present = file.read_text("utf-8", "replace")
    except FileNotFoundError:
        present = ""
    if present == new:
        return "unchanged"
    if present and not is_ours(present):
        return "left alone"
    write_file(file, new)
    return "written"


def is_ours(present: str) -> bool:
    """Whether a file is as set-up once wrote it."""
    first, _, rest = present.partition("\n")
    mark = _MARK.match(first)
    return mark is not None and mark[1] == _text_digest(rest)


def changes_to(file: Path, text: str) -> list[str]:
    """How a file that was left alone differs from `text`; nothing if others only added lines."""
    present = file.read_text("utf-8", "replace").splitlines()
    kept = [line for line in present if not _MARK.match(line)]
    lines = difflib.unified_diff(kept, text.splitlines(), lineterm="", n=0)
    changes = [line for line in lines if line[:2] not in ("--", "++", "@@")]
    if not any(line.startswith("+") for line in changes):
        return []
    left_out = len(changes) - _LONGEST_DIFFERENCE
    more = [f"… and {left_out} more lines"] if left_out > 0 else []
    return [*changes[:_LONGEST_DIFFERENCE], *more]


def _text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
