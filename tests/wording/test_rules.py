"""The project's rules: their strength, their exceptions, and what is wrong in their file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from metropolis.problem import Problem
from metropolis.project import Locale, Project
from metropolis.wording.finding import Finding
from metropolis.wording.rules import FILE, Rules, read_rules


def rules(root: Path, text: str) -> tuple[Rules, list[str]]:
    project = Project(
        root, (Locale("fr", "Français", is_default=True),), "https://plan.example.org/"
    )
    (root / "language").mkdir()
    (root / FILE).write_text(text, "utf-8")
    found, problems = read_rules(project)
    return found, [str(problem) for problem in problems]


FINDING = Finding(
    "metropolitan",
    Problem("content/fr/a.md", 8, 1, "“metropolitan” is not a word.", "", "", "advice", "spelling"),
)


def test_without_a_file_each_rule_has_its_own_strength(tmp_path: Path) -> None:
    project = Project(
        tmp_path, (Locale("fr", "Français", is_default=True),), "https://plan.example.org/"
    )
    found, problems = read_rules(project)
    assert problems == []
    assert found.apply([FINDING])[0].severity == "advice"


def test_a_project_may_refuse_what_is_advice(tmp_path: Path) -> None:
    found, problems = rules(tmp_path, "strength:\n  spelling: error\n")
    assert problems == []
    assert found.apply([FINDING])[0].severity == "error"


def test_what_a_check_calls_advice_stays_advice(tmp_path: Path) -> None:
    """Two words in another language: the rule is an error, so few words are not."""
    found, _ = rules(tmp_path, "strength:\n  typography: advice\n")
    few = replace(FINDING.problem, kind="language", severity="advice")
    signs = replace(FINDING.problem, kind="typography", severity="error")
    assert [one.severity for one in found.apply([Finding("x", few), Finding("x", signs)])] == [
        "advice",
        "advice",
    ]


def test_an_exception_takes_its_fragment_out_on_its_page(tmp_path: Path) -> None:
    text = (
        "exceptions:\n  - rule: spelling\n    text: metropolitan\n    page: content/fr/a.md\n   "
        " reason: A name.\n"
    )
    found, problems = rules(tmp_path, text)
    assert problems == []
    assert found.apply([FINDING]) == []
    elsewhere = replace(FINDING, problem=replace(FINDING.problem, path="content/fr/b.md", what="…"))
    assert [str(problem) for problem in found.apply([elsewhere])] == [
        "content/fr/b.md:8:1: …",
        (
            "language/rules.yml:2:1: The exception for “metropolitan” (spelling) no longer matches anything."
            " Remove it or correct its page, content/fr/a.md."
        ),
    ]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "strenght:\n  spelling: error\n",
            "1:1: “strenght” is not a key of this file. They are: strength, exceptions.",
        ),
        (
            "strength:\n  speling: error\n",
            (
                "2:3: “speling” is not a rule. They are: figure, typed-figure, term, variant,"
                " language, not-compared, typography, inclusive, spelling, style. Did you mean spelling?"
            ),
        ),
        (
            "strength:\n  spelling: never\n",
            "2:13: “never” is not a strength. Write error or advice.",
        ),
        ("strength: error\n", "1:11: A rule and its strength were expected on each line."),
        (
            "exceptions:\n  - rule: spelling\n    text: word\n",
            (
                "2:5: This exception is not complete, or has other keys. "
                'An exception is written - rule: spelling, text: "…", reason: "…", '
                "and page: … if it applies to one page only."
            ),
        ),
        ("- spelling\n", "1:1: “strength:” and “exceptions:” were expected."),
    ],
)
def test_what_is_wrong_in_the_file(tmp_path: Path, text: str, problem: str) -> None:
    assert rules(tmp_path, text)[1] == [f"language/rules.yml:{problem}"]
