"""Piles of combining marks are found in one pass, in pages and in data, before anything is
normalised."""

from __future__ import annotations

import pytest
from bench.shapes import HEADER

from metropolis.content.characters import find_hidden_characters
from metropolis.content.page_text import PageText
from metropolis.hidden_characters import MOST_MARKS, find_character_faults, find_piled_marks

ACUTE, DOT = "\u0301", "\u0323"


@pytest.mark.parametrize(
    ("text", "offset"),
    [
        ("a" + ACUTE * MOST_MARKS, -1),
        ("ab" + ACUTE * (MOST_MARKS + 1), 2),
        (f"q{ACUTE}" * 100, -1),
        ("a" + (ACUTE + DOT) * 40_000, 1),
        ("שִׁ֧" * 40, -1),
        ("Một đời người" * 20, -1),
        ("", -1),
    ],
)
def test_where_the_first_pile_begins(text: str, offset: int) -> None:
    assert find_piled_marks(text) == offset


def test_a_page_and_a_line_of_data_are_refused_at_once() -> None:
    marks = ACUTE * 40_000 + DOT * 40_000
    problems = find_hidden_characters(PageText("content/fr/vision.md", f"{HEADER}a{marks}"))
    (problem,) = problems
    assert str(problem) == (
        "content/fr/vision.md:8:2: More than 30 accents are on one letter here. "
        "Delete them, and type the letter again."
    )
    assert list(find_character_faults(f'- id: "a{marks}"')) == [
        (
            8,
            "More than 30 accents are on one letter here.",
            "Delete them, and type the letter again.",
        )
    ]


def test_many_hidden_characters_are_counted() -> None:
    problems = find_hidden_characters(PageText("content/fr/vision.md", "\x07" * 10_000))
    assert len(problems) <= 101
