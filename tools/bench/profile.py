"""Where the seconds of a build go: each step of ours on the real site, cold and after one edited page."""

from __future__ import annotations

import re
import sys
import tempfile
from pathlib import Path

from bench.run import Measured, measure
from bench.site import OURS
from bench.sites import make_project

_STEP = re.compile(r"\[ *([0-9.]+) s\] ([^\n]+)")


def print_profile() -> None:
    """Prints seconds by step."""
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder) / "ours", 0)
        start = measure([sys.executable, "-c", "import metropolis.cli, metropolis.site.build"], project).wall
        runs = {"cold": measure([*OURS, "--clean"], project, PYTHONPATH=str(project))}
        with (project / "content/en/vision.md").open("a", encoding="utf-8") as file:
            file.write("\nThe plan goes on.\n")
        runs["one page"] = measure(OURS, project, PYTHONPATH=str(project))
    steps = {name: _steps(run, start) for name, run in runs.items()}
    print(f"{'step':44} {'cold s':>8} {'one page s':>11}")
    for (step, cold), (_, one) in zip(steps["cold"], steps["one page"], strict=True):
        print(f"{step:44} {cold:8.1f} {one:11.1f}")


def _steps(run: Measured, start: float) -> list[tuple[str, float]]:
    """(what, seconds) of each step: from its line to the next one's."""
    lines = [(float(moment), re.sub(r"\d+ of \d+", "missing", words)) for moment, words in _STEP.findall(run.said)]
    ends = [moment for moment, _ in lines[1:]] + [run.wall - start]
    found = [(words, end - moment) for (moment, words), end in zip(lines, ends, strict=True)]
    return [("Starting Python and importing", start), *found]
