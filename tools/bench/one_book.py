"""usage: python -m bench.one_book ORDER [counted]

Prints one book, as a process of its own whose time is measured. ORDER is a pickled BookInputs.
`counted`: the engine counts the pages of references itself (target-counter), as it did before
metropolis/pdf/page_numbers.py."""

from __future__ import annotations

import gc
import pickle
import sys
from pathlib import Path

from metropolis.pdf import render
from metropolis.pdf.printing import print_book

_COUNTED = "html { --page: target-counter(attr(href url), page) }"


def main() -> None:
    """Pages and bytes of the book on standard error, where `measure` reads them."""
    gc.disable()  # as the process of a book does
    if "counted" in sys.argv:
        render.reserved = lambda _: _COUNTED
    book = print_book(pickle.loads(Path(sys.argv[1]).read_bytes()))
    print(book.pages, len(book.pdf), file=sys.stderr)


if __name__ == "__main__":
    main()
