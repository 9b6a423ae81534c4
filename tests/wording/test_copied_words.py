"""Words left in the source's language inside a translated passage are found; terms, names, titles
and explanations are not taken for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.data.records import Records
from metropolis.wording import copied_words
from metropolis.wording.copied_names import find_copied_names, names_of_places
from metropolis.wording.copied_words import find_copied_words
from metropolis.wording.detection import LanguageGuard
from metropolis.wording.finding import Finding

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "copied-words.yml").read_text("utf-8"))
GUARD = LanguageGuard({"fr": "French", "en": "English", "es": "Spanish"}, {})
Read = Callable[..., Any]


def find(read: Read, source: tuple[str, str], own: tuple[str, str]) -> list[Finding]:
    """The findings in words of a language, whose source is other words of another."""
    (page, passages), (original, originals) = read(*own), read(*source)
    return find_copied_words(page, original, passages, originals, GUARD)


def find_names(read: Read, records: Records, source: str, own: str) -> list[str]:
    """What is said of the cells of a Spanish table, whose source is a French one."""
    head = "| a | b |\n|---|---|\n"
    (page, passages), (original, originals) = read("es", head + own), read("fr", head + source)
    names = names_of_places(records, "fr", "es")
    found = find_copied_names(page, original, passages, originals, names, GUARD)
    assert {finding.problem.severity for finding in found} <= {"advice"}
    return [str(one.problem).split(": ", 1)[1] for one in found]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: dict[str, Any], read: Read) -> None:
    source, own = [one for one in case.items() if one[0] != "finds"]
    found = find(read, source, own)
    assert [finding.fragment for finding in found] == case.get("finds", [])
    assert {finding.rule for finding in found} <= {"language"}


def test_five_words_are_an_error_and_fewer_advice(read: Read) -> None:
    source = ("en", "They told us that nobody would have known there.")
    for words, severity in (
        ("nobody would have known", "advice"),
        ("nobody would have known there", "error"),
    ):
        (found,) = find(read, source, ("es", f"Nos han dicho {words}."))
        assert (found.fragment, found.problem.severity) == (words, severity)


def test_the_problem_says_where_the_source_has_the_words(read: Read) -> None:
    source = "Nobody knows.\n\nAlthough nobody had been there, it grew, and nobody knows why."
    own = "Nadie sabe.\n\nAlthough nobody had been ahí, y creció, sin que nobody knows why a fecha de hoy."
    (found,) = find(read, ("en", source), ("es", own))
    assert str(found.problem) == (
        "content/es/page.md:10:1: “Although nobody had been” and 1 place after it are in English,"
        " not in Spanish: content/en/page.md, line 10, says it so. Translate them; words that stay,"
        ' mark: <span lang="en">…</span>.'
    )


def test_nothing_is_said_without_dictionaries(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copied_words, "has_dictionary", lambda locale: locale != "es")
    text = "They told us that nobody would have known there."
    assert find(read, ("en", text), ("es", "Nos han dicho nobody would have known there.")) == []


@pytest.mark.parametrize(
    ("source", "own", "names"),
    [
        ("| Séoul | 3 |", "| Séoul | 3 |", ["Séoul"]),
        ("| Séoul | Corée du Sud |", "| Séoul | Corée du Sud |", ["Séoul", "Corée du Sud"]),
        ("| Séoul | 3 |\n| Séoul | 4 |", "| Séoul | 3 |\n| Séoul | 4 |", ["Séoul"]),
        ("| Séoul | 3 |", "| Seúl | 3 |", []),
        ("| Prague | 3 |", "| Prague | 3 |", []),  # no member
        ("| Séoul plage | 3 |", "| Séoul plage | 3 |", []),
        ("| Corée | 3 |", "| Séoul | 3 |", []),  # the source has another word
        ("| **Séoul** | 3 |", '| <span lang="fr">Séoul</span> | 3 |', []),
    ],
)
def test_names_of_places_in_cells(
    read: Read, records: Records, source: str, own: str, names: list[str]
) -> None:
    found = find_names(read, records, source, own)
    assert [one.split("”")[0].removeprefix("“") for one in found] == names


def test_the_problem_says_the_right_name(read: Read, records: Records) -> None:
    what = "“Séoul” is the name in French: in Spanish it is “Seúl”. Write “Seúl”."
    assert find_names(read, records, "| Séoul | 3 |", "| Séoul | 3 |") == [what]
