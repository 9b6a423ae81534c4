"""Words that no dictionary knows."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.data.load import load_records
from metropolis.language import dictionaries
from metropolis.language.dictionaries import missing_dictionaries
from metropolis.project import Locale, Project, read_project
from metropolis.wording.own_words import own_words
from metropolis.wording.spelling import Speller, Suggestions, find_spelling, is_shared

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "spelling.yml").read_text("utf-8"))
_SUGGESTED = re.compile(r"Did you mean .*?\?")
LOCALES = ("fr", "en", "es")
OWN = {"": {"Avinyó"}, "es": {"resiliente"}}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any], read: Callable[..., Any]) -> None:
    page, passages = read(case["locale"], case["words"])
    explain = Suggestions().explain
    found = [explain(one.problem) for one in find_spelling(page, passages, Speller(OWN, LOCALES))]
    # What hunspell suggests may change with its dictionaries: the words around it do not.
    assert [_SUGGESTED.sub("Did you mean …?", str(one)) for one in found] == case["problems"]


def test_a_word_of_one_language_is_not_one_of_another() -> None:
    speller = Speller(OWN)
    assert speller.knows("resiliente", "es")
    assert not speller.knows("resiliente", "fr")


def test_names_in_the_data_are_known(root: Path) -> None:
    project, _ = read_project(root)
    assert project
    records, _ = load_records(project)
    assert records
    words, problems = own_words(project, records)
    assert problems == []
    speller = Speller(words)
    assert speller.knows("Gyeonggi", "fr") or speller.knows("Guangzhou", "fr")
    assert not speller.knows("Gyeongggi", "fr")


def test_lines_that_hold_no_word(root: Path, tmp_path: Path) -> None:
    project, _ = read_project(root)
    assert project
    records, _ = load_records(project)
    assert records
    (tmp_path / "language").mkdir()
    (tmp_path / "language/words.txt").write_text(
        "# names\nPlex\nde: Wort\ntwo words\nes: me\u0301trica\n", "utf-8"
    )
    elsewhere = Project(tmp_path, project.locales, project.site_url)
    assert [str(problem) for problem in own_words(elsewhere, records)[1]] == [
        "language/words.txt:3:1: “de: Wort” is not a word. "
        "Write one word on each line, alone or after its language: fr: maximiser.",
        "language/words.txt:4:1: “two words” is not a word. "
        "Write one word on each line, alone or after its language: fr: maximiser.",
    ]


def test_a_language_without_dictionary_is_told_and_not_checked(
    monkeypatch: pytest.MonkeyPatch, read: Callable[..., Any]
) -> None:
    monkeypatch.setattr(dictionaries, "dictionary_name", lambda locale: None)
    project = Project(
        Path(),
        (Locale("fr", "Français", is_default=True), Locale("pt", "Português")),
        "https://x.org/",
    )
    speller = Speller({})
    assert [str(problem) for problem in missing_dictionaries(project)] == [
        "content/fr: There is no dictionary of French here: its spelling is not checked, and two or "
        "three words in another language are not reported. "
        "On Debian: sudo apt-get install libenchant-2-2 hunspell-fr-classical",
        "content/pt: There is no dictionary of Portuguese here: its spelling is not checked, and two or "
        "three words in another language are not reported. "
        "On Debian: sudo apt-get install libenchant-2-2 hunspell-pt-pt",
    ]
    page, passages = read("fr", "Un mott faux.")
    assert [*find_spelling(page, passages, speller)] == []


def test_an_unknown_word_that_a_translation_has_too_is_a_name(read: Callable[..., Any]) -> None:
    page, passages = read(
        "en", "The goverment of Europe is here.\n\nThe groff of tapirr.\n\n- praat 3\n"
    )
    translation, _ = read(
        "es", "The goverment of Europe is here.\n\nEl groff de tapires.\n\n- praat 3\n"
    )
    found = [*find_spelling(page, passages, Speller(OWN, LOCALES))]
    assert [one.fragment for one in found] == ["goverment", "groff", "tapirr", "praat"]
    kept = [one.fragment for one in found if not is_shared(one, page, [translation])]
    assert kept == ["goverment", "tapirr"]  # a copied line has the mistakes of its source
