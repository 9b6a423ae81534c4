"""usage: python -m bench.one_book ORDER [FOLDER LOCALE]

Prints the book of ORDER, a pickled BookInputs, as a process of its own whose time is measured. With
FOLDER and LOCALE, writes ORDER: what the project in FOLDER makes its book of that language from.
Works with the code that PYTHONPATH names, also with that of an earlier commit."""

from __future__ import annotations

import gc
import pickle
import sys
from pathlib import Path
from unittest.mock import patch

from metropolis.cli import main as run_command
from metropolis.pdf.printing import Order, book_inputs, print_book


def main() -> None:
    """Pages and bytes of the book on standard error, where `measure` reads them."""
    file, *order = sys.argv[1:]
    if order:
        write_order(Path(file), *order)
        return
    gc.disable()  # as the process of a book does
    book = print_book(pickle.loads(Path(file).read_bytes()))
    print(book.pages, len(book.pdf), file=sys.stderr)


def write_order(file: Path, folder: str, locale: str) -> None:
    """Asks the command for the book, and keeps what it would print."""

    def keep(orders: list[Order], theme: Path, content: Path, *_: object) -> tuple[list, list]:
        [order] = orders
        file.write_bytes(pickle.dumps(book_inputs(order, theme, content)))
        return [], []

    with patch("metropolis.pdf.printing.print_books", keep):
        run_command(["--project", folder, "pdf", "--locale", locale])


if __name__ == "__main__":
    main()
