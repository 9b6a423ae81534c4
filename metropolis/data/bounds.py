"""How much one file may say of itself: the first problems one by one, then how many more there are.

A file of a megabyte can be wrong in a million places; nobody reads a million lines, and no memory
should hold them. Read by the strict readers of this folder and by load.py."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from metropolis.problem import Problem, Severity

MAX_PROBLEMS = 100
_LONG_QUOTATION = re.compile(r"“([^”]{80})[^”]{20,}”")


class Findings:
    """The problems of one file, in the order in which they are found. `shift` lines stand before
    its text."""

    def __init__(self, path: str, shift: int = 0) -> None:
        self.path = path
        self.shift = shift
        self._told: list[Problem] = []
        self._more = 0
        self._next: Problem | None = None

    def add(self, line: int, column: int, what: str, expected: str = "", how: str = "") -> None:
        """A problem at a place of the text, counted from 1."""
        self.take(Problem(self.path, line + self.shift if line else 0, column, what, expected, how))

    def take(self, problem: Problem) -> None:
        """A problem that has its place in the file already."""
        if self.is_full:
            self.count(problem.line, problem.column, problem.severity)
        else:
            self._told.append(
                replace(problem, what=_shortened(problem.what), how=_shortened(problem.how))
            )

    @property
    def is_full(self) -> bool:
        """Whether a further problem is only counted: nobody needs to find words for it."""
        return len(self._told) >= MAX_PROBLEMS

    def count(self, line: int, column: int, severity: Severity = "error") -> None:
        """A problem that is not told any more, at its place in the file."""
        self._more += 1
        self._next = self._next or Problem(self.path, line, column, "", severity=severity)

    def problems(self) -> list[Problem]:
        """Those that are told, and a last line for all others."""
        return [*self._told, _rest(self._next, self._more)] if self._next else list(self._told)


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of several files, sorted, those of each file as `Findings` tells them."""
    told: list[Problem] = []
    for path, group in groupby(sorted(problems), key=lambda problem: problem.path):
        findings = Findings(path)
        for problem in group:
            findings.take(problem)
        told += findings.problems()
    return told


def _shortened(text: str) -> str:
    """A value that is quoted whole may be as long as its file."""
    return _LONG_QUOTATION.sub(r"“\1…”", text)


def _rest(first: Problem, count: int) -> Problem:
    what = "1 more problem begins here." if count == 1 else f"{count} more problems begin here."
    return replace(first, what=what, how="Mend those above first.")
