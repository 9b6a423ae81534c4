"""Measures what the project promises about speed and size, in one run, and prints it as tables.

Run by `make bench`. Machines are noisy: medians of several runs, and ratios where two things are compared.
"""

from __future__ import annotations

import argparse
import re
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pikepdf

ROOT = Path(__file__).parent.parent
METROPOLIS = str(Path(sys.executable).with_name("metropolis"))
SECONDS_A_BOOK, SECONDS_ALL, MEGABYTES_OF_MEMORY, MEGABYTES_OF_FILE = 12, 30, 400, 2


@dataclass(frozen=True)
class Measured:
    """Wall seconds of the command, seconds of the slowest book as it tells them, largest memory of a process in MB."""

    seconds: float
    book: float
    memory: float


def main() -> int:
    """Prints the tables; 1 when a book is past its budget."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="how often each thing is measured (default: %(default)s)")
    return 0 if books(parser.parse_args().runs) else 1


def books(runs: int) -> bool:
    """The Assembly's books: each language alone, then all side by side; nothing kept from before."""
    print(f"{'book':20} {'book s':>8} {'command s':>10} {'memory MB':>10} {'pages':>6} {'MB':>6}")
    within = True
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for locale in ("fr", "en", "es"):
            found = [_run("pdf", "--fresh", "--locale", locale, "--out", folder) for _ in range(runs)]
            file = out / f"metropolis-{locale}.pdf"
            with pikepdf.open(file) as pdf:
                pages = len(pdf.pages)
            size = file.stat().st_size / 1e6
            middle = _median(found)
            print(f"{file.name:20} {_times(middle)} {pages:6} {size:6.2f}")
            within &= middle.book <= SECONDS_A_BOOK and middle.memory <= MEGABYTES_OF_MEMORY
            within &= size <= MEGABYTES_OF_FILE
        middle = _median([_run("pdf", "--fresh", "--out", folder) for _ in range(runs)])
        print(f"{'all three':20} {_times(middle)}")
        again = _median([_run("pdf", "--out", folder) for _ in range(runs + 1)][1:])
        print(f"{'all three, unchanged':20} {_times(again)}")
    budgets = (
        f"{SECONDS_A_BOOK} s a language, {SECONDS_ALL} s for all, {MEGABYTES_OF_MEMORY} MB, {MEGABYTES_OF_FILE} MB"
    )
    within &= middle.seconds <= SECONDS_ALL
    print(f"Budgets (medians of {runs}): {budgets}: {'kept' if within else 'PAST'}.")
    return within


def _run(*arguments: str) -> Measured:
    """One run of the command, in a process whose children's memory the system counts apart."""
    script = (
        "import resource, subprocess, sys;"
        "run = subprocess.run(sys.argv[1:], capture_output=True, text=True);"
        "sys.exit(run.stdout + run.stderr) if run.returncode else"
        " print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, run.stderr)"
    )
    started = time.monotonic()
    command = [sys.executable, "-c", script, METROPOLIS, "--project", str(ROOT), *arguments]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    seconds = time.monotonic() - started
    if run.returncode:
        sys.exit(run.stderr)
    memory, _, said = run.stdout.partition(" ")
    told = [float(found) for found in re.findall(r"MB in ([0-9.]+) s", said)]
    return Measured(seconds, max(told, default=0.0), int(memory) / 1024)


def _times(one: Measured) -> str:
    return f"{one.book:8.1f} {one.seconds:10.1f} {one.memory:10.0f}"


def _median(found: list[Measured]) -> Measured:
    return Measured(*(statistics.median(getattr(one, name) for one in found) for name in ("seconds", "book", "memory")))


if __name__ == "__main__":
    sys.exit(main())
