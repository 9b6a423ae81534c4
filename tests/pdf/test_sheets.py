"""The sheets of the real books: full enough, nothing off the paper, and QR codes that lead back."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
import zxingcpp
from lxml import etree
from PIL import Image

from .conftest import LOCALES

MOST_PAGES = 72
MARGIN_TOP, MARGIN_BOTTOM = (side * 72 / 25.4 for side in (26, 23))  # points, of book.css
TITLE_HEIGHT, FAR = 16, 120  # points: of a chapter's title, and from its sign
XHTML = "{http://www.w3.org/1999/xhtml}"


def word_boxes(pdf: Path) -> list[tuple[etree._Element, list[etree._Element]]]:
    """(page, words) as poppler sees them, in points from the upper left corner."""
    run = subprocess.run(["pdftotext", "-bbox", str(pdf), "-"], capture_output=True, check=True)
    tree = etree.fromstring(run.stdout, etree.XMLParser(recover=True))
    return [(page, list(page.iter(f"{XHTML}word"))) for page in tree.iter(f"{XHTML}page")]


@pytest.mark.parametrize("locale", LOCALES)
def test_sheets_are_few_full_enough_and_hold_every_word(built_site: Path, locale: str) -> None:
    pages = word_boxes(built_site / f"pdf/metropolis-{locale}.pdf")
    assert len(pages) < MOST_PAGES
    too_empty, outside = [], []
    for number, (page, words) in enumerate(pages, 1):
        width, bottom = float(page.get("width")), float(page.get("height")) - MARGIN_BOTTOM
        used = [float(word.get("yMax")) for word in words]
        last = max((at for at in used if at <= bottom + 6), default=0)
        if number > 1 and last - MARGIN_TOP < (bottom - MARGIN_TOP) * 0.32:
            too_empty.append(number)
        outside += [
            (number, word.text)
            for word in words
            if float(word.get("xMin")) < 0 or float(word.get("xMax")) > width
        ]
    assert too_empty == []
    assert outside == []


@pytest.mark.parametrize("locale", LOCALES)
def test_the_sign_of_a_chapter_stands_above_its_title(built_site: Path, locale: str) -> None:
    signs, alone = 0, []
    pages = word_boxes(built_site / f"pdf/metropolis-{locale}.pdf")
    for number, (_, words) in enumerate(pages[2:], 3):  # the imprint names sections
        places = [(float(word.get("yMin")), float(word.get("yMax")), word.text) for word in words]
        titles = [top for top, bottom, _ in places if bottom - top > TITLE_HEIGHT]
        found = [top for top, _, text in places if text == "§"]
        signs += len(found)
        alone += [number for top in found if not any(0 < one - top < FAR for one in titles)]
    assert signs > 15
    assert alone == []


@pytest.mark.parametrize("locale", LOCALES)
def test_no_text_is_smaller_than_8_points(built_site: Path, locale: str) -> None:
    small = []
    with pikepdf.open(built_site / f"pdf/metropolis-{locale}.pdf") as pdf:
        for number, page in enumerate(pdf.pages, 1):
            content = page.Contents.read_bytes()
            sizes = {float(size) * 0.75 for size in re.findall(rb"([\d.]+) Tf", content)}
            small += [(number, size) for size in sizes if size < 7.99]
    assert small == []


def test_the_labels_of_the_transit_map_have_8_points(root: Path) -> None:
    """It is as wide as the text of a sheet, 164 mm, which are its 960 units."""
    style = (root / "theme/book/figures.css").read_text("utf-8")
    [size] = re.findall(r"\.station text.*?font-size: ([\d.]+)px", style)
    assert float(size) * 164 / 25.4 * 72 / 960 >= 8


def test_the_codes_of_a_printed_sheet_lead_to_the_live_pages(
    built_site: Path, tmp_path: Path
) -> None:
    book = built_site / "pdf/metropolis-es.pdf"
    command = ["pdftoppm", "-r", "150", "-gray", "-l", "16", str(book), str(tmp_path / "sheet")]
    subprocess.run(command, check=True)
    found = [
        code.text
        for sheet in sorted(tmp_path.iterdir())
        for code in zxingcpp.read_barcodes(Image.open(sheet))
    ]
    site = "https://plan.metropolis.org/es/"
    assert found[:5] == [
        site,
        site,
        *(f"{site}{name}/" for name in ("metropolitan-era", "governance", "initiatives")),
    ]
