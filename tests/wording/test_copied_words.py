"""Words left in the source's language inside a translated passage are found; terms, names, titles
and explanations are not taken for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.wording import copied_words
from metropolis.wording.copied_words import find_copied_words
from metropolis.wording.detection import LanguageGuard
from metropolis.wording.finding import Finding

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "copied-words.yml").read_text("utf-8"))
Read = Callable[..., Any]


def find(read: Read, source: tuple[str, str], own: tuple[str, str]) -> list[Finding]:
    """The findings in words of a language, whose source is other words of another."""
    guard = LanguageGuard({"fr": "French", "en": "English", "es": "Spanish"}, {})
    (page, passages), (original, originals) = read(*own), read(*source)
    return find_copied_words(page, original, passages, originals, guard)


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
