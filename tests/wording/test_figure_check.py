"""Figures: the same in each language, and written by a macro where the data have them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.data.records import Records
from metropolis.wording.figure_check import find_figure_differences
from metropolis.wording.foreign_formats import find_foreign_formats
from metropolis.wording.typed_figures import TypedFigures, find_typed_figures

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "figures.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any], read: Callable[..., Any], records: Records) -> None:
    page, passages = read(case["locale"], case["words"])
    found = find_foreign_formats(page, passages)
    if "source" in case:
        source, source_passages = read(case.get("source_locale", "fr"), case["source"])
        found += find_figure_differences(page, source, passages, source_passages)
    else:
        found += find_typed_figures(page, passages, TypedFigures(records, ["fr", "en", "es"]))
    problems = [finding.problem for finding in found]
    said = [f"{one} (advice)" if one.severity == "advice" else str(one) for one in problems]
    assert said == case["problems"]
