"""Problems in words: for people, and for the lines of a pull request."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from metropolis.cli import main
from metropolis.problem import KINDS, Problem
from metropolis.report import github_annotations, json_report, listing, sarif
from metropolis.wording.finding import RULES

FOUND = [
    Problem("content/es/b.md", 8, 3, "This is wrong.", "That is right.", "Write it.", "advice"),
    Problem("content/es/a,b.md", 0, 0, "100% of it:\nall is wrong."),
    Problem("content/es/b.md", 2, 1, "This is wrong too."),
]


def test_grouped_by_file_in_order_with_counts() -> None:
    assert listing(FOUND) == (
        "content/es/a,b.md: 100% of it: all is wrong.\n\n"
        "content/es/b.md:2:1: This is wrong too.\n"
        "content/es/b.md:8:3: This is wrong. That is right. Write it. (advice)\n\n"
        "2 errors and 1 piece of advice in 2 files."
    )


def test_annotations_escape_what_would_end_them() -> None:
    assert github_annotations(FOUND) == (
        "::error file=content/es/a%2Cb.md::100%25 of it: all is wrong.\n"
        "::error file=content/es/b.md,line=2,col=1::This is wrong too.\n"
        "::notice file=content/es/b.md,line=8,col=3::This is wrong. That is right. Write it."
    )


def test_the_check_prints_annotations_and_nothing_else(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project_copy / "content/es/mission.md"
    page.write_text(page.read_text("utf-8").replace("## ", "##", 1), "utf-8")
    assert main(["--project", str(project_copy), "check", "--format", "github"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(
        line.startswith(("::error file=content/", "::notice file=content/")) for line in lines
    )


def test_clean_content_has_neither_error_nor_advice(
    root: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--project", str(root), "check"]) == 0
    assert capsys.readouterr().out == "Checked 522 pages in 3 languages: no error.\n"


MANY = [
    *(
        Problem(f"content/fr/{n:03}.md", n, 2, f"Wrong {n}.", kind="typography")
        for n in range(1, 151)
    ),
    *(Problem("content/fr/a.md", n, 1, "Odd.", "", "", "advice", "spelling") for n in (1, 2)),
    Problem("content/fr/b.md", 1, 1, "Lost.", kind="links"),
]


def test_many_problems_are_shown_by_kind_with_the_first_few() -> None:
    assert listing(MANY) == (
        "links: 1 error in 1 file.\n"
        "content/fr/b.md:1:1: Lost.\n\n"
        "spelling: 2 pieces of advice in 1 file.\n"
        "content/fr/a.md:1:1: Odd. (advice)\n"
        "content/fr/a.md:2:1: Odd. (advice)\n\n"
        "typography: 150 errors in 150 files.\n"
        "content/fr/001.md:1:2: Wrong 1.\n"
        "content/fr/002.md:2:2: Wrong 2.\n"
        "content/fr/003.md:3:2: Wrong 3.\n"
        "content/fr/004.md:4:2: Wrong 4.\n"
        "content/fr/005.md:5:2: Wrong 5.\n"
        "… and 145 more: metropolis check --kind typography\n\n"
        "151 errors and 2 pieces of advice in 152 files. All of them: metropolis check --all"
    )
    assert len(listing(MANY, is_whole=True).splitlines()) == 153 + 152 + 1
    lines = github_annotations(MANY).splitlines()
    assert len(lines) == 1 + 2 + 5 + 1
    assert lines[-1] == "::notice::… and 145 more of the kind typography"


def test_only_what_is_shown_is_explained() -> None:
    asked: list[Problem] = []

    def explain(problem: Problem) -> Problem:
        asked.append(problem)
        return problem

    listing(MANY, explain=explain)
    assert len(asked) == 1 + 2 + 5


def test_json_has_every_field() -> None:
    assert json.loads(json_report(FOUND[:1])) == [
        {
            "path": "content/es/b.md",
            "line": 8,
            "column": 3,
            "what": "This is wrong.",
            "expected": "That is right.",
            "how": "Write it.",
            "severity": "advice",
            "kind": "",
        }
    ]


def test_sarif_names_kind_place_and_level() -> None:
    report = json.loads(sarif([MANY[0], FOUND[1]]))
    assert report["version"] == "2.1.0"
    (run,) = report["runs"]
    assert run["tool"]["driver"]["rules"] == [{"id": "typography"}]
    assert [result["level"] for result in run["results"]] == ["error", "error"]
    assert run["results"][0]["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": "content/es/a%2Cb.md"}}}
    ]
    assert run["results"][1] == {
        "ruleId": "typography",
        "level": "error",
        "message": {"text": "Wrong 1."},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": {"uri": "content/fr/001.md"},
                    "region": {"startLine": 1, "startColumn": 2},
                }
            }
        ],
    }


def test_every_problem_of_the_check_has_a_kind(
    project_copy: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = project_copy / "content/es/mission.md"
    text = page.read_text("utf-8").replace("## ", "##", 1)
    page.write_text(f"{text}\n\nUna palabbra: [x](nada.md) {{{{ line(9) }}}} l'eau.\n", "utf-8")
    (project_copy / "content/es/Bad Name.md").write_text("x", "utf-8")
    main(["--project", str(project_copy), "check", "--json"])
    kinds = {problem["kind"] for problem in json.loads(capsys.readouterr().out)}
    assert {"files", "markup", "calls", "links", "spelling", "typography"} <= kinds <= set(KINDS)
    assert main(["--project", str(project_copy), "check", "--kind", "links"]) == 1
    shown = capsys.readouterr().out.splitlines()
    assert "nada" in shown[0]
    assert shown[-1] == "1 error in 1 file."
    assert main(["--project", str(project_copy), "check", "--kind", "data"]) == 0
    assert capsys.readouterr().out == "No problem of the kind data; there are errors of others.\n"


def test_every_rule_of_wording_is_a_kind() -> None:
    assert set(RULES) <= set(KINDS)
