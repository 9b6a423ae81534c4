"""Problems as text for people, grouped by file, with counts at the end. Pure: the command line
prints it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from metropolis.characters import visible_line
from metropolis.problem import Problem


def listing(problems: Iterable[Problem]) -> str:
    """One line for each problem, files apart by an empty line, and a last line with counts."""
    ordered = sorted(problems)
    groups = [
        "\n".join(_line(problem) for problem in group)
        for _, group in groupby(ordered, key=lambda problem: problem.path)
    ]
    return "\n\n".join([*groups, summary(ordered)])


def summary(problems: Iterable[Problem]) -> str:
    """`3 errors and 1 piece of advice in 2 files.`"""
    found = list(problems)
    errors = sum(problem.severity == "error" for problem in found)
    advice = len(found) - errors
    files = len({problem.path for problem in found})
    counts = [f"{errors} {'error' if errors == 1 else 'errors'}"] if errors or not advice else []
    if advice:
        counts.append(f"{advice} {'piece' if advice == 1 else 'pieces'} of advice")
    return f"{' and '.join(counts)} in {files} {'file' if files == 1 else 'files'}."


def github_annotations(problems: Iterable[Problem]) -> str:
    """One workflow command for each problem: GitHub shows them beside the lines of a pull
    request."""
    return "\n".join(_annotation(problem) for problem in sorted(problems))


def _annotation(problem: Problem) -> str:
    level = "error" if problem.severity == "error" else "notice"
    place = f",line={problem.line},col={problem.column}" if problem.line else ""
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    words = _escaped(problem.words)
    return f"::{level} file={path}{place}::{words}"


def _escaped(text: str) -> str:
    return visible_line(text).replace("%", "%25")


def _line(problem: Problem) -> str:
    return str(problem) if problem.severity == "error" else f"{problem} (advice)"
