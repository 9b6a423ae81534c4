"""A problem that a check found, in words for the person who mends it.

Checks return problems; only cli.py prints them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from metropolis.characters import visible_line

Severity = Literal["error", "advice"]


class ProblemsError(Exception):
    """Raised in place of a result; `problems` say why there is none."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__()
        self.problems = problems


@dataclass(frozen=True, order=True)
class Problem:
    """`path` is relative to the project's root; `line` and `column` count from 1, and 0 means the
    whole file.

    `what` is wrong, what was `expected`, `how` to mend it: whole sentences. Only an error stops a
    build. They may quote whatever an author typed: as text (`str`), a problem is one line without
    invisible characters."""

    path: str
    line: int
    column: int
    what: str
    expected: str = ""
    how: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return visible_line(f"{place}: {self.words}")

    @property
    def words(self) -> str:
        """What is wrong, what was expected and how to mend it, on one line."""
        return " ".join(text for text in (self.what, self.expected, self.how) if text).replace(
            "\n", " "
        )
