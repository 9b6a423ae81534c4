"""Prints books on all processors. A book is cached under everything that it is made from. For the
build and `metropolis pdf`."""

from __future__ import annotations

import ctypes.util
import gc
import os
import re
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from html import unescape
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import unquote

from metropolis.cache import Cache, CacheEntry
from metropolis.inputs import Files
from metropolis.pdf.epub import EpubWords, make_epub
from metropolis.pdf.metadata import Metadata
from metropolis.problem import Problem, ProblemsError

_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^":]+)"')
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@dataclass(frozen=True)
class Order:
    """One book to print; `name` as in messages ("metropolis-fr"), `size` as in CSS ("A4").
    With `epub`, it is also made as an EPUB."""

    name: str
    html: str
    metadata: Metadata
    size: str
    epub: EpubWords | None = None


@dataclass(frozen=True)
class BookInputs:
    """All that a book is made from. `files` are its style, its fonts and the pictures that it
    names, under the project's folder. `theme` is the name of the theme's folder there."""

    order: Order
    theme: str
    files: Files


@dataclass(frozen=True)
class Printed:
    """A finished book. `epub` is empty if none was ordered."""

    name: str
    pdf: bytes
    pages: int
    epub: bytes = b""


def print_books(
    orders: Iterable[Order],
    theme_dir: Path,
    content_dir: Path,
    cache: Cache,
    say: Callable[[str], None],
) -> tuple[list[Printed], list[Problem]]:
    """The books in the order of `orders`, or all problems. `say` receives a line for each book."""
    entries = [
        cache.entry("books", book_inputs(order, theme_dir, content_dir), print_book)
        for order in orders
    ]
    done = {entry.inputs.order.name: book for entry in entries if (book := entry.read())}
    for name, book in done.items():
        say(f"{name}.pdf: unchanged, {_measure(book)}")
    waiting = [entry for entry in entries if entry.inputs.order.name not in done]
    problems: list[Problem] = []
    if waiting:
        # In processes of their own: WeasyPrint is not thread-safe, and this frees its memory.
        count = min(len(waiting), os.cpu_count() or 1)
        with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
            running = {pool.submit(_make, entry): entry.inputs.order.name for entry in waiting}
            for future in as_completed(running):
                name = running[future]
                made, seconds = future.result()
                if isinstance(made, Printed):
                    done[name] = made
                    say(f"{name}.pdf: {_measure(made)} in {seconds:.1f} s")
                else:
                    problems += made
                    say(f"{name}.pdf: not made, {len(made)} problems")
    if problems:
        return [], sorted(problems)
    return [done[entry.inputs.order.name] for entry in entries], []


def book_inputs(order: Order, theme_dir: Path, content_dir: Path) -> BookInputs:
    """The order with the files that its book may read: gather.py wrote their addresses."""
    theme, content = theme_dir.absolute(), content_dir.resolve()
    own = [
        file
        for folder in (theme / "book", theme / "fonts" / "book")
        for file in folder.iterdir()
        if file.is_file()
    ]
    found = {
        Path(os.path.normpath(theme / "book" / unquote(unescape(address))))
        for address in _IMAGE.findall(order.html)
    }
    pictures = [file for file in found if file.is_file() and file.resolve().is_relative_to(content)]
    return BookInputs(order, theme.name, Files.under(theme.parent, [*own, *pictures]))


def print_book(inputs: BookInputs) -> Printed:
    """ProblemsError where the book cannot be printed, or is not as it must be."""
    return _print_parts(inputs, Cache(None))


def _print_parts(inputs: BookInputs, cache: Cache) -> Printed:
    """The book; parts that are in `cache` are not printed again."""
    order, name = inputs.order, f"{inputs.order.name}.pdf"
    try:
        _load_engine()
        from metropolis.pdf.composition import compose_book
        from metropolis.pdf.inspect import inspect_pdf
        from metropolis.pdf.render import BookStyle
    except OSError as error:  # a missing system library
        what = f"The PDF engine lacks a system library ({str(error).splitlines()[0]})."
        how = f"Type: sudo apt-get install {PACKAGES}"
        raise ProblemsError([Problem(name, 0, 0, what, how=how)]) from error
    sheet = inputs.files.read(f"{inputs.theme}/book/book.css").decode()
    size = f"@page {{ size: {order.size} }} @page turned {{ size: {order.size} landscape }}"
    style = BookStyle(name, (sheet, size), f"{inputs.theme}/book", inputs.files)
    pdf, starts = compose_book(order.html, style, order.metadata, cache)
    inputs.files.check()
    if problems := inspect_pdf(pdf, name, order.html):
        raise ProblemsError(problems)
    epub = b""
    if order.epub:
        css = inputs.files.read(f"{inputs.theme}/book/epub.css")
        epub = make_epub(order.html, order.metadata, order.epub, starts, css, inputs.files)
    return Printed(order.name, pdf, len(starts), epub)


def _load_engine() -> None:
    """Imports WeasyPrint. It tries the names that its libraries have on other systems; for each,
    ctypes would start a compiler to look for it. Raises OSError if a library is missing."""

    def find_none(name: str) -> str | None:  # noqa: ARG001
        return None

    find, ctypes.util.find_library = ctypes.util.find_library, find_none
    try:
        import_module("weasyprint")
    finally:
        ctypes.util.find_library = find


def _make(entry: CacheEntry[BookInputs, Printed]) -> tuple[Printed | list[Problem], float]:
    """Runs in another process: the book or its problems, and the seconds."""
    # Rendering makes millions of objects and drops few while it runs. Garbage collection would
    # cost a fifth of the time.
    gc.disable()
    started = time.monotonic()
    try:
        book = _print_parts(entry.inputs, entry.cache)
        entry.write(book)
        return book, time.monotonic() - started
    except ProblemsError as error:
        return error.problems, 0.0
    finally:
        gc.collect()


def _measure(book: Printed) -> str:
    return f"{book.pages} page{'s' if book.pages > 1 else ''}, {len(book.pdf) / 1e6:.2f} MB"
