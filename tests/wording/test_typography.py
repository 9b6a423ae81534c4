"""Typography: each slip with the mended words, by each language's rules; the site's own pages have
none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.wording.typography import find_typography

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "typography.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any], read: Callable[..., Any]) -> None:
    page, passages = read(case["locale"], case["words"])
    assert [str(finding.problem) for finding in find_typography(page, passages)] == case["problems"]


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ("Voici des  gens.", "des  gens."),
        ('Le mot {{ figure("members") }} % compte.', '{{ figure("members") }} %'),
        ("Le **mot**: ici.", "mot**:"),
    ],
)
def test_an_exception_names_the_words_that_a_slip_touches(
    words: str, fragment: str, read: Callable[..., Any]
) -> None:
    page, passages = read("fr", words)
    (finding,) = find_typography(page, passages)
    assert finding.fragment == fragment
    assert fragment in page.text.text
