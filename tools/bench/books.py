"""The Assembly's books: time, memory, pages and size, against their budgets; and the time beside
that of the same book whose references the engine counts."""

from __future__ import annotations

import pickle
import statistics
import sys
import tempfile
from pathlib import Path

from bench.run import Measured, measure, median
from metropolis.builder.books import make_press, rendered_pages
from metropolis.builder.gate import prepare
from metropolis.pdf.edition_check import whole_book
from metropolis.pdf.printing import book_inputs

ROOT = Path(__file__).parents[2]
METROPOLIS = str(Path(sys.executable).with_name("metropolis"))
SECONDS_A_BOOK, SECONDS_ALL, MEGABYTES_OF_MEMORY, MEGABYTES_OF_FILE = 12, 30, 400, 2
MOST_OF_COUNTED = 0.7


def measure_books(runs: int) -> bool:
    """Each language alone, in both ways, one after the other; then all books by the command."""
    print(f"{'book':20} {'CPU s':>8} {'counted':>8} {'ratio':>6} {'memory MB':>10} {'pages':>6}"
          f" {'MB':>6}")  # fmt: skip
    with tempfile.TemporaryDirectory() as folder:
        kept = [_measure_book(order, runs) for order in _orders(Path(folder))]
        command = [METROPOLIS, "--project", str(ROOT), "pdf", "--out", folder]
        fresh = median([measure([*command, "--fresh"], ROOT) for _ in range(runs)])
        unchanged = median([measure(command, ROOT) for _ in range(runs + 1)][1:])
    for name, one in (("all three", fresh), ("all three, unchanged", unchanged)):
        print(
            f"{name:20} {one.cpu:8.1f} {'':15} {one.memory:10.0f}   {one.wall:.1f} s of wall time"
        )
    is_within = all(kept) and fresh.wall <= SECONDS_ALL
    print(
        f"Budgets (medians of {runs}): {SECONDS_A_BOOK} s a book, {MOST_OF_COUNTED} of a counted"
        f" one, {SECONDS_ALL} s for all, {MEGABYTES_OF_MEMORY} MB, {MEGABYTES_OF_FILE} MB:"
        f" {'kept' if is_within else 'PAST'}."
    )
    return is_within


def _orders(folder: Path) -> list[Path]:
    """What each book is made from, in files."""
    prepared, problems = prepare(ROOT)
    if prepared is None or (edition := whole_book(prepared.records)) is None:
        sys.exit("\n".join(map(str, problems)) or "data/editions.yml has no whole book.")
    project = prepared.project
    files = []
    for order in make_press(ROOT, prepared, rendered_pages(ROOT, prepared)).orders(
        edition, project.locales
    ):
        files.append(folder / order.name)
        inputs = book_inputs(order, project.theme_dir, project.content_dir)
        files[-1].write_bytes(pickle.dumps(inputs))
    return files


def _measure_book(order: Path, runs: int) -> bool:
    """Prints a line; whether its budgets are kept."""
    command = [sys.executable, "-m", "bench.one_book", str(order)]
    own: list[Measured] = []
    counted: list[Measured] = []
    for _ in range(runs):  # in turn: other work on the machine slows both
        own.append(measure(command, ROOT))
        counted.append(measure([*command, "counted"], ROOT))
    middle = median(own)
    ratio = statistics.median(one.cpu / two.cpu for one, two in zip(own, counted, strict=True))
    pages, size = map(int, own[0].said.split())
    print(
        f"{order.name:20} {middle.cpu:8.1f} {median(counted).cpu:8.1f} {ratio:6.2f}"
        f" {middle.memory:10.0f} {pages:6} {size / 1e6:6.2f}"
    )
    return (
        middle.wall <= SECONDS_A_BOOK
        and ratio <= MOST_OF_COUNTED
        and middle.memory <= MEGABYTES_OF_MEMORY
        and size <= MEGABYTES_OF_FILE * 1e6
    )
