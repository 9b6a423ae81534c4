"""What has changed in a source section, found in git's history by its fingerprint."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import SimpleNamespace

import pytest
from small_project import replace_in

from metropolis.cli import main
from metropolis.translation.fingerprint import Fingerprint, fingerprints
from metropolis.translation.section_difference import Difference, PassageChange, difference
from metropolis.translation.workbench import Workbench, open_workbench

OLD = 'La paix est un but. Elle sert {{ figure("people") }} personnes.'
NEW = 'La paix est un but, et un chemin. Elle sert {{ figure("people") }} personnes.'


def of_peace(small: SimpleNamespace, recorded: Fingerprint, texts: list[str]) -> Difference:
    source = small.page(small.source.replace(OLD, NEW))
    return difference(source, "peace", recorded, small.shown, lambda: texts, lambda: iter(()))


@pytest.fixture
def then(small: SimpleNamespace) -> Fingerprint:
    """The fingerprint of the section before it changed."""
    page = small.page(small.source)
    return fingerprints(page, small.shown)["peace"]


def test_changed_sentences_then_and_now(small: SimpleNamespace, then: Fingerprint) -> None:
    texts = [small.source.replace(OLD, NEW), small.source]
    found = of_peace(small, then, [small.page(text).text.text for text in texts])
    assert found == Difference(
        "peace", (PassageChange(("La paix est un but.",), ("La paix est un but, et un chemin.",)),)
    )


def test_a_version_that_the_history_does_not_have(
    small: SimpleNamespace, then: Fingerprint
) -> None:
    found = of_peace(small, then, [])
    assert not found.is_text_found
    assert [change.then for change in found.texts] == [()]
    assert "La paix est un but, et un chemin." in found.texts[0].now


def test_a_changed_figure_call_by_call(small: SimpleNamespace) -> None:
    page = small.page(small.source)
    past = small.shows({"people": "600 millions"})
    recorded = fingerprints(page, past)["peace"]
    shown = [small.shows({}), past]
    found = difference(page, "peace", recorded, small.shown, list, lambda: iter(shown))
    call = '{{ figure("people") }}'
    assert found == Difference(
        "peace", (), (PassageChange((f"{call}: 600 millions",), (f"{call}: 608 millions",)),)
    )


def git(root: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.org")
    subprocess.run(["git", *identity, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def history(unaccepted_copy: Path) -> Path:
    """The project with a history: everything committed, one translation accepted."""
    page = str(unaccepted_copy / "content/es/vision.md")
    assert main(["--project", str(unaccepted_copy), "translation", "accept", page]) == 0
    git(unaccepted_copy, "init", "-q")
    git(unaccepted_copy, "add", "content", "data", "mkdocs.yml")
    git(unaccepted_copy, "commit", "-qm", "The site")
    return unaccepted_copy


def opened(root: Path) -> Workbench:
    workbench, problems = open_workbench(root)
    assert workbench, problems
    return workbench


def test_with_real_git_and_real_pages(history: Path) -> None:
    replace_in(history / "content/fr/vision.md", "Cinq sujets, les", "Cinq thèmes, les")
    old = "Les quatre autres thèmes y contribuent."
    new = "Les quatre autres thèmes la nourrissent."
    replace_in(history / "data/themes.yml", old, new)
    git(history, "commit", "-qam", "A word and a label")
    workbench = opened(history)
    page = workbench.pages["content/es/vision.md"]
    status = workbench.status_of(page)
    assert status
    found = {section.anchor: change for section, change in workbench.differences(page, status)}
    assert set(found) == {"guiding-themes", "quality-of-life"}
    rest = (
        '{{ term("guiding-theme", "thèmes d’orientation") }} de l’association, donnent sa direction à'
        " ce travail commun."
    )
    change = PassageChange((f"Cinq sujets, les {rest}",), (f"Cinq thèmes, les {rest}",))
    assert found["guiding-themes"].texts == (change,)
    call = '{{ summary("themes", "quality-of-life") }}'
    ((before, after),) = ((one.then, one.now) for one in found["quality-of-life"].shown)
    assert [text.replace(old, new) for text in before] == list(after)
    assert all(text.startswith(f"{call}: {new}") for text in after)
