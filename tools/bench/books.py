"""The Assembly's books: processor time beside that of the code that laid out each page twice,
in one run; memory, pages and size against their budgets."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.one_book import EDITED
from bench.run import Measured, measure, median

ROOT = Path(__file__).parents[2]
BEFORE = "32d4016532bed5001b72a749f0cdb758cf6416cf"
LOCALE = "es"
# At most these shares of the processor time before.
MOST_OF_BEFORE = {
    "a new book": 0.6,
    "the book again, its numbers hold": 0.5,
    "the book again, its numbers move": 0.6,
    "the book again, a page longer": 0.6,
    "three new books": 0.6,
    "a build, numbers hold": 0.33,
    "a build, numbers move": 0.33,
}
SECONDS_A_BOOK, MEGABYTES_OF_MEMORY, MEGABYTES_OF_FILE = 12, 400, 2


def measure_books(runs: int) -> bool:
    """Both ways in turn, since other work on the machine slows both; whether all bars are kept."""
    with tempfile.TemporaryDirectory() as folder:
        before, now = Path(folder) / "before", Path(folder) / "now"
        _unpack(before, ["git", "archive", BEFORE])
        _unpack(now, ["git", "archive", _working_tree()])
        tries: dict[str, tuple[list[Measured], list[Measured]]] = {}
        for name, step in zip(MOST_OF_BEFORE, _STEPS, strict=True):
            run, other = step(before), step(now)
            tries[name] = ([], [])
            for number in range(runs):
                tries[name][0].append(run(number))
                tries[name][1].append(other(number))
            _print_line(name, *tries[name])
    return _is_within(tries)


def _working_tree() -> str:
    """A commit of what is in the working tree; HEAD if nothing is changed."""
    run = subprocess.run(["git", "stash", "create"], cwd=ROOT, capture_output=True, text=True)
    return run.stdout.strip() or "HEAD"


def _unpack(folder: Path, command: list[str]) -> None:
    folder.mkdir()
    made = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if made.returncode:
        sys.exit(f"{made.stderr.decode()}The bench needs the history: git fetch --unshallow")
    subprocess.run(["tar", "x"], cwd=folder, input=made.stdout, check=True)


def _run(tree: Path, *arguments: str) -> Measured:
    """With the code of the tree; the bench itself is always today's."""
    path = f"{tree}:{ROOT / 'tools'}"
    return measure([sys.executable, "-m", *arguments], tree, PYTHONPATH=path)


Run = Callable[[int], Measured]
# Words in the place of one. A sentence moves chapters to other pages if there are some of it, and
# all the parts that follow if there are many.
_WORDS = ("cambian", "difieren", "divergen")
_SENTENCE = "varían, y con ellas los retos de cada metrópolis y de su gobierno. "


def _new_book(tree: Path) -> Run:
    _write_order(tree)
    return lambda number: _print_book(tree, f"new-{number}")


def _book_again(sentences: int) -> Callable[[Path], Run]:
    def step(tree: Path) -> Run:
        _print_book(tree, "again")
        more = _SENTENCE * sentences
        return lambda number: _print_book(tree, "again", f"{more}{_WORDS[number % 3]}")

    return step


def _write_order(tree: Path) -> None:
    (tree / "build").mkdir(exist_ok=True)
    _run(tree, "bench.one_book", str(tree / "build/order"), str(tree), "--write", LOCALE)


def _print_book(tree: Path, cache: str, *words: str) -> Measured:
    order = str(tree / "build/order")
    return _run(tree, "bench.one_book", order, str(tree), str(tree / "build" / cache), *words)


def _three_books(tree: Path) -> Run:
    """With the pages that they are made from."""
    return lambda _: _run(tree, "metropolis.cli", "pdf", "--fresh")


def _build_same_numbers(tree: Path) -> Run:
    return _build(tree, lambda text, number: text.replace(EDITED, _WORDS[number % 3]))


def _build_other_numbers(tree: Path) -> Run:
    return _build(tree, lambda text, number: f"{text}\nEl plan sigue{' sí' * number}.\n")


def _build(tree: Path, change: Callable[[str, int], str]) -> Run:
    """A build after an edit: the page, what depends on it, and the book of its language."""
    page = tree / f"content/{LOCALE}/governance.md"  # in the book, and in no pack
    text = page.read_text("utf-8")
    for _ in range(2):  # a build goes into the folder of the site before the last one
        _run(tree, "metropolis.cli", "build")

    def build(number: int) -> Measured:
        page.write_text(change(text, number), "utf-8")
        return _run(tree, "metropolis.cli", "build")

    return build


_STEPS = (
    _new_book, _book_again(0), _book_again(8), _book_again(40), _three_books, _build_same_numbers,
    _build_other_numbers,
)  # fmt: skip


def _print_line(name: str, before: list[Measured], now: list[Measured]) -> None:
    old, new = median(before), median(now)
    print(
        f"{name:32} before {old.cpu:6.1f} s  now {new.cpu:6.1f} s  {_ratio(before, now):.2f}"
        f" (at most {MOST_OF_BEFORE[name]:.2f})  wall {old.wall:5.1f} and {new.wall:5.1f} s,"
        f" {new.memory:.0f} MB",
        flush=True,
    )


def _ratio(before: list[Measured], now: list[Measured]) -> float:
    """Of the processor time, each try with its neighbour."""
    return statistics.median(two.cpu / one.cpu for one, two in zip(before, now, strict=True))


def _is_within(tries: dict[str, tuple[list[Measured], list[Measured]]]) -> bool:
    book = median(tries["a new book"][1])
    pages, size = map(int, tries["a new book"][1][0].said.split())
    missed = [name for name, both in tries.items() if _ratio(*both) > MOST_OF_BEFORE[name]]
    is_within = (
        book.wall <= SECONDS_A_BOOK
        and book.memory <= MEGABYTES_OF_MEMORY
        and size <= MEGABYTES_OF_FILE * 1e6
    )
    print(
        f"A book of {pages} pages, {size / 1e6:.2f} MB. Budgets ({SECONDS_A_BOOK} s,"
        f" {MEGABYTES_OF_MEMORY} MB, {MEGABYTES_OF_FILE} MB): {'kept' if is_within else 'PAST'};"
        f" missed shares: {', '.join(missed) or 'none'}."
    )
    return is_within and not missed
