"""What is written in double quotes is read back as it was, whatever it is; surprises stay text."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from metropolis.data.models import Label
from metropolis.data.yaml_source import read_yaml

# Characters that a data file may hold: those that somebody sees, and what Unicode has not yet assigned.
HIDDEN = ["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]
TEXTS = st.text(st.characters(exclude_categories=HIDDEN, exclude_characters="\ufffe\uffff")).map(
    lambda text: unicodedata.normalize("NFC", text)
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


@given(TEXTS.filter(lambda text: bool(text) and text == text.strip()))
def test_a_label_holds_the_text_that_was_written(text: str) -> None:
    document, problems = read_yaml(f"fr: {json.dumps(text, ensure_ascii=False)}\n", "x.yml")
    if document is None:
        assert problems
    else:
        assert Label.model_validate(document.value, context={"locales": ("fr",)})["fr"] == text


@given(st.characters(categories=["Cc", "Cf", "Co", "Zl", "Zp"], exclude_characters="\n\t\r\u00ad"))
def test_what_nobody_sees_is_refused(character: str) -> None:
    """As it stands in the file, and in a value where an escape made it."""
    assert read_yaml(f'fr: "a{character}b"\n', "x.yml")[1]
    with pytest.raises(ValidationError):
        Label.model_validate({"fr": f"a{character}b"})


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
