"""Page numbers after links: the right ones, whatever their digits, and none moves anything."""

from __future__ import annotations

import re
from pathlib import Path

import pikepdf
import pytest

from metropolis.cache import Cache
from metropolis.inputs import Files
from metropolis.pdf.composition import compose_book
from metropolis.pdf.page_numbers import write_numbers
from metropolis.pdf.render import BookStyle

from .conftest import METADATA, page_texts

GLYPHS = "0020" + "".join(f"10{digit:02}" for digit in range(10))
STYLE = """
@page { size: 120mm 60mm; margin: 9mm }
section { break-before: page }
a { white-space: nowrap; font-variant-numeric: tabular-nums }
a::after { content: " (p. " var(--page) ")" }
"""


def printed(count: int, numbers: str = "") -> bytes:
    """A book of `count` pages, each with a link to the last and to itself."""
    pages = "".join(
        f'<section id="s{number}"><h1>Feuille</h1><p>Voir <a href="#s{count}">la fin</a> et'
        f' <a href="#s{number}">ici</a>.</p></section>'
        for number in range(1, count + 1)
    )
    html = f'<html lang="fr"><head><title>Livre</title></head><body>{pages}</body></html>'
    style = STYLE.replace("var(--page)", numbers) if numbers else STYLE
    sheets = BookStyle("livre.pdf", (style,), "theme/book", Files(Path("/project"), ()))
    return compose_book(html, sheets, METADATA, Cache(None))[0]


def references(pdf: bytes, tmp_path: Path) -> list[list[str]]:
    """The texts of the links of each page, as assistive technology gets them."""
    (tmp_path / "book.pdf").write_bytes(pdf)
    with pikepdf.open(tmp_path / "book.pdf") as document:
        return [[str(one.Contents) for one in page.Annots] for page in document.pages]


def shown(pdf: bytes) -> list[list[str]]:
    """The words after the links of each page, as they are drawn."""
    return [re.findall(r"\(.*?\)", " ".join(page.split())) for page in page_texts(pdf)]


@pytest.mark.parametrize("count", [3, 9, 10, 12, 101])
def test_each_link_names_the_page_it_leads_to(count: int, tmp_path: Path) -> None:
    pdf = printed(count)
    assert references(pdf, tmp_path) == [
        [f"la fin (p. {count})", f"ici (p. {number})"] for number in range(1, count + 1)
    ]
    assert shown(pdf) == [[f"(p. {count})", f"(p. {number})"] for number in range(1, count + 1)]


def test_what_is_on_no_page_gets_a_zero() -> None:
    mark = f"[<0001><page:{b'rien'.hex()}:2:{GLYPHS}><0002>] TJ".encode()
    assert write_numbers(mark, {}) == b"[<0001><00201000><0002>] TJ"
    assert write_numbers(mark, {"rien": 42}) == b"[<0001><10041002><0002>] TJ"


def test_the_numbers_are_those_that_the_engine_would_count(tmp_path: Path) -> None:
    own = references(printed(12), tmp_path)
    counted = references(printed(12, "target-counter(attr(href url), page)"), tmp_path)
    assert own == counted
