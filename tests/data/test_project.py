"""The languages come from mkdocs.yml alone, and what is wrong there is reported like everything
else."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.problem import Problem
from metropolis.project import Locale, read_project
from metropolis.translation.workbench import open_workbench

FRENCH = "{locale: fr, name: Français, default: true}"
ORDER = (
    "The first language, and no other, must be the source language. Give the first one “default:"
    " true”."
)
LIST = "The list of languages (plugins, i18n, languages) is empty or names one twice."
HOW = "Write locale: es, name: Español; for the source language alone, default: true."
NO_CODE = f"This language has no “locale”, or one that is not a language code. {HOW}"
NO_ADDRESS = (
    "“site_url” is missing or is not an address. Write the site's public address: https://…/"
)


def configuration(*languages: str) -> str:
    lines = "".join(f"        - {language}\n" for language in languages)
    head = (
        "site_url: https://example.org/ # public\nplugins:\n  - search\n  - i18n:\n     "
        " languages:\n"
    )
    return head + lines


def test_languages_keep_their_order(tmp_path: Path) -> None:
    text = configuration(
        FRENCH, "{locale: en, name: English} # second", "{locale: pt-BR, name: Português}"
    )
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    project, problems = read_project(tmp_path)
    assert problems == []
    assert project
    assert project.locales == (
        Locale("fr", "Français", True), Locale("en", "English"), Locale("pt-BR", "Português"),
    )  # fmt: skip
    assert project.default_locale.code == "fr"
    assert project.site_url == "https://example.org/"
    assert project.data_dir == tmp_path / "data"
    assert project.content_dir == tmp_path / "content"
    assert project.theme_dir == tmp_path / "theme"


CASES = {
    "a language twice": (configuration(FRENCH, "{locale: fr, name: Français}"), [f"6:9: {LIST}"]),
    "no language": (configuration(), [f"5:17: {LIST}"]),
    "no source language": (configuration("{locale: fr, name: Français}"), [f"6:9: {ORDER}"]),
    "the source language second": (
        configuration("{locale: en, name: English}", FRENCH),
        [f"6:9: {ORDER}"],
    ),
    "a language without its code": (
        configuration(FRENCH, "{name: English}"),
        [f"7:11: {NO_CODE}"],
    ),
    "a language that is only a word": (configuration(FRENCH, "en"), [f"7:11: {NO_CODE}"]),
    "a code with a path in it": (
        configuration(FRENCH, "{locale: ../en, name: English}"),
        [f"7:11: {NO_CODE}"],
    ),
    "a language without a name": (
        configuration(FRENCH, "{locale: en}"),
        [f"7:11: The language “en” has no name. {HOW}"],
    ),
    "yes for true": (
        configuration("{locale: fr, name: Français, default: yes}"),
        [f"6:11: “default” of the language “fr” is neither true nor false. {HOW}"],
    ),
    "no address": (
        configuration(FRENCH).replace("https://", ""),
        [f"1:11: {NO_ADDRESS}"],
    ),
    "nothing of what is needed": (
        "theme: material\n",
        [f"1:1: {LIST}", f"1:1: {NO_ADDRESS}"],
    ),
    "a key twice": (
        configuration(FRENCH) + "plugins: []\n",
        ["7:1: “plugins” occurs twice in the same record, here and on line 2. Keep one."],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_a_wrong_configuration_is_reported(tmp_path: Path, name: str) -> None:
    text, expected = CASES[name]
    (tmp_path / "mkdocs.yml").write_text(text, "utf-8")
    project, problems = read_project(tmp_path)
    assert project is None
    assert sorted(str(problem) for problem in problems) == [
        f"mkdocs.yml:{line}" for line in expected
    ]


def test_a_missing_configuration_is_reported(tmp_path: Path) -> None:
    assert [str(problem) for problem in read_project(tmp_path)[1]] == [
        "mkdocs.yml: The file is missing. Run the command in the project's folder."
    ]


def test_a_problem_reads_as_one_line() -> None:
    """Path, line, column; what is wrong, what was expected, how to fix it."""
    assert str(Problem("a.yml", 20, 45, "What.", "Expected.", "How.")) == (
        "a.yml:20:45: What. Expected. How."
    )
    assert str(Problem("a.yml", 0, 0, "What.", how="How.")) == "a.yml: What. How."


def test_problems_sort_by_place() -> None:
    places = [("b", 1), ("a", 10), ("a", 2), ("a", 0)]
    problems = sorted(Problem(path, line, 1, "x") for path, line in places)
    assert [(one.path, one.line) for one in problems] == [("a", 0), ("a", 2), ("a", 10), ("b", 1)]


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("data/members.yaml", "Did you mean “data/members.yml”?"),
        ("data/notes.json", "Rename it to one of the files that are read, or delete it."),
        (
            "data/observations/values.xlsx",
            "Move it out of data/, then: metropolis data import observations values.xlsx",
        ),
        ("data/observations/.gitkeep", ""),
        ("data/observations/README.md", ""),
        ("data/observations/.~lock.values.csv#", ""),
    ],
)
def test_a_file_that_nobody_reads_is_reported_though_the_others_are_remembered(
    project_copy: Path, path: str, problem: str
) -> None:
    assert open_workbench(project_copy)[0]
    (project_copy / path).parent.mkdir(exist_ok=True)
    (project_copy / path).write_text("[]", "utf-8")
    words = f"{path}: The file is not read. {problem}"
    assert [str(one) for one in open_workbench(project_copy)[1]] == ([words] if problem else [])


def test_a_file_with_another_ending_is_not_missing_too(project_copy: Path) -> None:
    (project_copy / "data/people.yml").rename(project_copy / "data/people.yaml")
    assert [str(one) for one in open_workbench(project_copy)[1]] == [
        "data/people.yaml: The file is not read. Did you mean “data/people.yml”?"
    ]
