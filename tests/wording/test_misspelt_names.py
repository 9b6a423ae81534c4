"""Names that a translation writes with a letter other than its source."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.translation.workbench import open_workbench
from metropolis.wording.misspelt_names import find_misspelt_names
from metropolis.wording.name_slips import NameSlip
from metropolis.wording.spelling import Speller

CASES = yaml.safe_load((Path(__file__).parent / "cases/misspelt-names.yml").read_text("utf-8"))
OWN = {
    "": {"Guohui", "Guangzhou", "GeoNames", "veraPDF", "LSE", "Octavi", "Avinyó", "Kyjiw"},
    "en": {"Kyiiv"},
}
SPELLER = Speller(OWN, ("fr", "en", "es"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case)[:80])
def test_case(case: dict[str, Any], read: Callable[..., Any]) -> None:
    (locale, words), *_ = ((key, text) for key, text in case.items() if key in ("en", "es"))
    source, originals = read("fr", case["fr"])
    page, passages = read(locale, words)
    found = find_misspelt_names(page, source, passages, originals, SPELLER)
    told = [one.problem.what.split("”")[:2] for one in found]
    assert [f"{own[1:]} < {other[5:]}" for own, other in told] == case.get("finds", [])


def test_what_is_said(read: Callable[..., Any]) -> None:
    source, originals = read("fr", "Le maire est Wen Guohui.")
    page, passages = read("en", "The city grows.\nIts mayor is Wen Gouhui.")
    found = find_misspelt_names(page, source, passages, originals, SPELLER)
    assert [str(one.problem) for one in found] == [
        "content/en/page.md:9:18: “Gouhui” is “Guohui” in content/fr/page.md, line 8. "
        "Write “Guohui”, or fix the source."
    ]
    assert [(one.rule, one.problem.severity) for one in found] == [("spelling", "advice")]


@pytest.mark.parametrize(
    ("own", "other", "is_near"),
    [
        ("Gouhui", "Guohui", True),
        ("oGuhui", "Gouhui", True),
        ("Guohuii", "Guohui", True),
        ("Gouhu", "Guohui", False),
        ("Aguohui", "Guohui", False),
        ("Huohui", "Guohui", False),
        ("Séoul", "Seoul", True),
    ],
)
def test_names_that_are_near(own: str, other: str, is_near: bool) -> None:
    assert NameSlip(own, other).is_near is is_near


def test_a_word_with_a_slip_is_reported_once(project_copy: Path) -> None:
    """As a name, with the right form: not as a word that the dictionary lacks, too."""
    for locale, words in (("fr", "Guangzhou grandit."), ("es", "Guangzou crece.")):
        with (project_copy / f"content/{locale}/about.md").open("a", encoding="utf-8") as file:
            file.write(f"\n{words}\n")
    workbench, problems = open_workbench(project_copy)
    assert workbench, problems
    told = [str(one) for one in workbench.wording_problems() if "Guangzou" in str(one)]
    assert len(told) == 1
    assert "“Guangzou” is “Guangzhou” in content/fr/about.md, line " in told[0]


def test_a_label_with_a_slip_is_reported(project_copy: Path) -> None:
    file = project_copy / "data/people.yml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("alcalde de Guangzhou", "alcalde de Guangzou", 1), "utf-8")
    line = next(i for i, one in enumerate(text.split("\n"), 1) if "alcalde de Guangzhou" in one)
    workbench, problems = open_workbench(project_copy)
    assert workbench, problems
    told = [str(one) for one in workbench.wording_problems() if "Guangzou" in str(one)]
    assert told == [
        f"data/people.yml:{line}:9: “Guangzou” is “Guangzhou” in French. "
        "Write “Guangzhou”, or change the French."
    ]
