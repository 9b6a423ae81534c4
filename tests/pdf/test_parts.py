"""A book in parts: where they begin, what they know of each other, and what an edit costs."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from book_text import structure_text

from metropolis.cache import Cache
from metropolis.inputs import Files
from metropolis.pdf import render
from metropolis.pdf.composition import compose_book
from metropolis.pdf.inspect import inspect_pdf
from metropolis.pdf.parts import divide_book
from metropolis.pdf.render import BookStyle
from metropolis.problem import ProblemsError

from .conftest import METADATA, links, page_texts

STYLE = """
@page { size: 120mm 60mm; margin: 9mm; @bottom-right { content: counter(page) " " string(t) } }
@page :left { @bottom-left { content: "gauche" } }
h1, h2, p, ol { font-size: 8pt; margin: 0 }
.sheet, nav { break-before: page }
h1 { bookmark-level: 1; string-set: t content() }
a { white-space: nowrap; font-variant-numeric: tabular-nums }
a::after { content: " (p. " var(--page) ")" }
.footnote { float: footnote }
"""
LONG = "".join(f"<p>Paragraphe {number}.</p>" for number in range(20))
NOTE = '<span class="footnote">Une note.</span>'


def book(*bodies: str) -> str:
    """Ten sheets with the contents, and a part of one sheet for each of the bodies."""
    parts = "".join(
        f'<section class="part-opener" id="p{number}"><h1>Partie {number}</h1></section>'
        f'<section id="s{number}"><h2 id="unlinked{number}">Titre</h2>{body}</section>'
        for number, body in enumerate(bodies, 1)
    )
    contents = "".join(
        f'<li><a href="#p{number}">Partie</a> <a href="#s{number}">Titre</a></li>'
        for number in range(1, len(bodies) + 1)
    )
    return (
        '<html lang="fr"><head><title>Livre</title></head><body><section><h1>Livre</h1>'
        f"{'<p class=sheet>Feuille</p>' * 8}</section><nav><h1>Sommaire</h1><ol>{contents}</ol></nav>{parts}</body></html>"
    )


TO_FIRST, TO_THIRD = '<p>Voir <a href="#s1">un</a>.</p>', '<p>Voir <a href="#s3">trois</a>.</p>'
BODIES = (f"<p>Un{NOTE}.</p>{TO_THIRD}", f"<p>Deux{NOTE}.</p>", f"<p>Trois.</p>{TO_FIRST}")


class Press:
    """Prints books, and counts the parts that it prints."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.cache = Cache(folder)
        self.style = BookStyle("livre.pdf", (STYLE,), "theme/book", Files(Path("/project"), ()))
        self.printed = 0
        finish = render.finish_part

        def print_part(pdf: Any) -> None:
            self.printed += 1
            finish(pdf)

        monkeypatch.setattr(render, "finish_part", print_part)

    def print(self, html: str) -> tuple[bytes, int]:
        """The file, which passes the inspection; and how many parts were printed."""
        self.printed = 0
        pdf, _ = compose_book(html, self.style, METADATA, self.cache)
        [problem] = inspect_pdf(pdf, "livre.pdf", html)
        assert problem.what.startswith("Some characters are not in the book's fonts")
        return pdf, self.printed


@pytest.fixture
def press(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Press:
    return Press(tmp_path, monkeypatch)


def artifacts(pdf: bytes) -> list[str]:
    """The words of each page that are not content: numbers and running heads."""
    return [" ".join(page.strip().rpartition("\n")[2].split()) for page in page_texts(pdf)]


def test_a_part_begins_at_its_opener_and_after_the_contents() -> None:
    parts = divide_book(book(*BODIES))
    titles = [re.findall("<h1>(.*?)</h1>", part.html) for part in parts]
    assert titles == [["Livre", "Sommaire"], ["Partie 1"], ["Partie 2"], ["Partie 3"]]
    assert [part.notes for part in parts] == [0, 0, 1, 2]
    assert [part.outside for part in parts] == [
        ("p1", "p2", "p3", "s1", "s2", "s3"), ("s3",), (), ("s1",),
    ]  # fmt: skip
    assert "unlinked" not in "".join(part.html for part in parts)


def test_a_book_without_openers_is_one_part_after_its_contents() -> None:
    html = book().replace("</body>", "<section><p>Un.</p></section><section>2</section></body>")
    assert len(divide_book(html)) == 2
    assert len(divide_book("<html><head></head><body><p>Un.</p></body></html>")) == 1


def test_links_page_numbers_and_notes_run_through_the_parts(press: Press) -> None:
    pdf, _ = press.print(book(*BODIES))
    numbers = [number for number in (11, 12, 13) for _ in range(2)]
    assert links(pdf)[9:] == [
        [
            (f"{name} (p. {at})", at)
            for name, at in zip(["Partie", "Titre"] * 3, numbers, strict=True)
        ],
        [("trois (p. 13)", 13)],
        [],
        [("un (p. 11)", 11)],
    ]
    assert artifacts(pdf)[9:] == [
        "gauche 10 Sommaire", "11 Partie 1", "gauche 12 Partie 2", "13 Partie 3",
    ]  # fmt: skip
    said = "".join(section.text for section in structure_text(pdf))
    assert "Un11. Une note." in said
    assert "Deux22. Une note." in said
    with pikepdf.open(io.BytesIO(pdf)) as document, document.open_outline() as outline:
        marks = [item.title for item in outline.root]
    assert marks == ["Livre", "Sommaire", "Partie 1", "Partie 2", "Partie 3"]


EDITS = [
    ("nothing", BODIES, 0),
    ("words of a part", (BODIES[0], BODIES[1] + "<p>Et plus.</p>", BODIES[2]), 1),
    ("a page more in the last part", (*BODIES[:2], BODIES[2] + LONG), 1),
    ("a page more in the second: the third moves, and numbers in all others change",
     (BODIES[0], BODIES[1] + LONG, BODIES[2]), 2),
    ("a note more in the second", (BODIES[0], BODIES[1] * 2, BODIES[2]), 2),
    ("a new release: the first sheets", BODIES, 1),
]  # fmt: skip


@pytest.mark.parametrize(("name", "bodies", "printed"), EDITS, ids=[edit[0] for edit in EDITS])
def test_an_edit_costs_the_parts_that_it_changes(
    press: Press, name: str, bodies: tuple[str, ...], printed: int
) -> None:
    """And the result has the same bytes as without a cache."""
    assert press.print(book(*BODIES))[1] == 4
    html = book(*bodies)
    if "release" in name:
        html = html.replace("<h1>Livre</h1>", "<h1>Livre</h1><p>Édition suivante</p>")
    pdf, made = press.print(html)
    assert made == printed
    press.cache = Cache(None)
    assert press.print(html)[0] == pdf


def test_what_is_wrong_in_a_part_is_reported_each_time(press: Press) -> None:
    html = book(f"<p>{'M' * 200}</p>", '<p><a href="#nowhere">Rien</a></p>', f"<p>{'W' * 200}</p>")
    for _ in range(2):
        with pytest.raises(ProblemsError) as raised:
            compose_book(html, press.style, METADATA, press.cache)
        assert [problem.what for problem in raised.value.problems] == [
            f"Page 11: “{'M' * 40}” would be outside the sheet.",
            "The PDF engine says: No anchor #nowhere for internal URI reference",
            f"Page 13: “{'W' * 40}” would be outside the sheet.",
        ]
