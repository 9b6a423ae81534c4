"""Places that still wait for their words are reported, finished sentences are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.wording.unfinished import find_unfinished

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "unfinished.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: dict[str, Any], read: Callable[..., Any]) -> None:
    locale = next(one for one in case if one != "finds")
    page, passages = read(locale, case[locale])
    found = find_unfinished(page, passages)
    assert [finding.fragment for finding in found] == case.get("finds", [])
    assert {finding.problem.severity for finding in found} <= {"advice"}


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        (
            "Un fait [1].",
            "content/fr/page.md:8:9: “[1]” looks like the number of a note. Write"
            " [^name], and [^name]: with the note below the paragraph; or delete it.",
        ),
        (
            "Voici XX %.",
            "content/fr/page.md:8:7: “XX” looks like a place that still waits for its words. Write"
            " them, or delete it.",
        ),
    ],
)
def test_message(words: str, problem: str, read: Callable[..., Any]) -> None:
    (found,) = find_unfinished(*read("fr", words))
    assert str(found.problem) == problem
