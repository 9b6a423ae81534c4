"""Signs that a word processor or a keyboard writes in place of YAML's own are reported with the
right spelling; the same signs among words are text.

Add a line to a table for what is met next."""

from __future__ import annotations

import pytest

from metropolis.strict_yaml.source import read_yaml

MARK = "is no quotation mark of YAML, and would be part of the text."
CUT = "is cut in two: between braces a comma ends a value."
COLON = (
    "This colon, or the space after it, is not an ordinary one."
    ' Write name: "…", with an ordinary colon and space.'
)
CASES = {
    "a: “Accra”": [f'1:4: ““” {MARK} Write "Accra", or "“Accra”" if readers are to see the marks.'],
    "a: « Accra »": [
        f'1:4: “«” {MARK} Write "Accra", or "« Accra »" if readers are to see the marks.'
    ],
    "a: „Accra“": [f'1:4: “„” {MARK} Write "Accra", or "„Accra“" if readers are to see the marks.'],
    "a: ‘Accra’": [f'1:4: “‘” {MARK} Write "Accra", or "‘Accra’" if readers are to see the marks.'],
    "a: “Accra": [f'1:4: ““” {MARK} Write "Accra", or "“Accra" if readers are to see the marks.'],
    'a: “Accra"': [f'1:4: ““” {MARK} Write "Accra".'],
    'a: « Accra"': [f'1:4: “«” {MARK} Write "Accra".'],
    "“a”: b": [f'1:1: ““” {MARK} Write "a", or "“a”" if readers are to see the marks.'],
    "- “a”": [f'1:3: ““” {MARK} Write "a", or "“a”" if readers are to see the marks.'],
    "{a: 5,35444, b: -0,19}": [
        f"1:5: “5,35444” {CUT} Write 5.35444 (a point, not a comma).",
        f"1:17: “-0,19” {CUT} Write -0.19 (a point, not a comma).",
    ],
    "{a: 1,234}": [f"1:5: “1,234” {CUT} Write 1234 without separators, or 1.234 with a point."],
    "{a: 1,234,567}": [f"1:5: “1,234,567” {CUT} Write 1234567, without separators."],
    "{a: 5,3 %, b: 1}": [f"1:5: “5,3 %” {CUT} Write 5.3 and put the % in the unit."],
    "– id: a": ["1:1: “–” begins no item of a list. Write a hyphen and a space: - id: …"],
    "a\u00a0: b": ["1:3: A no-break space is before this colon. Delete it."],
    "a:\u00a0b": [f"1:2: {COLON}"],
    "a： b": [f"1:2: {COLON}"],
}
MEANT = (
    'a: "“Accra”"',
    "a: “Accra” et sa région",
    "a: “Accra” et “Tema”",
    "a: l’eau",
    "a: ’n’ mot",
    "a: note\u00a0:\u00a0un mot",
    "a: [5,35]",
    "{a: 12,}",
    "{a: 1,2: b}",
)


@pytest.mark.parametrize("text", CASES)
def test_typographic_signs_in_place_of_yaml_s_are_reported(text: str) -> None:
    _, problems = read_yaml(f"{text}\n", "x.yml")
    assert [str(problem).removeprefix("x.yml:") for problem in problems] == CASES[text]


@pytest.mark.parametrize("text", MEANT)
def test_the_same_signs_among_words_are_text(text: str) -> None:
    assert read_yaml(f"{text}\n", "x.yml")[1] == []
