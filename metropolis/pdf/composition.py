"""Makes a book of its parts: lays each out, writes the numbers of pages, draws and binds them.

A part is laid out again only if it has changed or begins on another page, and drawn again only if
a page number in it has changed too.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from metropolis.cache import Cache
from metropolis.inputs import Known, digest
from metropolis.pdf.binding import bind_parts
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.page_numbers import DIGITS
from metropolis.pdf.parts import BookPart, divide_book
from metropolis.pdf.render import (
    BookStyle,
    Layout,
    NumberedPart,
    PartInputs,
    draw_part,
    lay_out_part,
)
from metropolis.problem import ProblemsError

_KIND = "book-parts"


@dataclass(frozen=True)
class Composed:
    """A file, and what each of its pages begins with (paper.page_starts)."""

    pdf: bytes
    starts: tuple[tuple[str, int], ...]


_LaidOut = Sequence[tuple[PartInputs, Layout]]


def compose_book(html: str, style: BookStyle, metadata: Metadata, cache: Cache) -> Composed:
    """The book. ProblemsError for what the engine reports, and for what is outside a sheet."""
    parts = _lay_out(divide_book(html), style, cache)
    places = {id: page for _, layout in parts for id, page in layout.places.items()}
    problems = [problem for _, layout in parts for problem in layout.problems]
    drawn = []
    for inputs, layout in parts:
        numbers = tuple((id, places[id]) for id in inputs.part.outside if id in places)
        numbered = NumberedPart(inputs, numbers, Known(digest(inputs), layout))
        try:
            drawn.append((cache.remember(_KIND, numbered, draw_part), layout.places))
        except ProblemsError as error:
            problems += error.problems
    if problems:
        raise ProblemsError(problems)
    return Composed(bind_parts(drawn, metadata), tuple(_starts(parts)))


def _lay_out(parts: Sequence[BookPart], style: BookStyle, cache: Cache) -> _LaidOut:
    """Again only if the last page's number needs more or fewer digits than room was kept for."""
    digits = DIGITS
    laid_out = _with_digits(parts, style, digits, cache)
    if (needed := _digits_needed(laid_out)) != digits:
        digits = needed
        laid_out = _with_digits(parts, style, digits, cache)
    while _digits_needed(laid_out) > digits:  # wider numbers may need one more page, and so on
        digits += 1
        laid_out = _with_digits(parts, style, digits, cache)
    return laid_out


def _with_digits(
    parts: Sequence[BookPart], style: BookStyle, digits: int, cache: Cache
) -> _LaidOut:
    page = 1
    laid_out = []
    for part in parts:
        inputs = PartInputs(part, style, page, digits)
        layout = cache.remember(_KIND, inputs, lay_out_part)
        laid_out.append((inputs, layout))
        page += layout.pages
    return laid_out


def _digits_needed(laid_out: _LaidOut) -> int:
    inputs, layout = laid_out[-1]
    return len(str(inputs.page + layout.pages - 1))


def _starts(parts: _LaidOut) -> Iterator[tuple[str, int]]:
    """What each page begins with, counted from the beginning of the book."""
    before: Counter[str] = Counter()
    for inputs, layout in parts:
        before[""] = inputs.page - 1  # of a page on which nothing begins
        yield from ((tag, before[tag] + place) for tag, place in layout.starts)
        before.update(dict(inputs.part.tags))
