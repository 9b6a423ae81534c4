"""A parenthesis or a quotation mark that is alone is reported, but not one of a long quotation."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.wording.unpaired_signs import find_unpaired_signs

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "unpaired-signs.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: dict[str, Any], read: Callable[..., Any]) -> None:
    locale = next(one for one in case if one != "finds")
    page, passages = read(locale, case[locale])
    found = find_unpaired_signs(page, passages)
    assert [finding.fragment[0] for finding in found] == case.get("finds", [])
    assert {finding.problem.severity for finding in found} <= {"advice"}


def test_the_problem_says_which_sign_is_missing(read: Callable[..., Any]) -> None:
    page, passages = read("fr", "Une ville (la plus grande.")
    (found,) = find_unpaired_signs(page, passages)
    what = "This “(” has no “)” after it in its paragraph. Write the other, or delete this one."
    assert str(found.problem) == f"content/fr/page.md:8:11: {what}"
