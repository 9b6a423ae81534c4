"""Figures in three languages and every direction: same ones are silent, different ones found."""

from __future__ import annotations

from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.wording.figure_check import find_figure_differences
from metropolis.wording.foreign_formats import find_foreign_formats

KINDS = yaml.safe_load((Path(__file__).parent / "cases" / "figure-pairs.yml").read_text("utf-8"))
CASES = [
    pytest.param(words, what == "found", id=f"{kind['kind']}: {what}: {next(iter(words.values()))}")
    for kind in KINDS
    for what in ("silent", "found")
    for words in kind[what]
    if what in kind
]


@pytest.mark.parametrize(("words", "is_different"), CASES)
def test_every_direction(
    words: dict[str, str], is_different: bool, read: Callable[..., Any]
) -> None:
    pages = {locale: read(locale, text) for locale, text in words.items()}
    reports = {}
    for source, locale in permutations(words, 2):
        (original, theirs), (page, mine) = pages[source], pages[locale]
        found = [
            *find_figure_differences(page, original, mine, theirs),
            *find_foreign_formats(page, mine),
        ]
        reports[f"{source}→{locale}"] = [str(finding.problem) for finding in found]
    assert {way: bool(found) for way, found in reports.items()} == dict.fromkeys(
        reports, is_different
    ), reports
