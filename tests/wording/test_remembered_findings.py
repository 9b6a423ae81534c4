"""Findings that are remembered are those that would be found anew, whatever has changed since."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from metropolis.cache import Cache
from metropolis.language import dictionaries
from metropolis.language.dictionaries import dictionary_state
from metropolis.translation.workbench import open_workbench
from metropolis.wording.finding import Finding
from metropolis.wording.wording_check import WordingCheck

Change = Callable[[Path, pytest.MonkeyPatch], None]


def swap(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    text, count = re.subn(old, new, file.read_text("utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1, f"{path} has no {old}"
    file.write_text(text, "utf-8")


def a_draft_is_published(root: Path, _: pytest.MonkeyPatch) -> None:
    swap(root, "mkdocs.yml", "          build: false\n", "")


def a_language_is_a_draft_again(root: Path, _: pytest.MonkeyPatch) -> None:
    swap(root, "mkdocs.yml", "^( +)name: English\n", r"\g<0>\1build: false\n")


def a_dictionary_is_installed(_: Path, patch: pytest.MonkeyPatch) -> None:
    """It was not there before: see `project`."""
    patch.undo()
    dictionaries.dictionary_name.cache_clear()
    dictionaries._dictionary.cache_clear()


def a_word_is_known(root: Path, _: pytest.MonkeyPatch) -> None:
    with (root / "language/words.txt").open("a", encoding="utf-8") as file:
        file.write("villle\n")


def a_term_is_called_otherwise(root: Path, _: pytest.MonkeyPatch) -> None:
    swap(root, "data/glossary.yml", r'en: "metropolitan space', 'en: "metropolis space')


def a_source_changes(root: Path, _: pytest.MonkeyPatch) -> None:
    swap(root, "content/fr/vision.md", "Cinq sujets", "17 sujets")


CHANGES = [
    a_draft_is_published, a_language_is_a_draft_again,
    a_dictionary_is_installed, a_word_is_known, a_term_is_called_otherwise,
    a_source_changes,
]  # fmt: skip


@pytest.fixture
def project(project_copy: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Spanish is a draft, pages are in a language that is not theirs, English has no dictionary,
    words are wrong."""
    (project_copy / ".cache").unlink(missing_ok=True)
    swap(project_copy, "mkdocs.yml", "^( +)name: Español\n", r"\g<0>\1build: false\n")
    for code in ("en", "es"):
        shutil.copy(
            project_copy / "content/fr/mission.md", project_copy / f"content/{code}/mission.md"
        )
    with (project_copy / "content/fr/about.md").open("a", encoding="utf-8") as file:
        file.write("\nLe mot villle est faux.\n")
    with (project_copy / "content/en/about.md").open("a", encoding="utf-8") as file:
        file.write(
            "\nThe word is wronng.\n\nEsta frase está escrita en la lengua de otra página.\n"
        )
    real = dictionaries.dictionary_name.__wrapped__
    monkeypatch.setattr(
        dictionaries, "dictionary_name", lambda locale: None if locale == "en" else real(locale)
    )
    return project_copy


def findings(root: Path, is_remembered: bool) -> list[Finding]:
    workbench, problems = open_workbench(root)
    assert workbench, problems
    cache = Cache(root / ".cache") if is_remembered else None
    check = WordingCheck(
        workbench.project, workbench.known, workbench.signatures, workbench.lists, cache
    )
    pages = [
        page
        for page in workbench.pages.values()
        if page.name in {"about", "mission", "rethink", "vision"}
    ]
    return check.findings(pages, {page.name: page for page in pages if page.locale == "fr"})


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_change_of_any_input_is_noticed(
    project: Path, change: Change, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = findings(project, is_remembered=True)
    change(project, monkeypatch)
    after = findings(project, is_remembered=True)
    assert after == findings(project, is_remembered=False)
    assert after != before


def test_the_files_of_a_dictionary_and_own_words_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ENCHANT_CONFIG_DIR", str(tmp_path))
    french, english = (dictionaries.dictionary_name(locale) for locale in ("fr", "en"))
    before = dictionary_state(["fr", "en"])
    (tmp_path / f"{french}.dic").touch()  # enchant itself makes an empty one
    (tmp_path / "es_ES.dic").write_text("palabra\n", "utf-8")
    assert dictionary_state(["fr", "en"]) == before
    (tmp_path / f"{french}.dic").write_text("mot\n", "utf-8")
    with_word = dictionary_state(["fr", "en"])
    (tmp_path / f"{french}.exc").write_text("faux\n", "utf-8")
    (tmp_path / "hunspell").mkdir()
    without_word = dictionary_state(["fr", "en"])
    (tmp_path / f"hunspell/{english}.aff").write_text("SET UTF-8\n", "utf-8")
    assert len({before, with_word, without_word, dictionary_state(["fr", "en"])}) == 4


def test_a_user_has_no_words_of_their_own(tmp_path: Path) -> None:
    """The same text is right on every machine."""
    folder = tmp_path / ".config/enchant"
    folder.mkdir(parents=True)
    (folder / f"{dictionaries.dictionary_name('fr')}.dic").write_text("villle\n", "utf-8")
    program = "from metropolis.language.dictionaries import is_word; print(is_word('villle', 'fr'))"
    settings = {"HOME": str(tmp_path), "XDG_CONFIG_HOME": str(tmp_path / ".config")}
    environment = {name: one for name, one in os.environ.items() if name != "ENCHANT_CONFIG_DIR"}
    command = [sys.executable, "-c", program]
    found = subprocess.check_output(command, env=environment | settings, text=True)
    assert found == "False\n"
