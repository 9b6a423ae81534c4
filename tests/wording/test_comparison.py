"""A sentence in the wrong language hides nothing else of its page."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.translation.workbench import open_workbench
from metropolis.wording.wording_check import WordingCheck

_WRONG = "\nThis sentence is still written in the language of another page of 2018.\n"
_SOURCE = "\nLes 35 villes du Conseil d’Administration de 2018.\n\nUne phrase de 2018 qui dit tout autre chose à ses lecteurs.\n"
_NOT_COMPARED = (
    "The terms of this section were not compared: it has a sentence in another language, and its"
    " passages are not those of content/fr/about.md. Translate the sentence first."
)


def reports(root: Path, spanish: str, source: str = _SOURCE) -> list[tuple[str, str, str]]:
    """Rule, words and sentence of what is reported of `spanish`, added to the end of a page."""
    for locale, words in (("fr", source), ("es", spanish)):
        with (root / f"content/{locale}/about.md").open("a", encoding="utf-8") as file:
            file.write(words)
    workbench, problems = open_workbench(root)
    assert workbench, problems
    check = WordingCheck(workbench.project, workbench.known, workbench.signatures, workbench.lists)
    pages = {page.locale: page for page in workbench.pages.values() if page.name == "about"}
    found = check.findings([pages["es"]], {"about": pages["fr"]})
    return [(one.rule, one.fragment, str(one.problem).split(": ", 1)[1]) for one in found]


def test_figures_beside_a_wrong_sentence_are_compared(project_copy: Path) -> None:
    found = reports(project_copy, "\nLas 53 ciudades de 2018.\n" + _WRONG)
    assert [(rule, words) for rule, words, _ in found] == [
        ("language", _WRONG.strip()),
        ("figure", "53"),
        ("term", "Conseil d’Administration"),
    ]


@pytest.mark.parametrize("term", ["Conseil d’Administration", "conseil local"])
def test_a_section_whose_terms_cannot_be_compared_says_so(project_copy: Path, term: str) -> None:
    """If it has terms."""
    spanish = "\nLas 53 ciudades de 2018.\n" + _WRONG + "\nY otro párrafo.\n"
    found = reports(project_copy, spanish, _SOURCE.replace("Conseil d’Administration", term))
    assert [(rule, words) for rule, words, _ in found][:2] == [
        ("language", _WRONG.strip()),
        ("figure", "53"),
    ]
    assert [what for rule, _, what in found if rule == "not-compared"] == (
        [_NOT_COMPARED] if term[0] == "C" else []
    )


def test_a_copied_description_of_an_image_is_told_by_its_place_alone(project_copy: Path) -> None:
    image = "\n![Une carte montre les villes et leurs rivières.](images/map.png)\n"
    assert reports(project_copy, image, image) == []


def test_a_copied_word_that_comes_again_is_one_piece_of_advice(project_copy: Path) -> None:
    words = "\n- Habitants\n\nUna frase.\n\n- Habitants\n\nOtra frase.\n\n- Habitants\n"
    found = reports(project_copy, words, words.replace("Una", "Une").replace("Otra", "Autre"))
    assert [(rule, one) for rule, one, _ in found if rule == "language"] == [
        ("language", "Habitants")
    ]


def test_indented_code_is_no_prose(project_copy: Path) -> None:
    code = "\n\tfoo or bar or baz and all of them\n\n    another line of the code here\n"
    assert reports(project_copy, code, code) == []
