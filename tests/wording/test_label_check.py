"""The texts of data/ are read as those of pages: by the rules of their language, beside the source."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.strict_yaml.source import read_yaml
from metropolis.translation.workbench import open_workbench
from metropolis.wording.finding import Finding
from metropolis.wording.label_check import find_label_slips, judge_label_file
from metropolis.wording.rules import read_rules
from metropolis.wording.wording_check import WordingCheck

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "labels.yml").read_text("utf-8"))


@pytest.fixture(scope="module")
def check(root: Path) -> WordingCheck:
    workbench, problems = open_workbench(root)
    assert workbench, problems
    return workbench.wording


def judge(check: WordingCheck, kind: str, text: str) -> list[Finding]:
    file, problems = read_yaml(text, f"data/{kind}.yml")
    assert file, problems
    return list(judge_label_file(check, file, text, "fr"))


def written(kind: str, field: str, label: dict[str, str]) -> str:
    """A file with one label, each language on a line of its own."""
    texts = "".join(
        f"    {code}: {json.dumps(text, ensure_ascii=False)}\n" for code, text in label.items()
    )
    return f"{field}:\n{texts}" if kind == "strings" else f"- {field}:\n{texts}"


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: dict[str, Any], check: WordingCheck) -> None:
    kind, field = next(iter(case)).split(".")
    label = case[f"{kind}.{field}"]
    found = judge(check, kind, written(kind, field, label))
    lines = ["", *label]
    assert [
        f"{lines[one.problem.line - 1]} {one.rule} {one.fragment}" for one in found
    ] == case.get("finds", [])


def test_the_place_is_that_of_the_words_in_the_file(check: WordingCheck) -> None:
    text = '- {id: one, summary: {fr: "En 2019 enfin.", en: "At last in 2018.", es: \'En 2019 al fin.\'}}\n'
    (found,) = judge(check, "themes", text)
    place = text.index("2018") + 1
    what = "“2018” is “2019” in the French text, line 1. Write “2019”, or fix the source."
    assert str(found.problem) == f"data/themes.yml:1:{place}: {what}"


def test_a_text_of_several_lines_begins_at_its_first(check: WordingCheck) -> None:
    text = "- summary:\n    fr: >-\n      En 2019\n      enfin.\n    en: At last in 2018.\n    es: |-\n      Al fin, en 2018.\n"
    found = judge(check, "themes", text)
    assert [(one.problem.line, one.fragment) for one in found] == [(5, "2018"), (6, "2018")]


def test_a_title_may_be_in_the_language_that_its_record_names(check: WordingCheck) -> None:
    title = "Charter on Financing Cities: the Challenge"
    label = {"fr": title, "en": title, "es": "Carta sobre la financiación"}
    text = written("references", "title", label)
    assert {one.problem.line for one in judge(check, "references", text)} == {2}
    assert judge(check, "references", f"{text}  title_language: en\n") == []


def test_what_has_to_be_translated_has_no_other_problem(check: WordingCheck) -> None:
    text = written(
        "themes",
        "summary",
        {
            "fr": "Premier défi du plan\u202f: l’extension rapide des espaces en 2019.",
            "en": "First challenge of the plan: the rapid expansion of spaces in 2019.",
            "es": "Premier défi du plan\u202f: l’extension rapide des espaces en 2018.",
        },
    )
    assert [one.rule for one in judge(check, "themes", text)] == ["language"]


def test_a_figure_of_another_record_is_no_counterpart(check: WordingCheck) -> None:
    label = '- summary: {{fr: "En {0}.", en: "In {1}.", es: "En {0}."}}\n'
    found = judge(check, "themes", label.format(2012, 2014) + label.format(2014, 2012))
    assert [(one.problem.line, one.fragment) for one in found] == [(1, "2014"), (2, "2012")]


def test_many_figures_of_a_label_may_differ(check: WordingCheck) -> None:
    numbers = [str(number) for number in range(30, 60)]
    label = {
        "fr": ", ".join(numbers),
        "en": ", ".join(f"{one}7" for one in numbers),
        "es": ", ".join(numbers),
    }
    found = judge(check, "themes", written("themes", "summary", label))
    assert {one.problem.line for one in found} == {3}


def test_our_own_texts_are_clean(root: Path) -> None:
    workbench, problems = open_workbench(root)
    assert workbench, problems
    rules, _ = read_rules(workbench.project)
    assert rules
    found = rules.apply(find_label_slips(workbench.project, workbench.wording))
    assert [one for one in found if one.path.startswith("data/")] == []


def test_an_unchanged_project_is_not_checked_again(root: Path) -> None:
    workbench, problems = open_workbench(root)
    assert workbench, problems
    once = find_label_slips(workbench.project, workbench.wording)
    assert find_label_slips(workbench.project, workbench.wording) is once
