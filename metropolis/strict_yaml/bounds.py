"""Limits how many problems one file reports: the first ones in full, then a count of the rest. A
file of one megabyte can hold a million faults; nobody reads them, and they fill the memory."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from itertools import groupby

from metropolis.problem import Problem, Severity

MAX_PROBLEMS = 100
_LONG_QUOTATION = re.compile(r"“([^”]{80})[^”]{20,}”")


class Findings:
    """The problems of one file, as they are found. `shift` lines come before its text."""

    def __init__(self, path: str, shift: int = 0) -> None:
        self.path = path
        self.shift = shift
        self._reported: list[Problem] = []
        self._more = 0
        self._next: Problem | None = None

    def add(self, line: int, column: int, what: str, expected: str = "", how: str = "") -> None:
        """Adds a problem at a place of the text, counted from 1."""
        self.take(Problem(self.path, line + self.shift if line else 0, column, what, expected, how))

    def take(self, problem: Problem) -> None:
        """Adds a problem that already has its place in the file."""
        if self.is_full:
            self.count(problem.line, problem.column, problem.severity)
        else:
            what, how = _shortened(problem.what), _shortened(problem.how)
            self._reported.append(replace(problem, what=what, how=how))

    @property
    def is_full(self) -> bool:
        """Whether further problems are only counted, so that nobody needs to word them."""
        return len(self._reported) >= MAX_PROBLEMS

    def count(self, line: int, column: int, severity: Severity = "error") -> None:
        """Counts a problem that is no longer reported, at its place in the file."""
        self._more += 1
        self._next = self._next or Problem(self.path, line, column, "", severity=severity)

    def problems(self) -> list[Problem]:
        """The reported problems, and a last line that counts all others."""
        if self._next is None:
            return list(self._reported)
        number = "1 more problem begins" if self._more == 1 else f"{self._more} more problems begin"
        rest = replace(self._next, what=f"{number} here.", how="Mend those above first.")
        return [*self._reported, rest]


def bounded(problems: Iterable[Problem]) -> list[Problem]:
    """The problems of several files, sorted; each file's are limited as in `Findings`."""
    reported: list[Problem] = []
    for path, group in groupby(sorted(problems), key=lambda problem: problem.path):
        findings = Findings(path)
        for problem in group:
            findings.take(problem)
        reported += findings.problems()
    return reported


def _shortened(text: str) -> str:
    """A quoted value may be as long as its whole file."""
    return _LONG_QUOTATION.sub(r"“\1…”", text)
