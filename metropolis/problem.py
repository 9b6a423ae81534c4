"""A problem that a check found, worded for who fixes it. Only cli/ prints problems."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import Literal

from metropolis.hidden_characters import visible_line

Say = Callable[[str], None]  # prints progress
Severity = Literal["error", "advice"]
# The subjects of checks. `metropolis check --kind`, SARIF and JSON publish them: keep the names.
KINDS = (
    "configuration",  # mkdocs.yml, the logs of acceptances, the book's list
    "data",
    "files",  # names, places and kinds of files
    "markup",  # how a page is written: header, headings, Markdown
    "calls",
    "links",
    "navigation",  # pages that are not in nav, lines of nav without a page
    "characters",  # characters that a font of screen or book lacks
    "parity",  # what only one language has: paragraphs, lists, links
    "translation",  # what is missing, stale or typed by hand
    "lists",  # language/*.yml and *.txt
    "figure",  # this and all below: see wording/finding.py
    "typed-figure",
    "not-compared",
    "term",
    "variant",
    "language",
    "typography",
    "inclusive",
    "spelling",
    "style",
)


@dataclass(frozen=True, order=True)
class Problem:
    """`path` is relative to the project's root; `line` and `column` count from 1, and 0 means the
    whole file. `what` is wrong, what was `expected`, `how` to fix it: whole sentences, which may
    quote anything; printed (`str`), a problem is one line without invisible characters. Only an
    error stops a build. `kind` is one of KINDS, or empty if no check of content reports it."""

    path: str
    line: int
    column: int
    what: str
    expected: str = ""
    how: str = ""
    severity: Severity = "error"
    kind: str = field(default="", compare=False)

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        return visible_line(f"{place}: {self.words}")

    @property
    def words(self) -> str:
        """What is wrong, what was expected and how to fix it, on one line."""
        return " ".join(filter(None, (self.what, self.expected, self.how))).replace("\n", " ")


class RefusedError(Exception):
    """What somebody asked for is not done; the message is for them: why, and what to do."""


class ProblemsError(Exception):
    """Raised if there is no result; `problems` say why, `outcome` what was therefore not done."""

    def __init__(self, problems: list[Problem], outcome: str = "") -> None:
        super().__init__()
        self.problems, self.outcome = problems, outcome


def of_kind(kind: str, problems: Iterable[Problem]) -> list[Problem]:
    """The problems, with `kind` if they have none."""
    return [problem if problem.kind else replace(problem, kind=kind) for problem in problems]
