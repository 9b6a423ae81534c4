"""One small book that the tests of this folder share: sheets so small that all that may cross a
page does."""

from __future__ import annotations

import datetime
import io
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from metropolis.cache import Cache
from metropolis.data.models import Edition
from metropolis.pdf.composition import compose_book
from metropolis.pdf.edition_check import whole_book
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.press import Press
from metropolis.pdf.printing import Order, book_inputs
from metropolis.pdf.render import BookStyle
from metropolis.problem import Problem, ProblemsError

LOCALES = ("fr", "en", "es")
METADATA = Metadata(
    "Livre d’essai", "fr", "Tout ce qui se coupe", "Metropolis", datetime.date(2023, 6, 19)
)
STYLE = """
@font-face { font-family: "Book Serif"; src: url(../fonts/book/source-serif-4-regular.ttf) }
@font-face { font-family: "Book Serif"; font-style: italic; src: url(../fonts/book/source-serif-4-italic.ttf) }
@font-face { font-family: "Book Serif"; font-weight: 600; src: url(../fonts/book/source-serif-4-semibold.ttf) }
@page { size: 74mm 105mm; margin: 9mm; @top-left { content: "Livre d’essai" } @bottom-right { content: counter(page) } }
html { font: 10pt/13pt "Book Serif"; hyphens: auto }
ul ul { list-style-type: "– " }
h1, h2, h3 { break-after: avoid; font-weight: 600 }
h1 { bookmark-level: 1 } h2 { bookmark-level: 2 } h3 { bookmark-level: 3 }
td, th { border: 0.3pt solid #999; vertical-align: top }
blockquote { margin: 0 }
.footnote { float: footnote }
.contents a::after { content: var(--page) }
.reference::after { content: " (p. " var(--page) ")" }
.figures > div { display: flex; flex-direction: column-reverse }
"""
LONG = " ".join(
    f"Phrase {number} d’un paragraphe qui ne tient pas sur une seule feuille."
    for number in range(1, 16)
)
NOTE = " ".join(f"Phrase {number} d’une note trop longue." for number in range(1, 16))
ROWS = "".join(
    '<tr><th scope="row">Ville'
    f" {number}</th><td>{number * 11}</td><td>{'' if number % 7 == 0 else 'Pays'}</td></tr>"
    for number in range(1, 61)
)
ITEMS = "".join(
    f"<li>Point {number} de la liste<ul><li>détail {number}</li></ul></li>"
    for number in range(1, 26)
)
DRAWING = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10" width="80" height="40"><title>Un'
    ' rectangle dessiné</title><rect width="20" height="10" fill="#0b5cad" opacity="0.5"/></svg>'
)
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ"
    "AAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
HTML = f"""<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Livre d’essai</title></head><body>
<section class="cover"><h1>Livre d’essai</h1><p>Pour les <em>contrôles</em></p></section>
<nav class="contents"><h1>Sommaire</h1><ol>
<li><a href="#texte">Texte</a><ol><li><a href="#notes">Notes</a></li></ol></li>
<li><a href="#tableaux">Tableaux</a></li></ol></nav>
<section id="texte"><h1>Texte</h1><p>{LONG}</p><p>Un second paragraphe, avec <a href="https://www.metropolis.org/">le
site de l’association</a> et <a class="reference" href="#tableaux">les tableaux</a>,
puis <span lang="en">a few English words</span>.</p>
<ul>{ITEMS}</ul><ul><li>Une liste courte</li></ul><ol><li>Une autre liste</li></ol>
<h2 id="notes">Notes</h2><p>Avant la note<span class="footnote">{NOTE}</span> et après la note.</p>
<blockquote><p>{LONG}</p></blockquote>
<dl class="figures"><div><dt>gouvernements membres</dt><dd>cent quarante-et-un</dd></div>
<div><dt>pays différents</dt><dd>soixante-et-un</dd></div></dl>
<dl><dt>Terme</dt><dd>Définition</dd><dt>Autre terme</dt><dd><p>Autre définition</p></dd></dl></section>
<section id="tableaux"><h1>Tableaux</h1><h2>Long</h2>
<table><caption>Villes<span class="footnote">Note d’un tableau.</span></caption>
<thead><tr><th>Ville</th><th>Nombre</th><th><a href="#texte">Pays</a></th></tr></thead><tbody>{ROWS}</tbody>
<tfoot><tr><td>Total</td><td>20130</td><td>52</td></tr></tfoot></table>
<h2>Large</h2><table><thead><tr><th colspan="2">Deux colonnes</th><th>Une</th></tr></thead>
<tbody><tr><td rowspan="2">a</td><td>b</td><td>c</td></tr><tr><td>d</td><td>e</td></tr></tbody></table>
<h3>Figures</h3><figure>{DRAWING}<figcaption>Légende du dessin</figcaption></figure>
<p>Image <img src="{PIXEL}" alt="Un point d’une seule couleur"> dans le texte.</p></section>
</body></html>"""


# Prints HTML with the sample's style (and more, for the test): (the file, what the engine says).
Print = Callable[..., tuple[bytes, list[Problem]]]


@pytest.fixture(scope="session")
def print_html(root: Path) -> Print:
    """A small press."""

    def render(html: str, style: str = "") -> tuple[bytes, list[Problem]]:
        order = Order("essai", html, METADATA, "A4")
        files = book_inputs(order, root / "theme", root / "content").files
        sheets = BookStyle("essai.pdf", (STYLE + style,), "theme/book", files)
        try:
            return compose_book(html, sheets, METADATA, Cache(None))[0], []
        except ProblemsError as error:
            return b"", error.problems

    return render


@pytest.fixture(scope="session")
def whole(press: Press) -> Edition:
    """The edition with the whole plan."""
    book = whole_book(press.records)
    assert book
    return book


@pytest.fixture(scope="session")
def orders(press: Press, whole: Edition) -> dict[str, Order]:
    """What its books are printed from, by language."""
    found = press.orders(whole, press.project.locales)
    return {order.metadata.language: order for order in found}


def changed(pdf: bytes, change: Callable[[Any], object], **how: Any) -> bytes:
    """The file with something done to it."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        change(document)
        out = io.BytesIO()
        document.save(out, **how)
    return out.getvalue()


def links(pdf: bytes) -> list[list[tuple[str, int]]]:
    """For each page: the text of each link inside the book, and the page that it leads to."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        names = document.Root.Names.Dests.Names
        places = {str(names[at]): names[at + 1][0].objgen for at in range(0, len(names), 2)}
        numbers = {page.objgen: number for number, page in enumerate(document.pages, 1)}
        inside = [
            [one for one in page.get("/Annots", []) if "/Dest" in one] for page in document.pages
        ]
        return [
            [(str(one.Contents), numbers[places[str(one.Dest)]]) for one in page] for page in inside
        ]


def page_texts(pdf: bytes) -> list[str]:
    """What is drawn on each page, in lines."""
    run = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True)
    return run.stdout.decode().split("\f")[:-1]


@pytest.fixture(scope="session")
def sample_html() -> str:
    """What the shared book is made from."""
    return HTML


@pytest.fixture(scope="session")
def sample(print_html: Print) -> bytes:
    """The shared book."""
    pdf, problems = print_html(HTML)
    assert problems == []
    return pdf
