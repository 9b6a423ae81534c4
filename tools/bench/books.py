"""The Assembly's books: time, memory, pages and size, against their budgets."""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from bench.run import measure

ROOT = Path(__file__).parents[2]
METROPOLIS = str(Path(sys.executable).with_name("metropolis"))
SECONDS_A_BOOK, SECONDS_ALL, MEGABYTES_OF_MEMORY, MEGABYTES_OF_FILE = 12, 30, 400, 2


@dataclass(frozen=True)
class Book:
    """Wall seconds of the command, seconds of the slowest book as it tells them, largest memory of
    a process in MB."""

    seconds: float
    book: float
    memory: float


def measure_books(runs: int) -> bool:
    """The Assembly's books: each language alone, then all side by side; nothing kept from
    before."""
    print(f"{'book':20} {'book s':>8} {'command s':>10} {'memory MB':>10} {'pages':>6} {'MB':>6}")
    within = True
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for locale in ("fr", "en", "es"):
            found = [
                _run("pdf", "--fresh", "--locale", locale, "--out", folder) for _ in range(runs)
            ]
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
        f"{SECONDS_A_BOOK} s a language, {SECONDS_ALL} s for all, {MEGABYTES_OF_MEMORY} MB,"
        f" {MEGABYTES_OF_FILE} MB"
    )
    within &= middle.seconds <= SECONDS_ALL
    print(f"Budgets (medians of {runs}): {budgets}: {'kept' if within else 'PAST'}.")
    return within


def _run(*arguments: str) -> Book:
    """One run of `metropolis`."""
    one = measure([METROPOLIS, "--project", str(ROOT), *arguments], ROOT)
    told = [float(found) for found in re.findall(r"MB in ([0-9.]+) s", one.said)]
    return Book(one.wall, max(told, default=0.0), one.memory)


def _times(one: Book) -> str:
    return f"{one.book:8.1f} {one.seconds:10.1f} {one.memory:10.0f}"


def _median(found: list[Book]) -> Book:
    return Book(
        *(
            statistics.median(getattr(one, name) for one in found)
            for name in ("seconds", "book", "memory")
        )
    )
