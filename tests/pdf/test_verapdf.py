"""veraPDF finds nothing in what we make, and does find what is wrong elsewhere: a judge who sees
nothing is none."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest
import weasyprint

from metropolis.pdf.press import Press
from metropolis.pdf.printing import Printed, book_inputs, print_book


@pytest.fixture(scope="module")
def verapdf(root: Path) -> ModuleType:
    """tools/verapdf/verapdf.py; tools are no package."""
    spec = importlib.util.spec_from_file_location(
        "verapdf", root / "tools" / "verapdf" / "verapdf.py"
    )
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["verapdf"] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def letter_pack(press: Press, root: Path) -> Printed:
    """A pack on sheets of another size."""
    pack = press.records.editions["vision-and-action"]
    spanish = [locale for locale in press.project.locales if locale.code == "es"]
    [order] = press.orders(pack, spanish, "letter")
    return print_book(book_inputs(order, root / "theme", root / "content"))


@pytest.mark.long
def test_books_packs_and_the_sample_are_valid_and_others_are_not(
    verapdf: ModuleType,
    built_site: Path,
    letter_pack: Printed,
    sample: bytes,
    sample_html: str,
    tmp_path: Path,
) -> None:
    """All in one run, because starting Java takes long."""
    good, pack, broken, raw = (tmp_path / f"{name}.pdf" for name in ("good", "pack", "no", "raw"))
    good.write_bytes(sample)
    pack.write_bytes(letter_pack.pdf)
    raw.write_bytes(weasyprint.HTML(string=sample_html).write_pdf(pdf_variant="pdf/ua-1"))
    with pikepdf.open(good) as pdf:
        del pdf.Root["/Lang"]
        pdf.save(broken)
    with pikepdf.open(pack) as pdf:
        assert [float(side) for side in pdf.pages[0].mediabox] == [0, 0, 612, 792]
    books = [built_site / f"pdf/metropolis-{locale}.pdf" for locale in ("fr", "en", "es")]
    found = verapdf.validate([*books, pack, good, broken, raw])
    assert [one for one in found if Path(one.file).name not in {"no.pdf", "raw.pdf"}] == []
    rules = {(Path(one.file).name, one.flavour, one.clause) for one in found}
    assert ("no.pdf", "ua1", "7.2") in rules
    assert ("raw.pdf", "2a", "6.6.4") in rules
    for file in [*books, pack]:
        run = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr


def test_a_file_that_is_no_pdf_is_not_valid(verapdf: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "no.pdf"
    file.write_text("This is not a PDF.")
    with pytest.raises(RuntimeError):
        verapdf.validate([file], ("ua1",))
