"""The EPUB: valid, the same words and numbers as the book, and the pages of its PDF."""

from __future__ import annotations

import io
import re
import subprocess
import zipfile
from pathlib import Path

import pikepdf
import pytest
from lxml import etree, html

from metropolis.inputs import Files
from metropolis.pdf.epub import EpubWords, make_epub
from metropolis.pdf.epub_chapters import EPUB, XHTML
from metropolis.pdf.printing import Order

from .conftest import LOCALES, METADATA

# The second compiler would take more time than it saves in a run of some seconds.
QUICK = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
WORDS = EpubWords("https://example.org/", "Tout se lit.", "Pages")
BOOK = """<html lang="fr"><body><section class="cover"><h1>Livre</h1></section>
<nav class="contents"><h1>Sommaire</h1><ol><li><a href="#a">1 Un</a></li>
<li><a href="#b">2 Deux</a></li></ol></nav>
<section id="a" class="chapter" data-line="1"><header><p class="live"><a href="https://example.org">
<svg><title>Code</title></svg></a></p><h1>Un</h1></header>
<p>Voir <a href="#b">deux</a><span class="footnote"><span>Une <em>note</em>.</span></span> ici.</p>
<svg viewbox="0 0 9 9"><title>Un dessin</title><rect width="9" height="9"></rect></svg></section>
<section id="b" class="chapter"><h1>Deux</h1><table><tr><th scope="col">Ville</th></tr>
<tr><td>Lyon</td></tr></table><p><img src="../../content/fr/lyon.png" alt="Lyon de nuit"></p>
</section></body></html>"""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The file of BOOK: its second page begins with the table's second row."""
    root = tmp_path_factory.mktemp("project")
    picture = root / "content/fr/lyon.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"png")
    files = Files.under(root, [picture])
    made = [
        make_epub(BOOK, METADATA, WORDS, [("h1", 0), ("tr", 1)], b"p {}", files) for _ in range(2)
    ]
    assert made[0] == made[1]
    return zipfile.ZipFile(io.BytesIO(made[0]))


def text_of(file: zipfile.ZipFile, name: str) -> str:
    return file.read(f"book/{name}").decode()


def test_the_type_is_the_first_entry_and_not_compressed(small: zipfile.ZipFile) -> None:
    first = small.infolist()[0]
    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert small.read("mimetype") == b"application/epub+zip"


def test_links_lead_to_the_file_of_their_target(small: zipfile.ZipFile) -> None:
    assert '<a href="b.xhtml#b">deux</a>' in text_of(small, "a.xhtml")
    assert '<a href="b.xhtml#b">2 Deux</a>' in text_of(small, "nav.xhtml")


def test_a_note_is_called_and_stands_at_the_end(small: zipfile.ZipFile) -> None:
    tree = etree.fromstring(small.read("book/a.xhtml"))
    call = tree.find(f".//{{{XHTML}}}a[@{{{EPUB}}}type='noteref']")
    note = tree.find(f".//{{{XHTML}}}aside")
    assert (call.text, call.get("href"), call.tail) == ("1", "a.xhtml#a-note-1", " ici.")
    assert (note.get("id"), "".join(note.itertext())) == ("a-note-1", "1. Une note.")


def test_drawings_keep_their_words_and_codes_for_paper_are_left_out(small: zipfile.ZipFile) -> None:
    chapter = text_of(small, "a.xhtml")
    assert 'viewBox="0 0 9 9" role="img" aria-label="Un dessin"' in chapter
    assert "Code" not in chapter
    assert "data-line" not in chapter


def test_pictures_are_in_the_file(small: zipfile.ZipFile) -> None:
    assert '<img src="picture-1.png" alt="Lyon de nuit"/>' in text_of(small, "b.xhtml")
    assert small.read("book/picture-1.png") == b"png"


def test_a_page_of_the_pdf_begins_in_the_first_cell_of_a_row(small: zipfile.ZipFile) -> None:
    mark = '<td><span id="page-2" role="doc-pagebreak" aria-label="2" epub:type="pagebreak"/>Lyon'
    assert mark in text_of(small, "b.xhtml")
    assert '<a href="b.xhtml#page-2">2</a>' in text_of(small, "nav.xhtml")


@pytest.mark.parametrize("locale", LOCALES)
def test_the_real_file_is_valid_and_has_the_pages_of_its_pdf(built_site: Path, locale: str) -> None:
    file = built_site / f"pdf/metropolis-{locale}.epub"
    assert file.stat().st_size < 2_000_000
    run = subprocess.run(
        ["java", *QUICK, "-jar", "/usr/bin/epubcheck", str(file)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "Messages: 0 fatals / 0 errors / 0 warnings" in run.stdout, run.stdout + run.stderr
    with pikepdf.open(file.with_suffix(".pdf")) as pdf:
        pages = [str(number) for number in range(1, len(pdf.pages) + 1)]
    listed = etree.fromstring(zipfile.ZipFile(file).read("book/nav.xhtml")).findall(
        f".//{{{XHTML}}}nav[@id='page-list']//{{{XHTML}}}a"
    )
    assert [one.text for one in listed] == pages


def test_it_has_the_words_of_the_book_section_by_section(
    built_site: Path, orders: dict[str, Order]
) -> None:
    for order in orders.values():
        file = zipfile.ZipFile(built_site / f"pdf/{order.name}.epub")
        for section in html.document_fromstring(order.html).find("body").iterchildren("section"):
            for paper in section.xpath(".//*[@class='live']"):
                paper.drop_tree()
            tree = etree.fromstring(file.read(f"book/{section.get('id') or 'cover'}.xhtml"))
            written = " ".join(tree.find(f"{{{XHTML}}}body").itertext())
            assert words(written) == words(" ".join(section.itertext())), section.get("id")


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)
