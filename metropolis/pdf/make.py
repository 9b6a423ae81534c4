"""Makes books: a process for each language, nothing made twice, nothing half written.

One key stands for everything that a book depends on: its HTML and the pictures that it names, its
style and fonts, and the versions of the programs. It can read nothing else. A finished book is
cached under .cache/pdf by that key. For the build and `metropolis pdf`.
"""

from __future__ import annotations

import gc
import hashlib
import os
import re
import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from html import unescape
from importlib.metadata import version
from multiprocessing import get_context
from pathlib import Path
from urllib.parse import unquote

from metropolis.pdf.metadata import Metadata
from metropolis.problem import Problem

MAKERS = ("weasyprint", "pydyf", "pikepdf", "fonttools", "pyphen", "tinycss2")
# Two editions in three languages and two sizes; older ones are removed.
KEPT = 12
_IMAGE = re.compile(r'<img\b[^>]*?\bsrc="([^":]+)"')
PACKAGES = "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"


@dataclass(frozen=True)
class Order:
    """One book to make; `name` as in messages ("metropolis-fr"), `size` as in CSS ("A4")."""

    name: str
    html: str
    metadata: Metadata
    size: str


@dataclass(frozen=True)
class Printed:
    """A finished book."""

    name: str
    pdf: bytes
    pages: int


def make_books(
    orders: Iterable[Order],
    theme_dir: Path,
    content_dir: Path,
    cache_dir: Path | None,
    say: Callable[[str], None],
) -> tuple[list[Printed], list[Problem]]:
    """The books in the order of `orders`, or all problems. `say` receives a line for each book.

    Without `cache_dir`, each book is made again.
    """
    orders = list(orders)
    style = (theme_dir / "book" / "book.css").read_text("utf-8")
    pictures = {order.name: named_pictures(order.html, theme_dir, content_dir) for order in orders}
    keys = {order.name: _key(order, style, theme_dir, pictures[order.name]) for order in orders}
    done: dict[str, Printed] = {}
    problems: list[Problem] = []
    waiting = []
    for order in orders:
        kept = cache_dir / "pdf" / f"{keys[order.name]}.pdf" if cache_dir else None
        if kept and kept.is_file():
            with suppress(OSError):  # marks it as used; fails if another account owns the cache
                os.utime(kept)
            done[order.name] = _printed(order.name, kept.read_bytes())
            say(f"{order.name}.pdf: unchanged, {_measure(done[order.name])}")
        else:
            waiting.append(order)
    # A process for each book: WeasyPrint is not thread-safe, and this frees its memory.
    workers = min(len(waiting), os.cpu_count() or 1)
    if waiting:
        with ProcessPoolExecutor(
            workers, mp_context=get_context("spawn"), max_tasks_per_child=1
        ) as pool:
            running = {
                pool.submit(_make, order, style, theme_dir, pictures[order.name]): order
                for order in waiting
            }
            for future in as_completed(running):
                order = running[future]
                pdf, found, seconds = future.result()
                problems += found
                if found:
                    say(f"{order.name}.pdf: not made, {len(found)} problems")
                    continue
                if cache_dir:
                    _keep(cache_dir / "pdf", keys[order.name], pdf)
                done[order.name] = _printed(order.name, pdf)
                say(f"{order.name}.pdf: {_measure(done[order.name])} in {seconds:.1f} s")
    if problems:
        return [], sorted(problems)
    return [done[order.name] for order in orders], []


def named_pictures(html: str, theme_dir: Path, content_dir: Path) -> list[Path]:
    """The page images that a book names, in content/; gather.py wrote their addresses."""
    book, content = theme_dir.absolute() / "book", content_dir.resolve()
    found = {
        os.path.normpath(book / unquote(unescape(address))) for address in _IMAGE.findall(html)
    }
    files = [Path(name) for name in sorted(found)]
    return [file for file in files if file.is_file() and file.resolve().is_relative_to(content)]


def _make(
    order: Order, style: str, theme_dir: Path, pictures: Sequence[Path]
) -> tuple[bytes, list[Problem], float]:
    """Runs in a separate process: (the finished book, its problems, seconds)."""
    started = time.monotonic()
    try:
        from metropolis.pdf.inspect import inspect_pdf
        from metropolis.pdf.render import render_pdf
    except OSError as error:  # a missing system library
        what = f"The PDF engine lacks a system library ({str(error).splitlines()[0]})."
        return (
            b"",
            [
                Problem(
                    f"{order.name}.pdf", 0, 0, what, how=f"Type: sudo apt-get install {PACKAGES}"
                )
            ],
            0.0,
        )
    # Rendering makes millions of objects and drops few. Garbage collection would cost a fifth of
    # the time, and the process ends with the book anyway.
    gc.disable()
    sheets = [style, f"@page {{ size: {order.size}; }}"]
    name = f"{order.name}.pdf"
    readable = (theme_dir / "book", theme_dir / "fonts" / "book", *pictures)
    pdf, problems = render_pdf(
        order.html, sheets, order.metadata, theme_dir / "book", readable, name
    )
    if problems:
        return b"", problems, 0.0
    problems = inspect_pdf(pdf, name, order.html)
    return pdf, problems, time.monotonic() - started


def _key(order: Order, style: str, theme_dir: Path, pictures: Sequence[Path]) -> str:
    digest = hashlib.sha256()
    for text in (
        order.html,
        style,
        order.size,
        repr(order.metadata),
        *(f"{name} {version(name)}" for name in MAKERS),
    ):
        digest.update(text.encode() + b"\0")
    own = Path(__file__).parent
    code = sorted(
        [
            *own.glob("*.py"),
            *(theme_dir / "book").iterdir(),
            *(theme_dir / "fonts" / "book").iterdir(),
        ]
    )
    for file in [*code, *pictures]:
        digest.update(file.read_bytes())
    return digest.hexdigest()[:32]


def _keep(folder: Path, key: str, pdf: bytes) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    part = folder / f"{key}.{os.getpid()}.part"
    part.write_bytes(pdf)
    part.replace(folder / f"{key}.pdf")
    by_age = sorted(folder.glob("*.pdf"), key=lambda file: file.stat().st_mtime)
    for old in by_age[:-KEPT]:
        old.unlink(missing_ok=True)


def _printed(name: str, pdf: bytes) -> Printed:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as document:
        return Printed(name, pdf, len(document.pages))


def _measure(book: Printed) -> str:
    return f"{book.pages} page{'s' if book.pages > 1 else ''}, {len(book.pdf) / 1e6:.2f} MB"
