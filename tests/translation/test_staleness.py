"""What makes a translation stale and what does not: the cases of cases/staleness.yml, and the kinds
for any words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from metropolis.content.page import Page, read_page
from metropolis.translation.accept import accept
from metropolis.translation.acceptance import Log
from metropolis.translation.fingerprint import Fingerprint, fingerprints
from metropolis.translation.status import COPIED, TEXT, translation_status

CASES = yaml.safe_load((Path(__file__).parent / "cases/staleness.yml").read_text("utf-8"))
REASONS = {"words": TEXT, "copied": COPIED}


def cases() -> Iterator[Any]:
    for case in CASES:
        versions = case["now"] if isinstance(case["now"], list) else [case["now"]]
        for number, now in enumerate(versions, 1):
            reason = ", and ".join(REASONS[part] for part in case["changed"])
            yield pytest.param(case["then"], now, reason, id=f"{case['case']} ({number})")


@pytest.mark.parametrize(("then", "now", "reason"), list(cases()))
def test_case(small: SimpleNamespace, then: str, now: str, reason: str) -> None:
    """The whole way: accepted against the one text, judged against the other."""
    before, after = (
        small.page(f"# Une vision {{ #vision }}\n\n{words}\n") for words in (then, now)
    )
    page = small.page("# Una visión { #vision }\n\n## Fin { #aim }\n", "es")
    text, lines, problems = accept(before, page, small.shows({}), Log(), small.decision)
    assert not problems
    accepted, _ = read_page(page.path, page.locale, page.name, text)
    pages = [after, accepted]
    (found,) = translation_status(small.project, pages, small.shows({}), {"es": Log(lines)})
    assert {one.reason for one in found.sections if one.source_line} - {""} == {reason} - {""}


LETTERS = "abcdeéàñ"
WORDS = st.builds(
    lambda first, rest: (first + rest).rstrip(),
    st.sampled_from(LETTERS),
    st.text(st.sampled_from(f"{LETTERS}' -,.;:!?0123456789")),
)
PARAGRAPHS = st.lists(WORDS, min_size=1, max_size=5)


def vision(paragraphs: list[str], sign: str = "") -> Page:
    body = "\n\n".join(sign + words for words in paragraphs)
    header = 'title: "Vision"\ndescription: "Ce que l’association veut atteindre."'
    text = f"---\n{header}\n---\n\n# Vision {{ #vision }}\n\n{body}\n"
    return read_page("content/fr/vision.md", "fr", "vision", text)[0]


def words_of(page: Page) -> Fingerprint:
    return fingerprints(page)["vision"]


@given(PARAGRAPHS, st.sampled_from(["- ", "* ", "1. ", "> "]))
def test_signs_before_any_paragraphs_change_nothing(paragraphs: list[str], sign: str) -> None:
    assert words_of(vision(paragraphs, sign)) == words_of(vision(paragraphs))


@given(PARAGRAPHS, st.data())
def test_any_other_letter_or_digit_changes_it(paragraphs: list[str], data: st.DataObject) -> None:
    number = data.draw(st.sampled_from(range(len(paragraphs))))
    words = paragraphs[number]
    places = [place for place, sign in enumerate(words) if re.match(r"\w", sign)]
    place = data.draw(st.sampled_from(places))
    other = data.draw(st.sampled_from("xyzXYZ").filter(lambda sign: sign != words[place]))
    edited = [*paragraphs]
    edited[number] = words[:place] + other + words[place + 1 :]
    assert words_of(vision(edited)).words != words_of(vision(paragraphs)).words
