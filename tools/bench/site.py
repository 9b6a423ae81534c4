"""Building the site against the stock stack, Hugo and Zensical: cold, and after one edited page.
Alternating, medians.

Cold is with nothing kept; or without pages and the index, while words, font, share
pictures and open data are as they were: what the other programs do and a little more. Larger sites
are built once by each.

Nothing is removed between two runs, but put aside: Linux takes up to five seconds to use again the
places of files that were removed, and whatever is built meanwhile would be slower than it is. Each
program builds into an empty folder."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from bench.rivals import BUILT, write_rivals
from bench.run import Measured, measure, median
from bench.sites import make_project

MANY = 1_000  # larger sites are built once by each
TOO_MANY = (
    10_000  # larger ones by ours alone, and cold once: the others take hours, Hugo among them
)
OURS = [str(Path(sys.executable).with_name("metropolis")), "build"]
_STEPS = re.compile(r"\[ *([0-9.]+) s\] (?:Rendering|Drawing)")
# What the other programs make too, in one way or another; and what a build takes over from the one
# before.
_PAGES = ("pages", "search", "inventory", "templates", "site-before")
_START = [sys.executable, "-c", "import metropolis.cli, metropolis.builder.whole_site"]


OWN = ("ours, cold, index, inspection", "ours, cold", "ours, one page")


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
    stock = next((one for one in found if one.name == "stock"), None)
    head = f"{'wall s':>8} {'CPU s':>8} {'MB':>7} {'ms/page':>8} {'of stock':>9}"
    print(f"{members:,} members, {found[0].count:,} pages\n{'':32} {head}")
    for one in found:
        ratio = f"{one.measured.wall / stock.measured.wall:9.3f}" if stock else "        –"
        times = f"{one.measured.wall:8.2f} {one.measured.cpu:8.2f} {one.measured.memory:7.0f}"
        print(
            f"{one.name:32} {times} {1000 * one.measured.wall / one.count:8.2f} {ratio}", flush=True
        )
    return found


def _site(folder: Path, members: int, runs: int) -> list[Result]:
    project = make_project(folder / "ours", members)
    rivals = write_rivals(project, folder) if members <= TOO_MANY else {}
    times: dict[str, list[Measured]] = {name: [] for name in (*OWN, *rivals)}
    steps: list[float] = []
    gone = folder / "gone"
    gone.mkdir()
    for number in range(runs):
        _put_aside(gone, project / "site", project / ".cache")
        times["ours, cold"].append(_ours(project))
        if members <= TOO_MANY:
            _put_aside(gone, project / "site", *(project / ".cache" / store for store in _PAGES))
            bare = _ours(project)
            first, last = map(float, _STEPS.findall(bare.said))
            steps.append(measure(_START, project, PYTHONPATH=str(project)).wall + last - first)
            times["ours, cold, index, inspection"].append(bare)
        for program, commands in rivals.items():
            _put_aside(gone, *(folder / program / output for output in BUILT[program]))
            times[program].append(
                _all(
                    [
                        measure(command, folder / program, PYTHONPATH=str(project))
                        for command in commands
                    ]
                )
            )
        # A build goes into the folder of the site before the last one: a second one finds it as it
        # usually is.
        for words in ("goes on", "still goes on"):
            edit(project, f"The plan {words}{' and on' * number}.")
            one_page = _ours(project)
        times["ours, one page"].append(one_page)
    count = len(list((project / "site").rglob("index.html")))
    results = [
        Result(name, members, count, median(found)) for name, found in times.items() if found
    ]
    if not steps:
        return results
    pages = sorted(steps)[len(steps) // 2]
    bare = next(one.measured for one in results if one.name == "ours, cold, index, inspection")
    alone = Result(
        "ours, cold, pages alone", members, count, Measured(pages, bare.cpu, bare.memory)
    )
    return [alone, *results]


def _put_aside(gone: Path, *folders: Path) -> None:
    for folder in folders:
        if folder.exists():
            folder.rename(gone / str(time.monotonic_ns()))


def _ours(project: Path) -> Measured:
    return measure(OURS, project, PYTHONPATH=str(project))


def edit(project: Path, words: str) -> None:
    """Gives a page a last paragraph, in the place of the one that it was given before."""
    file = project / "content/en/vision.md"
    text = file.read_text("utf-8").partition("\nThe plan ")[0]
    file.write_text(f"{text}\n{words}\n", "utf-8")


def _all(parts: list[Measured]) -> Measured:
    """Several commands, one after the other, as one."""
    return Measured(
        sum(p.wall for p in parts), sum(p.cpu for p in parts), max(p.memory for p in parts)
    )
