"""Words typed twice are reported, words that a language says twice are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.wording.doubled_words import find_doubled_words

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "doubled-words.yml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: dict[str, Any], read: Callable[..., Any]) -> None:
    locale = next(one for one in case if one != "finds")
    page, passages = read(locale, case[locale])
    found = find_doubled_words(page, passages)
    assert [finding.fragment for finding in found] == case.get("finds", [])


def test_the_words(read: Callable[..., Any]) -> None:
    page, passages = read("en", "The budget is is increasing.")
    assert [str(one.problem) for one in find_doubled_words(page, passages)] == [
        "content/en/page.md:8:12: “is” stands here twice. Delete one of the two."
    ]
