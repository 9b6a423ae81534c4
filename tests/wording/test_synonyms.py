"""language/search.<locale>.yml: what it may hold, and what is said of what it may not."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from metropolis.data.records import Records
from metropolis.project import Project
from metropolis.wording.synonyms import SearchWords, read_search_words, synonym_problems

FILE = "language/search.en.yml"
HOW = "Write a page as under content/, glossary#… for a term, milestones#… for a milestone, or country#… and its code for a country."


@pytest.fixture
def copied(project: Project, tmp_path: Path) -> Project:
    (tmp_path / "language").mkdir()
    return replace(project, root=tmp_path)


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("vision: [peace, 'two words']\nglossary#uclg: [UCLG]\n", []),
        ("milestones#1985-founding-congress: [birth]\n", []),
        ("word endings: [s]\nfiller words: [how]\ncountry#GB: [England]\n", []),
        (
            "country#XX: [Nowhere]\n",
            [
                f"{FILE}:1:1: The site has no page, term, milestone or member country “country#XX”."
                f" Did you mean “country#MX”? {HOW}"
            ],
        ),
        ("", []),
        (
            "# words\nvison: [peace]\n",
            [
                f"{FILE}:2:1: The site has no page, term, milestone or member country “vison”."
                f" Did you mean “vision”? {HOW}"
            ],
        ),
        (
            "2030: [peace]\n",
            [f"{FILE}:1:1: The site has no page, term, milestone or member country “2030”. {HOW}"],
        ),
        (
            "vision: peace\n",
            [
                f"{FILE}:1:1: The words of “vision” are not a list of texts."
                ' Write: vision: [word, "two words"]'
            ],
        ),
        (
            "vision: [2030]\n",
            [
                f"{FILE}:1:1: The words of “vision” are not a list of texts."
                ' Write: vision: [word, "two words"]'
            ],
        ),
        (
            "- vision\n",
            [
                f"{FILE}:1:1: The file must map each place to its words."
                " Write one place a line: vision: [values, peace]"
            ],
        ),
    ],
)
def test_the_file_is_checked(
    copied: Project, records: Records, text: str, problems: list[str]
) -> None:
    (copied.root / FILE).write_text(text, "utf-8")
    found = synonym_problems(copied, records, {"vision", "glossary", "milestones"})
    assert [str(problem) for problem in found] == problems


def test_without_a_file_there_are_no_synonyms(copied: Project, records: Records) -> None:
    assert synonym_problems(copied, records, {"vision"}) == []
    assert read_search_words(copied, "en") == SearchWords({}, (), ())


def test_wrong_entries_are_left_out(copied: Project) -> None:
    (copied.root / FILE).write_text("vision: [values]\nmission: aim\n", "utf-8")
    assert read_search_words(copied, "en").places == {"vision": ("values",)}


def test_endings_and_fillers_are_no_places(copied: Project) -> None:
    text = "word endings: [s, ing]\nfiller words: [how, many]\ncountry#GB: [England]\n"
    (copied.root / FILE).write_text(text, "utf-8")
    found = SearchWords({"country#GB": ("England",)}, ("s", "ing"), ("how", "many"))
    assert read_search_words(copied, "en") == found


def test_the_sites_own_files_lead_to_the_same_places(project: Project) -> None:
    places = [set(read_search_words(project, code).places) for code in ("fr", "en", "es")]
    assert len(places[0]) > 60
    assert places[0] == places[1] == places[2]
