"""veraPDF finds nothing in what we make, and does find what is wrong elsewhere: a judge who sees
nothing is none."""

from __future__ import annotations

import importlib.util
import io
import sys
from pathlib import Path
from types import ModuleType

import pikepdf
import pytest
import weasyprint


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


def test_the_sample_is_valid_and_others_are_not(
    verapdf: ModuleType, sample: bytes, sample_html: str, tmp_path: Path
) -> None:
    good, broken, raw = (tmp_path / f"{name}.pdf" for name in ("good", "broken", "raw"))
    good.write_bytes(sample)
    raw.write_bytes(weasyprint.HTML(string=sample_html).write_pdf(pdf_variant="pdf/ua-1"))
    with pikepdf.open(io.BytesIO(sample)) as pdf:
        del pdf.Root["/Lang"]
        pdf.save(broken)
    found = {
        (Path(one.file).name, one.flavour, one.clause)
        for one in verapdf.validate([good, broken, raw])
    }
    assert not [one for one in found if one[0] == "good.pdf"]
    assert ("broken.pdf", "ua1", "7.2") in found
    assert ("raw.pdf", "2a", "6.6.4") in found


def test_a_file_that_is_no_pdf_is_not_valid(verapdf: ModuleType, tmp_path: Path) -> None:
    file = tmp_path / "no.pdf"
    file.write_text("This is not a PDF.")
    with pytest.raises(RuntimeError):
        verapdf.validate([file], ("ua1",))
