"""Stars and underscores that readers would see are reported, in every mixture; those that people
mean are not."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest

from metropolis.content.check import compare_with_rendered
from metropolis.content.converter import make_converter
from metropolis.content.page import read_page
from metropolis.problem import Problem
from metropolis.project import read_project

EXTENSIONS = read_project(Path(__file__).parents[2])[0].extensions  # type: ignore[union-attr]

SIGNS = ("", "*", "**", "***", "****", "_", "__", "___", "*_", "_*", "**_", "_**", "__*", "*__")
FORMS = ("Un {} ici.", "{} au début", "à la fin {}", "Un {}, puis (suite)", "- un {} seul")
MEANT = (
    "chargé*es et 3 * 4 * 5, snake_case_name, 2_642, un\\*mot\\*, \\_mot\\_",
    "Nom : ________, une * seule et _ aussi",
    "`*mot` et `__init__` et ``_a``",
    "**“mot”**suite, **mot**s, (*mot*), «_mot_», **un *mot* gras**, *un **mot** penché*",
    "**[un lien](vision.md)** et [*un lien*](vision.md)",
)
# Words, where the sign stands, and how sure the report is.
PRINTED = (
    ("Un prix* et un taux*.", "8:8", "advice"),
    ("Le fichier _config.", "8:12", "advice"),
    ("Un *mot seul.", "8:4", "error"),
    ("Un 3*4*5.", "8:5", "error"),
    ("Un ami*e et un client*e.", "8:7", "error"),
    ("Un **mot ** seul.", "8:4", "error"),
    ("Un *un **deux* trois** mot.", "8:8", "error"),
    ("Une ligne.\nUn mot**, et la suite.", "9:7", "error"),
)


def reported(words: str) -> list[Problem]:
    header = '---\ntitle: "X"\ndescription: "Y"\n---\n\n# X { #x }\n\n'
    page, _ = read_page("content/fr/x.md", "fr", "x", f"{header}{words}\n")
    return compare_with_rendered(page, EXTENSIONS.value)


def printed(words: str) -> str:
    """The signs that Python-Markdown leaves, read from its HTML."""
    html = make_converter(EXTENSIONS.value).convert(words)
    return "".join(re.findall(r"[*_]+", re.sub(r"<[^>]*>", "", html)))


@pytest.mark.parametrize(("opening", "closing"), list(product(SIGNS, SIGNS)))
def test_every_mixture_of_signs(opening: str, closing: str) -> None:
    for form in FORMS:
        words = form.format(f"{opening}mot{closing}")
        if printed(words):
            assert len(reported(words)) == 1, words
        elif opening == closing[::-1] and not re.search(r"(.)\1{3}", opening):
            assert reported(words) == [], words


@pytest.mark.parametrize(("words", "place", "severity"), PRINTED)
def test_case(words: str, place: str, severity: str) -> None:
    problem = reported(words)[0]
    assert (f"{problem.line}:{problem.column}", problem.severity) == (place, severity)


@pytest.mark.parametrize("words", MEANT)
def test_signs_that_people_mean_are_let_be(words: str) -> None:
    assert reported(words) == []


@pytest.mark.parametrize(
    ("words", "what"),
    [
        ("Dans son livre*Le titre entier* paru.", "The emphasis of “Le titre entier” begins"),
        ("Un ami*e et un client*e.", "“e et un client” would be emphasised, and its signs not"),
    ],
)
def test_emphasis_after_a_missing_space_is_meant(words: str, what: str) -> None:
    assert [problem.what[: len(what)] for problem in reported(words)] == [what]
