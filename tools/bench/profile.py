"""Where the seconds of a build go: each step of ours on the real site, cold and after one edited
page."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from bench.run import Measured, measure
from bench.site import OURS, edit
from bench.sites import make_project

_STEP = re.compile(r"\[ *([0-9.]+) s\] ([^\n]+)")


def print_profile() -> str:
    """Prints seconds by step; the same as a table for the handbook."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "ours", 0)
        start = measure(
            [sys.executable, "-c", "import metropolis.cli, metropolis.builder.whole_site"], project
        ).wall
        runs = {"cold": measure([*OURS, "--clean"], project, PYTHONPATH=str(project))}
        for words in ("The plan goes on.", "The plan still goes on."):
            edit(project, words)
            runs["one page"] = measure(OURS, project, PYTHONPATH=str(project))
    steps = {name: _steps(run, start) for name, run in runs.items()}
    rows = [
        (step, cold, one)
        for (step, cold), (_, one) in zip(steps["cold"], steps["one page"], strict=True)
    ]
    print(f"{'step':60} {'cold s':>8} {'one page s':>11}")
    for step, cold, one in rows:
        print(f"{step:60} {cold:8.1f} {one:11.1f}")
    table = "| step | cold s | one page s |\n|---|--:|--:|\n"
    return table + "\n".join(f"| {step} | {cold:.1f} | {one:.1f} |" for step, cold, one in rows)


def _steps(run: Measured, start: float) -> list[tuple[str, float]]:
    """(what, seconds) of each step: from its line to the next one's."""
    lines = [
        (float(moment), re.sub(r"\d+ of \d+", "missing", words))
        for moment, words in _STEP.findall(run.said)
    ]
    ends = [moment for moment, _ in lines[1:]] + [run.wall - start]
    found = [
        (words, max(0.0, end - moment)) for (moment, words), end in zip(lines, ends, strict=True)
    ]
    return [("Starting Python and importing", start), *found]
