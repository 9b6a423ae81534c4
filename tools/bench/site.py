"""Building the site against the stock stack, Hugo and Zensical: cold, and after one edited page. Alternating, medians.

The largest sites are built once by each, unless more is asked for.
"""

from __future__ import annotations

import re
import shutil
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from bench.rivals import write_rivals
from bench.run import Measured, measure, median
from bench.sites import make_project

MANY = 500  # larger sites are built once by each
OURS = [str(Path(sys.executable).with_name("metropolis")), "build"]
_STEPS = re.compile(r"\[ *([0-9.]+) s\] (?:Rendering|Making the search index)")
_START = [sys.executable, "-c", "import metropolis.cli, metropolis.site.build"]


@dataclass(frozen=True)
class Result:
    """One program on one site."""

    name: str
    members: int
    count: int
    measured: Measured


def measure_site(members: int, runs: int) -> list[Result]:
    """Measures every program on a site of this size; prints a line for each."""
    with tempfile.TemporaryDirectory() as name:
        found = _site(Path(name), members, runs if members <= MANY else 1)
    stock = next(one for one in found if one.name == "stock")
    head = f"{'wall s':>8} {'CPU s':>8} {'MB':>7} {'ms/page':>8} {'of stock':>9}"
    print(f"{members:,} members, {found[0].count:,} pages\n{'':24} {head}")
    for one in found:
        ratio, each = one.measured.wall / stock.measured.wall, 1000 * one.measured.wall / one.count
        times = f"{one.measured.wall:8.2f} {one.measured.cpu:8.2f} {one.measured.memory:7.0f}"
        print(f"{one.name:24} {times} {each:8.2f} {ratio:9.3f}", flush=True)
    return found


def _site(folder: Path, members: int, runs: int) -> list[Result]:
    project = make_project(folder / "ours", members)
    rivals = write_rivals(project, folder)
    times: dict[str, list[Measured]] = {name: [] for name in ("ours, cold", "ours, one page", *rivals)}
    steps: list[float] = []
    for number in range(runs):
        cold = measure([*OURS, "--clean"], project, PYTHONPATH=str(project))
        first, last = map(float, _STEPS.findall(cold.said))
        steps.append(measure(_START, project, PYTHONPATH=str(project)).wall + last - first)
        times["ours, cold"].append(cold)
        for program, commands in rivals.items():
            times[program].append(
                _all([measure(command, folder / program, PYTHONPATH=str(project)) for command in commands])
            )
        with (project / "content/en/vision.md").open("a", encoding="utf-8") as file:
            file.write(f"\nThe plan {'really ' * number}goes on.\n")
        times["ours, one page"].append(measure(OURS, project, PYTHONPATH=str(project)))
    count = len(list((project / "site").rglob("index.html")))
    results = [Result(name, members, count, median(found)) for name, found in times.items()]
    pages = sorted(steps)[len(steps) // 2]
    first = results[0].measured
    whole = Result("ours, cold, pages alone", members, count, Measured(pages, first.cpu, first.memory))
    shutil.rmtree(folder / "ours", ignore_errors=True)
    return [whole, *results]


def _all(parts: list[Measured]) -> Measured:
    """Several commands, one after the other, as one."""
    return Measured(sum(p.wall for p in parts), sum(p.cpu for p in parts), max(p.memory for p in parts))
