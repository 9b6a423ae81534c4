"""Small pages for the tests of translation: text in, Page out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import SimpleNamespace

import pytest

from metropolis.cli import main
from metropolis.content.call_grammar import Call
from metropolis.content.page import Page, read_page
from metropolis.project import Locale, Project
from metropolis.translation.accept import Decision, accept
from metropolis.translation.acceptance import Author, Log
from metropolis.translation.fingerprint import Shown

HEADER = (
    'title: "Vision"\ndescription: "Ce que l’association veut atteindre d’ici à 2023, dit'
    ' simplement."\n'
)
PROJECT = Project(
    Path(),
    (Locale("fr", "Français", is_default=True), Locale("es", "Español")),
    "https://plan.example.org/",
)

SOURCE = """# Une vision { #vision }

Une devise résume la vision.

## La paix { #peace }

La paix est un but. Elle sert {{ figure("people") }} personnes.

## La ville { #city }

La ville change.
"""
TRANSLATION = """# Una visión { #vision }

Un lema resume la visión.

## La paz { #peace }

La paz es una meta. Sirve a {{ figure("people") }} personas.

## La ciudad { #city }

La ciudad cambia.
"""


def page(body: str, locale: str = "fr", name: str = "vision", header: str = HEADER) -> Page:
    """The page that `body` makes, under a valid header."""
    found, problems = read_page(
        f"content/{locale}/{name}.md", locale, name, f"---\n{header}---\n\n{body}"
    )
    assert not problems, problems
    return found


def shows(figures: Mapping[str, str]) -> Shown:
    """Calls show what `figures` gives for their first argument."""

    def shown(call: Call) -> Iterable[str]:
        return [figures[str(one)] for one in call.arguments[:1] if str(one) in figures]

    return shown


SHOWN = shows({"people": "608 millions"})
PAGE = Decision("", "page", "", Author("Ana", "2026-11-23"))


@pytest.fixture
def small() -> SimpleNamespace:
    """The small pages, by name."""
    return SimpleNamespace(
        project=PROJECT,
        header=HEADER,
        source=SOURCE,
        translation=TRANSLATION,
        page=page,
        shows=shows,
        shown=SHOWN,
        decision=PAGE,
    )


@pytest.fixture
def accepted() -> tuple[Page, Log]:
    """The translation with all its sections accepted."""
    translation = page(TRANSLATION, "es")
    text, lines, problems = accept(page(SOURCE), translation, SHOWN, Log(), PAGE)
    assert not problems
    return read_page(translation.path, "es", "vision", text)[0], Log(lines)


@pytest.fixture
def copy(unaccepted_copy: Path) -> Path:
    """The project in which `run` runs."""
    return unaccepted_copy


@pytest.fixture
def run(
    copy: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """Runs a translators' command there: (exit code, standard output, standard error)."""
    monkeypatch.chdir(copy)

    def command(*arguments: str) -> tuple[int, str, str]:
        code = main(["translation", *arguments])
        return code, *capsys.readouterr()

    return command
