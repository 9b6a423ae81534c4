"""usage: python -m bench.one_book ORDER FOLDER CACHE [WORDS]
       python -m bench.one_book ORDER FOLDER --write LOCALE

Prints the book of ORDER, in the project in FOLDER, as a process of its own whose time is measured.
Parts that an earlier run has left in the folder CACHE are not printed again. With WORDS, these are
in the place of the word EDITED. With --write, writes ORDER: a pickled order of the language's book.
Works with the code that PYTHONPATH names, also with that of an earlier commit."""

from __future__ import annotations

import pickle
import sys
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from metropolis.cache import Cache
from metropolis.cli import main as run_command
from metropolis.pdf.printing import Order, print_books

EDITED = "varían"


def main() -> None:
    """Pages and bytes of the book on standard error, where `measure` reads them."""
    file, folder, *more = sys.argv[1:]
    if more[0] == "--write":
        _write_order(Path(file), folder, more[1])
        return
    order = pickle.loads(Path(file).read_bytes())
    if len(more) > 1:
        assert EDITED in order.html
        order = replace(order, html=order.html.replace(EDITED, more[1], 1))
    theme, content = Path(folder, "theme"), Path(folder, "content")
    [book], problems = print_books([order], theme, content, Cache(Path(more[0])), lambda _: None)
    assert not problems, problems
    print(book.pages, len(book.pdf), file=sys.stderr)


def _write_order(file: Path, folder: str, locale: str) -> None:
    """Asks the command for the book, and keeps what it would print."""

    def keep(orders: list[Order], *_: object) -> tuple[list, list]:
        [order] = orders
        file.write_bytes(pickle.dumps(order))
        return [], []

    with patch("metropolis.pdf.printing.print_books", keep):
        run_command(["--project", folder, "pdf", "--locale", locale])


if __name__ == "__main__":
    main()
