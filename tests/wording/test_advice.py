"""Inclusive wording: what the list finds, and what is wrong in the list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.content.page import read_page
from metropolis.content.prose import find_passages
from metropolis.project import Locale, Project, read_project
from metropolis.wording.advice import LISTS, Advice, AdviceList, find_advised, read_advice

PROJECT = (
    Locale("fr", "Français", is_default=True),
    Locale("en", "English"),
    Locale("es", "Español"),
)


@pytest.mark.parametrize(
    ("locale", "words", "problems"),
    [
        (
            "fr",
            "Les citoyens, les élu(e)s, les élu-e-s et les citoyens/nes.",
            [
                (
                    "8:1: “Les citoyens” can be said more inclusively: the masculine alone leaves"
                    " women out. Write la population, les habitantes et habitants, or les"
                    " citoyen·ne·s."
                ),
                (
                    "8:19: “élu(e)s” can be said more inclusively: brackets put women in brackets. "
                    "Write neutral words, or the middle dot: élu·e·s."
                ),
                (
                    "8:32: “élu-e-s” can be said more inclusively: the house style has no hyphen"
                    " here. Write neutral words, or the middle dot: élu·e·s."
                ),
                (
                    "8:43: “les citoyens” can be said more inclusively: the masculine alone leaves"
                    " women out. Write la population, les habitantes et habitants, or les"
                    " citoyen·ne·s."
                ),
            ],
        ),
        (
            "fr",
            "Les paquets texlive-es et mh-e, les touches C-e et M-e, la queue poly(A) de NSF(E), sounds-es-3, les habitantes"
            " et les habitants, les citoyens et citoyennes.",
            [],
        ),
        ("fr", "La spécification Promises/A+ et la fonction f(e) d’un nombre.", []),
        ("es", "La gráfica «f(a) = a^2» de la función f(a).", []),
        ("es", "Desde/a archivos; los niños y las niñas, las vecinas y los vecinos.", []),
        (
            "fr",
            "L’acteur/trice et le chanteur/euse, intéressé(e). Un auteur-rice, chercheur(se)s.",
            [
                (
                    f"8:{column}: “{words}” can be said more inclusively: {because} Write neutral"
                    f" words, or the middle dot: {form}."
                )
                for column, words, because, form in (
                    (3, "acteur/trice", "the house style has no slash.", "citoyen·ne·s"),
                    (22, "chanteur/euse", "the house style has no slash.", "citoyen·ne·s"),
                    (37, "intéressé(e)", "brackets put women in brackets.", "élu·e·s"),
                    (54, "auteur-rice", "the house style has no hyphen here.", "élu·e·s"),
                    (67, "chercheur(se)s", "brackets put women in brackets.", "élu·e·s"),
                )
            ],
        ),
        (
            "es",
            "El director/a y los niños y adolescentes.",
            [
                (
                    "8:4: “director/a” can be said more inclusively: the house style has no slash. "
                    "Write neutral words: la ciudadanía, el personal, quienes."
                ),
                (
                    "8:17: “los niños” can be said more inclusively: the masculine alone leaves"
                    " girls out. Write la infancia, or las niñas y los niños."
                ),
            ],
        ),
        ("fr", "Les dirigeant·e·s, la population, le bien-être, peut-être, 1/2, et/ou.", []),
        ("es", "Elija el mes(es) y la red(es).", []),
        ("es", "Leer y escribir datos de/a la tarjeta, o desde/a otra, y al/a los archivos.", []),
        ("en", "In the disabled case, the elderly couple waits.", []),
        (
            "en",
            "For the disabled, and the elderly who wait.",
            [
                "8:5: “the disabled” can be said more inclusively: they are people first. Write"
                " people with disabilities.",
                "8:23: “the elderly” can be said more inclusively: they are people first. Write"
                " older people.",
            ],
        ),
        (
            "en",
            "The chairman said he or she may go.",
            [
                "8:5: “chairman” can be said more inclusively: the office has no sex. Write chair.",
                (
                    "8:19: “he or she” can be said more inclusively: “they” is shorter and leaves"
                    " nobody out. Write they."
                ),
            ],
        ),
        (
            "es",
            "Los ciudadanos, l@s vecin@s y todxs; escriba a @metropolis_org.",
            [
                (
                    "8:1: “Los ciudadanos” can be said more inclusively: the masculine alone leaves"
                    " women out. Write la ciudadanía, or las ciudadanas y los ciudadanos."
                ),
                (
                    "8:17: “l@s” can be said more inclusively: nobody can read the sign aloud. "
                    "Write neutral words: la ciudadanía, el personal, quienes."
                ),
                (
                    "8:21: “vecin@s” can be said more inclusively: nobody can read the sign aloud. "
                    "Write neutral words: la ciudadanía, el personal, quienes."
                ),
                (
                    "8:31: “todxs” can be said more inclusively: nobody can read the ending aloud. "
                    "Write neutral words: la ciudadanía, el personal, quienes."
                ),
            ],
        ),
    ],
)
def test_the_projects_own_list(
    root: Path, read: Callable[..., Any], locale: str, words: str, problems: list[str]
) -> None:
    project, _ = read_project(root)
    assert project
    entries, found = read_advice(project, "inclusive")
    assert found == []
    page, passages = read(locale, words)
    found = sorted(
        finding.problem for finding in find_advised(page, passages, entries, "inclusive")
    )
    assert [str(problem) for problem in found] == [
        f"content/{locale}/page.md:{problem}" for problem in problems
    ]
    assert {problem.severity for problem in found} <= {"advice"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("- find: x\n", "1:1: A language and its entries were expected. Begin with “fr:”."),
        ("de:\n  - find: x\n", "1:1: “de” is not a language of this site. They are: fr, en, es."),
        (
            "fr:\n  - find: les élus\n    instead: les élu·e·s\n",
            (
                "2:5: This entry is not complete, or has other keys. "
                "An entry has find:, instead: and because:, each with a text."
            ),
        ),
        (
            "fr:\n  - find: les a*a*a*a*b\n    instead: x\n    because: y.\n",
            (
                "2:11: In “les a*a*a*a*b”, a * stands inside a word, and it stands for any ending. "
                "A word may end in one *."
            ),
        ),
        (
            f"fr:\n  - find: {'a ' * 60}b\n    instead: x\n    because: y.\n",
            (
                "2:11: “a a a a a a a a a a a a a a a a a a a a a a a a a a a a a a…” has 121"
                " characters. What is looked for may have 100."
            ),
        ),
    ],
)
def test_what_is_wrong_in_the_list(tmp_path: Path, text: str, problem: str) -> None:
    (tmp_path / "language").mkdir()
    (tmp_path / LISTS["inclusive"][0]).write_text(text, "utf-8")
    _, problems = read_advice(Project(tmp_path, PROJECT, "https://x.org/"), "inclusive")
    assert [str(problem) for problem in problems] == [f"language/inclusive.yml:{problem}"]


def test_a_star_ends_a_word(tmp_path: Path, read: Callable[..., Any]) -> None:
    (tmp_path / "language").mkdir()
    text = 'fr:\n  - find: les migrant*\n    instead: x\n    because: "of y."\n'
    (tmp_path / LISTS["inclusive"][0]).write_text(text, "utf-8")
    entries, problems = read_advice(Project(tmp_path, PROJECT, "https://x.org/"), "inclusive")
    assert problems == []
    page, passages = read("fr", "Les migrantes, les migrants et les migrations.")
    assert [finding.fragment for finding in find_advised(page, passages, entries, "inclusive")] == [
        "Les migrantes",
        "les migrants",
    ]


@pytest.mark.parametrize(
    ("rule", "locale", "words", "columns"),
    [
        # A pronoun after a preposition is right.
        ("style", "en", "The man whom we met, with whom he came, one of whom left.", [9]),
        # An at sign is an ending of words that have two genders.
        (
            "inclusive",
            "es",
            "Tod@s los ciudadan@s y trabajadorxs escriben un nombre@ y un servidor@ a linuxs.",
            [1, 11, 24, 62],
        ),
        # "Medias" are averages in sentences about them alone.
        (
            "style",
            "es",
            "Tardan de media 30 días, y de media, ganan más. Es un tipo de media, de media luna.",
            [8, 28],
        ),
    ],
)
def test_where_a_form_is_found(
    root: Path, read: Callable[..., Any], rule: str, locale: str, words: str, columns: list[int]
) -> None:
    project, _ = read_project(root)
    assert project
    entries, _ = read_advice(project, rule)
    page, passages = read(locale, words)
    found = [finding.problem for finding in find_advised(page, passages, entries, rule)]
    assert sorted(problem.column for problem in found) == columns


@given(
    st.text("ab’'* ()-/@|&[\\.", min_size=1, max_size=8).filter(str.strip),
    st.text("ab’' \n()-/@", min_size=1, max_size=60).filter(str.strip),
)
def test_any_entry_of_a_list_may_be_looked_for(find: str, words: str) -> None:
    text = f'---\ntitle: "T"\ndescription: "D."\n---\n\n# T {{ #t }}\n\n{words}\n'
    page, _ = read_page("content/fr/x.md", "fr", "x", text)
    lists = {"fr": AdviceList([Advice(find, "x", "of y.")])}
    for finding in find_advised(page, find_passages(page, {}), lists, "style"):
        assert finding.problem.how == "Write x."
