"""What is written in double quotes is read back as it was, whatever it is; surprises stay text."""

from __future__ import annotations

import json
import re
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from metropolis.data.yaml_source import read_yaml

# Characters that a data file may hold: no controls, no surrogates, nothing that turns the direction of writing.
TEXTS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters="\ufeff")).map(
    lambda text: re.sub("[\u202a-\u202e\u2066-\u2069\ufffe\uffff]", "", unicodedata.normalize("NFC", text))
)
SURPRISES = [
    "NO",
    "no",
    "yes",
    "on",
    "off",
    "Y",
    "012",
    "0x1F",
    "1e3",
    "12:30",
    "1985-06-01",
    "1_000",
    "+5",
    ".5",
    "=",
    "<<",
]


@given(TEXTS)
def test_text_in_quotes_is_read_back(text: str) -> None:
    document, problems = read_yaml(f"name: {json.dumps(text, ensure_ascii=False)}\n", "x.yml")
    if document is None:  # refused for how its letters combine in the line, never changed in silence
        assert problems
    else:
        assert document.value == {"name": text}


@given(st.sampled_from(SURPRISES))
def test_surprises_stay_text(word: str) -> None:
    document, problems = read_yaml(f"- a: {word}\n", "x.yml")
    assert problems == []
    assert document
    assert document.value == [{"a": word}]


@given(st.decimals(-(10**9), 10**9, places=2))
def test_plain_decimals_are_numbers(number: object) -> None:
    document, _ = read_yaml(f"- {number}\n", "x.yml")
    assert document
    assert document.value == [float(str(number))]
