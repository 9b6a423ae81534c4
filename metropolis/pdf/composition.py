"""Makes a book of its parts: prints each and binds them. A part is printed again only if it has
changed or begins on another page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from metropolis.cache import Cache
from metropolis.pdf.binding import bind_parts
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.page_numbers import DIGITS
from metropolis.pdf.parts import BookPart, divide_book
from metropolis.pdf.render import BookStyle, PartInputs, PrintedPart, print_part
from metropolis.problem import ProblemsError


def compose_book(
    html: str, style: BookStyle, metadata: Metadata, cache: Cache
) -> tuple[bytes, list[tuple[str, int]]]:
    """The file, and what each of its pages begins with (paper.page_starts). ProblemsError for what
    the engine reports, and for what is outside a sheet."""
    parts = divide_book(html)
    digits = DIGITS
    while True:
        printed = _print_parts(parts, style, digits, cache)
        needed = len(str(sum(one.pages for one in printed)))
        if needed <= digits:  # wider numbers may need one more page, and so on
            break
        digits = needed
    if problems := [problem for one in printed for problem in one.problems]:
        raise ProblemsError(problems)
    pdf = bind_parts([(one.pdf, one.places) for one in printed], metadata)
    return pdf, list(_starts(parts, printed))


def _print_parts(
    parts: Sequence[BookPart], style: BookStyle, digits: int, cache: Cache
) -> list[PrintedPart]:
    page = 1
    printed = []
    for part in parts:
        inputs = PartInputs(part, style, page, digits)
        printed.append(cache.remember("book-parts", inputs, print_part))
        page += printed[-1].pages
    return printed


def _starts(parts: Sequence[BookPart], printed: Sequence[PrintedPart]) -> Iterator[tuple[str, int]]:
    """What each page begins with, counted from the beginning of the book."""
    before: Counter[str] = Counter()
    pages = 0
    for part, one in zip(parts, printed, strict=True):
        before[""] = pages  # of a page on which nothing begins
        yield from ((tag, before[tag] + place) for tag, place in one.starts)
        before.update(dict(part.tags))
        pages += one.pages
