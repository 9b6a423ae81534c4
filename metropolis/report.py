"""Problems as text for people, and as JSON, SARIF and workflow commands for programs."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict
from itertools import groupby
from urllib.parse import quote

from metropolis.hidden_characters import visible_line
from metropolis.problem import Problem

# Nobody reads thousands of lines, or finds the important one among them.
_MOST_LISTED = 100
_FIRST = 5  # of each kind, if there are more than that

Explain = Callable[[Problem], Problem]


def listing(
    problems: Iterable[Problem], is_whole: bool = False, explain: Explain = lambda problem: problem
) -> str:
    """One line for each problem, an empty line between files, and a last line with counts; of many,
    unless `is_whole`, the first of each kind. `explain` adds slow details of shown problems."""
    ordered = sorted(problems)
    if len(ordered) > _MOST_LISTED and not is_whole:
        return _overview(ordered, explain)
    files = groupby(ordered, key=lambda problem: problem.path)
    groups = ["\n".join(_line(explain(one)) for one in group) for _, group in files]
    return "\n\n".join([*groups, count_summary(ordered)])


def _overview(problems: list[Problem], explain: Explain) -> str:
    parts = []
    for kind, group in _by_kind(problems):
        lines = [f"{kind or 'other'}: {count_summary(group)}"]
        lines += [_line(explain(problem)) for problem in group[:_FIRST]]
        if (more := len(group) - _FIRST) > 0:
            where = f": metropolis check --kind {kind}" if kind else ""
            lines.append(f"… and {more:,} more{where}")
        parts.append("\n".join(lines))
    return "\n\n".join([*parts, f"{count_summary(problems)} All of them: metropolis check --all"])


def _by_kind(problems: Iterable[Problem]) -> list[tuple[str, list[Problem]]]:
    """Each kind with its problems, errors first; the kind with the fewest comes first."""
    kinds: dict[str, list[Problem]] = {}
    for problem in sorted(problems, key=lambda one: (one.severity != "error", one)):
        kinds.setdefault(problem.kind, []).append(problem)
    return sorted(kinds.items(), key=lambda item: (len(item[1]), item[0]))


def count_summary(problems: Iterable[Problem]) -> str:
    """`3 errors and 1 piece of advice in 2 files.`"""
    found = list(problems)
    errors = sum(problem.severity == "error" for problem in found)
    advice = len(found) - errors
    files = len({problem.path for problem in found})
    counts = [counted(errors, "error")] if errors or not advice else []
    if advice:
        counts.append(f"{counted(advice, 'piece')} of advice")
    return f"{' and '.join(counts)} in {counted(files, 'file')}."


def counted(number: int, noun: str) -> str:
    """`1 file`, `1,200 files`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def github_annotations(problems: Iterable[Problem], is_whole: bool = False) -> str:
    """One workflow command for each problem: GitHub shows them beside the lines of a pull request.
    It shows ten for each step, so if there are many problems, the first of each kind are enough."""
    ordered = sorted(problems)
    if len(ordered) <= _MOST_LISTED or is_whole:
        return "\n".join(map(_annotation, ordered))
    lines: list[str] = []
    for kind, group in _by_kind(ordered):
        lines += map(_annotation, group[:_FIRST])
        if (more := len(group) - _FIRST) > 0:
            lines.append(f"::notice::… and {more:,} more of the kind {kind or 'other'}")
    return "\n".join(lines)


def _annotation(problem: Problem) -> str:
    level = "error" if problem.severity == "error" else "notice"
    place = f",line={problem.line},col={problem.column}" if problem.line else ""
    path = _escaped(problem.path).replace(":", "%3A").replace(",", "%2C")
    return f"::{level} file={path}{place}::{_escaped(problem.words)}"


def _escaped(text: str) -> str:
    return visible_line(text).replace("%", "%25")


def json_report(problems: Iterable[Problem]) -> str:
    """A list of records with the fields of a problem."""
    return json.dumps([asdict(problem) for problem in sorted(problems)])


def sarif(problems: Iterable[Problem]) -> str:
    """The format of code hosts and editors (SARIF 2.1.0)."""
    ordered = sorted(problems)
    rules = [{"id": kind} for kind in sorted({problem.kind for problem in ordered} - {""})]
    run = {
        "tool": {"driver": {"name": "metropolis check", "rules": rules}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(problem) for problem in ordered],
    }
    schema = "https://json.schemastore.org/sarif-2.1.0.json"
    return json.dumps({"$schema": schema, "version": "2.1.0", "runs": [run]})


def _result(problem: Problem) -> dict[str, object]:
    place: dict[str, object] = {"artifactLocation": {"uri": quote(problem.path)}}
    if problem.line:
        place["region"] = {"startLine": problem.line, "startColumn": max(problem.column, 1)}
    return {
        "ruleId": problem.kind or "other",
        "level": "error" if problem.severity == "error" else "note",
        "message": {"text": visible_line(problem.words)},
        "locations": [{"physicalLocation": place}],
    }


def _line(problem: Problem) -> str:
    return str(problem) if problem.severity == "error" else f"{problem} (advice)"
