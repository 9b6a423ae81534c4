"""What is wrong with a file in the same way many times: the first problems one by one, then one
line for all others.

Nobody reads ten thousand lines, and the one that tells something else would be lost among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from metropolis.problem import Problem

MOST_TOLD = 30

# What a problem quotes, names and counts.
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|\{\{.*?\}\}|\S*[^\w\s’'.,;:]\S*|\d[\d,]*")
_KIND = 4  # words


def shorten(problems: Iterable[Problem]) -> list[Problem]:
    """The problems, sorted, with at most MOST_TOLD of each kind in each file."""
    kept: list[Problem] = []
    told: dict[tuple[str, str, str], int] = {}
    rest: dict[tuple[str, str, str], int] = {}
    for problem in sorted(problems):
        kind = (problem.path, str(problem.severity), _kind(problem.what))
        told[kind] = told.get(kind, 0) + 1
        if told[kind] <= MOST_TOLD:
            kept.append(problem)
        elif kind not in rest:
            rest[kind] = len(kept)
            kept.append(problem)
    for kind, place in rest.items():
        kept[place] = _rest(kept[place], told[kind] - MOST_TOLD)
    return kept


def _kind(what: str) -> str:
    """The last words of a problem without what it quotes: they are the same for all problems of its
    kind."""
    return " ".join(_QUOTED.sub("", what).split()[-_KIND:])


def _rest(first: Problem, count: int) -> Problem:
    problems = "problem" if count == 1 else "problems"
    what = f"From here on, {count:,} more {problems} of this kind: {first.what}"
    return replace(first, what=what, expected="", how="Mend those above first.")
