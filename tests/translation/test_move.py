"""A move takes all that belongs to it along; nobody has to accept a translation again."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml

from metropolis.cli import main
from metropolis.content.page import Page
from metropolis.project import read_project
from metropolis.translation.acceptance import Acceptance, Author, append_to_log
from metropolis.translation.fingerprint import fingerprints
from metropolis.translation.move import MoveTarget, move
from metropolis.translation.page_references import renamed_references
from metropolis.translation.workbench import open_workbench

CASES = yaml.safe_load((Path(__file__).parent / "cases/moves.yml").read_text("utf-8"))
ANA = Author("Ana", "2026-11-26")


def place(written: str) -> MoveTarget:
    page, _, anchor = written.partition("#")
    return MoveTarget(page, anchor)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(small: SimpleNamespace, case: dict[str, Any]) -> None:
    pages: list[Page] = []
    for path, body in case["pages"].items():
        locale, _, name = path.removesuffix(".md").partition("/")
        pages.append(small.page(body, locale, name))
    found, problems = move(pages, place(case["old"]), place(case["new"]), {}, ANA)
    assert [str(problem) for problem in problems] == case.get("problems", [])
    written: dict[str, str | None] = {
        path.removeprefix("content/"): text.partition("---\n\n")[2]
        for path, text in found.pages.items()
    }
    written.update({path.removeprefix("content/"): None for path in found.removed})
    assert written == case.get("written", {})
    assert found.links == case.get("links", 0)


Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def copy(project_copy: Path) -> Path:
    """The project in a folder of its own, all its translations accepted."""
    assert main(["--project", str(project_copy), "translation", "renew"]) == 0
    return project_copy


MOVES = [
    ("forewords", "action-plan/words"),
    ("challenges/resilience", "resilience"),
    ("vision#guiding-themes", "vision#five-themes"),
    ("vision#peace", "challenges/resilience#lasting-peace"),
    ("action-plan/index", "action-plan/plan"),
]


@pytest.mark.parametrize(("old", "new"), MOVES)
def test_on_the_projects_own_pages_all_stays_current(run: Run, old: str, new: str) -> None:
    _, before, _ = run("status")
    assert "stale" not in before
    code, out, _ = run("move", old, new, "--yes")
    assert code == 0
    assert out.startswith(f"{old} moves to {new}:\n")
    assert run("status")[1] == before


def test_back_again_gives_every_page_as_it_was(run: Run, copy: Path) -> None:
    def texts() -> dict[Path, str]:
        files = [*copy.glob("content/**/*.md"), *copy.glob("data/*.yml")]
        return {file: file.read_text("utf-8") for file in [*files, copy / "mkdocs.yml"]}

    before = texts()
    assert run("move", "forewords", "challenges/words", "--yes")[0] == 0
    assert texts() != before
    assert run("move", "challenges/words", "forewords", "--yes")[0] == 0
    assert texts() == before


def accept_as_it_is(root: Path, name: str) -> None:
    """Whatever was edited since a page was accepted, its translations are accepted as they are."""
    workbench, _ = open_workbench(root)
    assert workbench
    for page in workbench.pages.values():
        if page.name == name and page.front_matter and page.front_matter.fingerprints:
            now = fingerprints(page)
            lines = [
                Acceptance(ANA.date, "section", name, anchor, source, now[anchor].text, ANA.name)
                for anchor, source in page.front_matter.fingerprints.items()
            ]
            append_to_log(workbench.project, page.locale, lines)


def test_a_page_that_was_renamed_by_hand_stays_current_too(run: Run, copy: Path) -> None:
    """With links to it edited in all pages: the pair of texts was accepted, wherever it is."""
    accept_as_it_is(copy, "rethink")
    _, before, _ = run("status")
    for locale in ("fr", "en", "es"):
        folder = copy / "content" / locale
        (folder / "rethink.md").rename(folder / "call.md")
        for file in folder.glob("**/*.md"):
            text = file.read_text("utf-8").replace("rethink.md", "call.md")
            text = text.replace("{ #rethink }", "{ #call }").replace("  rethink:", "  call:")
            file.write_text(text, "utf-8")
    assert run("status")[1] == before


def test_nothing_moves_without_a_yes(run: Run, copy: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in ("n", ""):
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)
        code, _, err = run("move", "vision", "goals")
        assert (code, err) == (1, "Nothing was moved.\n")
        assert (copy / "content/fr/vision.md").exists()
    monkeypatch.setattr("builtins.input", lambda _: "y")
    assert run("move", "vision", "goals")[0] == 0
    assert not (copy / "content/fr/vision.md").exists()


def test_a_page_moves_into_a_folder(run: Run, copy: Path) -> None:
    assert run("move", "vision", "challenges/", "--yes")[0] == 0
    assert (copy / "content/es/challenges/vision.md").exists()


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("nowhere", "goals", "There is no page content/fr/nowhere.md.\n"),
        (
            "challenges",
            "goals",
            "There is no page content/fr/challenges.md. Did you mean “challenges/index”?\n",
        ),
        ("vision", "vision#a", "Name a page and a page, or a section and its new place.\n"),
    ],
)
def test_wrong_use(run: Run, old: str, new: str, words: str) -> None:
    assert run("move", old, new, "--yes") == (2, "", words)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("index", "welcome", "fr/index.md: The home page keeps its name: the site begins there."),
        ("vision", "api", "fr/api.md: The address “api/” is kept for the site itself."),
        ("vision", "con", "fr/con.md: Windows reserves the name “con.md”."),
        ("vision", "es/goals", "fr/es/goals.md: The addresses that begin with “es” are those of a"),
        ("vision", "members/seoul", "fr/members/seoul.md: A page of this name is already made"),
        ("vision", "mission/index", "fr/mission.md: This page and mission/index.md would have one"),
        ("vision", "My Goals", "fr/My Goals.md: “My Goals.md” is not a name that works in every"),
        ("vision", "../goals", "fr/..: “..” is not a name that works in every"),
    ],
)
def test_a_name_that_the_checks_would_refuse_is_refused(
    run: Run, copy: Path, old: str, new: str, words: str
) -> None:
    code, out, err = run("move", old, new, "--yes")
    assert (code, err) == (1, "Nothing was moved.\n")
    assert out.startswith(f"content/{words}")
    assert out.endswith("\n\n1 error in 1 file.\n")
    assert (copy / f"content/fr/{old}.md").exists()


def test_a_page_may_become_the_first_of_a_folder_of_its_name(run: Run) -> None:
    assert run("move", "mission", "mission/index", "--yes")[0] == 0


def test_a_path_names_its_page(run: Run) -> None:
    code, out, _ = run("move", "content/es/vision.md", "goals", "--yes")
    assert (code, out.splitlines()[0]) == (0, "vision moves to goals:")


EDITIONS = """\
- id: vision
  title: {fr: "vision", en: "vision", es: "visión"}
  pages: [vision, vision-two, parts/vision, vision/]
  left_out:
    - vision
"""


SYNONYMS = """\
# vision:
vision: ["vision", "valores"]
vision-two: ["vision"]
"vision#peace": [paz]
members/vision: ["vision"]
"""


FIGURES = """\
- id: a
  page: vision/#peace
- id: b
  page: vision/
- id: c
  page: "previsions/vision/#peace"
"""


def test_what_else_names_a_page(copy: Path) -> None:
    (copy / "data/editions.yml").write_text(EDITIONS, "utf-8")
    rules = copy / "language/rules.yml"
    rules.write_text(
        "exceptions:\n  - page: content/es/vision.md\n  - page: content/es/vision.md.md\n", "utf-8"
    )
    (copy / "language/search.es.yml").write_text(SYNONYMS, "utf-8")
    project, _ = read_project(copy)
    assert project
    figures = copy / "data/key-figures.yml"
    figures.write_text(FIGURES, "utf-8")
    found = renamed_references(project, "vision", "goals")
    assert found["data/key-figures.yml"] == FIGURES.replace(" vision/", " goals/")
    assert found["language/search.es.yml"] == SYNONYMS.replace("\nvision:", "\ngoals:").replace(
        '"vision#', '"goals#'
    )
    assert found["data/editions.yml"] == EDITIONS.replace(
        "[vision, vision-two", "[goals, vision-two"
    ).replace("    - vision\n", "    - goals\n")
    assert "      - goals.md\n" in found["mkdocs.yml"]
    assert "content/es/goals.md\n" in found["language/rules.yml"]


def test_what_else_names_a_section(copy: Path) -> None:
    (copy / "data/key-figures.yml").write_text(FIGURES, "utf-8")
    editions = "- id: a\n  pages: [vision#peace, vision]\n"
    (copy / "data/editions.yml").write_text(editions, "utf-8")
    project, _ = read_project(copy)
    assert project
    found = renamed_references(project, "vision#peace", "members/index#calm")
    assert found["data/key-figures.yml"] == FIGURES.replace("vision/#peace\n", "members/#calm\n")
    assert found["data/editions.yml"] == editions.replace("vision#peace", "members/index#calm")
    found = renamed_references(project, "vision", "goals")
    assert found["data/editions.yml"] == editions.replace("vision", "goals")


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


def test_after_a_move_the_history_is_still_found(run: Run, copy: Path) -> None:
    git(copy, "init", "-q")
    git(copy, "add", "content", "data", "language", "mkdocs.yml")
    git(copy, "commit", "-qm", "The site")
    run("move", "forewords", "words", "--yes")
    file = copy / "content/fr/words.md"
    header, rule, body = file.read_text("utf-8").rpartition("\n---\n")
    file.write_text(f"{header}{rule}{body.replace('é', 'è', 1)}", "utf-8")
    git(copy, "add", "content", "data", "language", "mkdocs.yml")
    git(copy, "commit", "-qm", "Moved, and a letter changed")
    out = run("diff", "content/es/words.md")[1]
    assert "the source's text has changed" in out
    assert "is not in the history" not in out
