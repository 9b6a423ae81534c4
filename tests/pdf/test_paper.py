"""Nothing stands outside its sheet: wide tables turn or break words, and what still does not fit
is reported."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from lxml import html

from metropolis.pdf.gather import BookSource, gather_chapter
from metropolis.pdf.outline import Chapter
from metropolis.pdf.printing import Order, Printed, book_inputs, print_book
from metropolis.problem import ProblemsError

from .conftest import METADATA

WORDS = ("Gouvernement", "Population", "Superficie", "Adhésion")


def table(columns: int) -> str:
    """A page with a table of ordinary words in so many columns."""
    cells = [WORDS[number % 4] for number in range(columns)]
    head = "".join(f'<th scope="col">{word} {number}</th>' for number, word in enumerate(cells))
    body = "".join(f"<td>{word}</td>" for word in cells)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{f'<tr>{body}</tr>' * 3}</tbody></table>"


def printed(root: Path, body: str) -> Printed:
    """The book of one page."""
    page = (
        "<html><body><main><article data-title='Tableau'><header><div class='page-title'>"
        f"<h1>Tableau</h1></div></header>{body}</article></main></body></html>"
    )
    site = BookSource({"table": page.encode()}, {}, "https://example.org")
    chapter = gather_chapter(Chapter("table", "1.1"), site, 1, "§ 1.1").body
    document = (
        "<!doctype html><html lang='fr'><head><title>Tableau</title></head><body>"
        f"{html.tostring(chapter, encoding='unicode')}</body></html>"
    )
    order = Order("essai", document, METADATA, "A4")
    return print_book(book_inputs(order, root / "theme", root / "content"))


@pytest.mark.parametrize(("columns", "turned"), [(2, 0), (7, 0), (8, 1), (13, 1), (20, 1)])
def test_a_table_of_any_width_stays_on_its_sheet(root: Path, columns: int, turned: int) -> None:
    book = printed(root, f"<p>Avant.</p>{table(columns)}<p>Après.</p>")
    with pikepdf.open(io.BytesIO(book.pdf)) as pdf:
        sheets = [[float(side) for side in page.mediabox[2:]] for page in pdf.pages]
    assert sum(width > height for width, height in sheets) == turned


@pytest.mark.parametrize(
    ("body", "outside"),
    [
        (f"<p>{'W' * 80}</p><p>{'M' * 90}</p>", f"Page 1: “{'W' * 40}” and 1 more"),
        (
            f'<p>Note<sup><a class="footnote-ref" href="#n">1</a></sup></p><div class="footnote"><ol>'
            f'<li id="n"><p>{"<br>".join(["Ligne"] * 80)}</p></li></ol></div>',
            "Page 2: “1.” and 16 more",
        ),
    ],
)
def test_what_does_not_fit_is_reported_once_for_each_page(
    root: Path, body: str, outside: str
) -> None:
    with pytest.raises(ProblemsError) as raised:
        printed(root, body)
    assert [str(problem) for problem in raised.value.problems] == [
        f"essai.pdf: {outside} would be outside the sheet."
        " Give a table fewer columns, and write shorter words or a shorter note."
    ]
