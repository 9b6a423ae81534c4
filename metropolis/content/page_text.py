"""A page's text, and the lines and columns of the file for the offsets that checks work on."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from metropolis.problem import Problem, Severity

# Stands for what has been blanked out of a text without moving what follows it. No address, anchor,
# tag or attribute may contain it: what a call or a code span writes there cannot be known.
BLANK = "\ufffc"

Edit = tuple[int, int, str]  # start, end, replacement

_LONGEST_EXCERPT = 60
_LONGEST_LOOKED_AT = 1_000  # characters, for what many spaces fill
_LINE_END = re.compile("\n")


@dataclass(frozen=True)
class PageText:
    """A file's `path` and `text`, lines ending in `\\n`; `original` is the text before blanking."""

    path: str
    text: str
    original: str = ""

    def quote(self, start: int, end: int) -> str:
        """The original words between two offsets, short enough for a problem."""
        words = self.original or self.text
        return excerpt(words[start : min(end, start + _LONGEST_LOOKED_AT + 1)])

    @cached_property
    def line_starts(self) -> list[int]:
        return [0, *(found.end() for found in _LINE_END.finditer(self.text))]

    def place(self, offset: int) -> tuple[int, int]:
        """Line and column of `offset`, both counted from 1; the column counts characters."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def line_of(self, offset: int) -> str:
        """The whole line of `offset`, without its end."""
        return self.lines[self.place(offset)[0] - 1]

    def problem(
        self, at: int, what: str, expected: str = "", how: str = "", severity: Severity = "error"
    ) -> Problem:
        line, column = self.place(at)
        return Problem(self.path, line, column, what, expected, how, severity)

    def blank(self, spans: list[tuple[int, int]]) -> PageText:
        """The same text with the characters of `spans` replaced, one for one; ends of line stay."""
        pieces: list[str] = []
        done = 0
        for start, end in sorted(spans):
            lines = self.text[max(start, done) : end].split("\n")
            pieces += [self.text[done:start], "\n".join(BLANK * len(line) for line in lines)]
            done = max(done, end)
        return PageText(self.path, "".join(pieces) + self.text[done:], self.original or self.text)


def apply_edits(text: str, edits: Iterable[Edit], start: int = 0, end: int | None = None) -> str:
    """`text` from `start` to `end` with the edits that begin inside it; edits must not overlap."""
    pieces: list[str] = []
    done = start
    for first, last, new in sorted(edits):
        if start <= first and (end is None or first < end):
            pieces += [text[done:first], new]
            done = last
    return "".join([*pieces, text[done:end]])


def excerpt(text: str, longest: int = _LONGEST_EXCERPT) -> str:
    """`text` on one line and short enough to be quoted in a problem."""
    line = " ".join(text[:_LONGEST_LOOKED_AT].split())
    if len(line) > longest:
        return line[: longest - 1] + "…"
    return line + "…" if len(text) > _LONGEST_LOOKED_AT else line
