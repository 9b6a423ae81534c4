"""Each page as the browser prints it, or saves it as a PDF: the page's words, and no controls."""

from __future__ import annotations

import io
import re
import subprocess
from pathlib import Path

import pikepdf
import pytest
from playwright.sync_api import Browser

PAGES = {
    "/": 5, "/en/governance/": 4, "/es/challenges/resilience/": 4, "/action-plan/": 4, "/en/action-plan/line-2/": 4,
    "/es/indicators/air-quality/": 2, "/members/": 8, "/en/members/montreal/": 2, "/milestones/": 6, "/glossary/": 9,
}  # fmt: skip
CONTROLS = re.compile(
    r"Rechercher|Search|Buscar|Menu|Menú|Précédent|Previous|Anterior|Suivant|Siguiente|Imprimer|Imprimir|Print"
    r" this"
)


def printed(browser: Browser, address: str, scheme: str = "light") -> bytes:
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(address)
    pdf = page.pdf(format="A4", prefer_css_page_size=False)
    context.close()
    return pdf


def text_of(pdf: bytes, folder: Path) -> list[str]:
    """The words of each sheet."""
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    run = subprocess.run(
        ["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True
    )
    return run.stdout.rstrip("\f").split("\f")


@pytest.mark.parametrize(("path", "most"), PAGES.items())
def test_a_page_prints_whole_and_without_controls(
    browser: Browser, served: str, tmp_path: Path, path: str, most: int
) -> None:
    sheets = text_of(printed(browser, served + path), tmp_path)
    assert 1 <= len(sheets) <= most
    assert not CONTROLS.findall(" ".join(sheets))
    assert f"https://plan.metropolis.org{path}" in "".join(sheets[-1].split())
    # The foot never stands alone on a last sheet.
    assert len(sheets[-1].split()) > 45
    assert "".join(sheets[-1].split()).endswith(f"{len(sheets)}/{len(sheets)}")


def test_dark_screens_print_on_white(browser: Browser, served: str, tmp_path: Path) -> None:
    file = tmp_path / "dark.pdf"
    file.write_bytes(printed(browser, served + "/vision/", "dark"))
    run = subprocess.run(
        ["pdftoppm", "-r", "20", "-l", "1", str(file)], capture_output=True, check=True
    )
    pixels = run.stdout.split(b"255\n", 1)[1]
    assert pixels[:3] == b"\xff\xff\xff"
    assert min(pixels) < 120  # and there is ink
    assert sum(pixels) / len(pixels) > 215


def test_the_table_of_members_repeats_its_head(
    browser: Browser, served: str, tmp_path: Path
) -> None:
    sheets = text_of(printed(browser, served + "/en/members/"), tmp_path)
    with_rows = [sheet for sheet in sheets if sheet.count("Asia") > 5]
    assert len(with_rows) > 2
    assert all("Member government" in sheet for sheet in with_rows)


def test_the_button_opens_the_print_window(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(served + "/en/vision/")
    page.get_by_role("button", name="Print this page or save it as a PDF").click()
    assert page.evaluate("window.printed") is True
    page.close()


def test_letter_sheets_are_letter(browser: Browser, served: str) -> None:
    page = browser.new_page()
    page.goto(served + "/vision/")
    with pikepdf.open(io.BytesIO(page.pdf(format="Letter"))) as pdf:
        assert [round(float(side)) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]
    page.close()
