"""A finding of a check of wording: a problem, its rule, and the fragment that an exception would
name."""

from __future__ import annotations

from dataclasses import dataclass, replace

from metropolis.content.page import Page
from metropolis.problem import Problem, Severity

# Each rule with its strength, which language/rules.yml may change.
RULES: dict[str, Severity] = {
    "figure": "error",  # a number, date or percentage that only one language has
    "typed-figure": "error",  # a number typed in prose that data/ has
    "term": "error",  # a term of the glossary whose translation does not use its counterpart
    "variant": "error",  # a variant that the glossary forbids
    "language": "error",  # a passage in the wrong language
    "not-compared": "advice",  # a section whose terms could not be compared
    "typography": "error",
    "inclusive": "advice",
    "spelling": "advice",
    "style": "advice",
}


@dataclass(frozen=True)
class Finding:
    """`fragment` is the faulty text, exactly as in the page."""

    fragment: str
    problem: Problem

    @property
    def rule(self) -> str:
        """One of RULES."""
        return self.problem.kind


def found(
    rule: str,
    page: Page,
    start: int,
    fragment: str,
    what: str,
    expected: str = "",
    how: str = "",
    severity: Severity | None = None,
) -> Finding:
    """A finding at an offset of `page`, with its rule's own strength unless one is given."""
    problem = page.problem(start, what, expected, how, severity or RULES[rule])
    return Finding(fragment, replace(problem, kind=rule))
