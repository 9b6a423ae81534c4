"""What is written in double quotes is read back as it was, whatever it is; surprises stay text."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from metropolis.data.fields import Label
from metropolis.strict_yaml.source import read_yaml

# Characters that a data file may hold: those that somebody sees, and what Unicode has not yet
# assigned.
HIDDEN = ["Cc", "Cf", "Cs", "Co", "Zl", "Zp"]
TEXTS = st.text(st.characters(exclude_categories=HIDDEN, exclude_characters="\ufffe\uffff")).map(
    lambda text: unicodedata.normalize("NFC", text)
)
SURPRISES = [
    "NO", "no", "yes", "on", "off", "Y", "012", "0x1F", "1e3", "12:30", "1985-06-01", "1_000", "+5",
    ".5", "=", "<<",
]  # fmt: skip


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**9), 10**9) | TEXTS | st.sampled_from(SURPRISES),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(TEXTS.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)
SPELLINGS: list[dict[str, Any]] = [
    {"default_flow_style": False},
    {"default_flow_style": True},
    {"default_flow_style": None, "width": 40},
    {"default_style": "'"},
    {"default_style": '"', "width": 20},
    {"default_style": "|"},
    {"default_style": ">", "width": 10},
]
# No comment, no empty line: each sign of it says something.
FILE = """- id: ada
  name: {fr: "Ada, d'ici", en: 'it''s "she"', es: Ella}
  tags: [a, "b", {c: d}]
  years:
  - 1985
  - yes
- id: bob
  note: |
    un
      deux
  empty: ""
"""


@given(VALUES, st.sampled_from(SPELLINGS))
def test_a_value_is_read_back_from_each_spelling(value: Any, spelling: dict[str, Any]) -> None:
    """What another program writes is read as it was meant, or refused."""
    text = yaml.safe_dump(value, allow_unicode=True, sort_keys=False, **spelling)
    document, problems = read_yaml(text, "x.yml")
    if document is None:
        assert problems
    elif "default_style" not in spelling:
        assert repr(document.value) == repr(value)
    else:  # a number in quotes is a text, and says so by a tag, which is refused
        assert document.value == value


@given(VALUES)
def test_json_is_read_as_it_is(value: Any) -> None:
    document, problems = read_yaml(json.dumps(value, ensure_ascii=False), "x.yml")
    if document is None:  # for a character that combines with the sign before it
        assert problems
    else:
        assert repr(document.value) == repr(value)


@pytest.mark.parametrize("sign", [*"#\"'[]{}?%!&*@`<", " #", "# ", " # x"])
@pytest.mark.parametrize("trailing_comments", [False, True])
def test_a_sign_that_is_put_anywhere_is_reported_or_seen(
    sign: str, trailing_comments: bool
) -> None:
    """Nothing is lost in silence: where the file is still read, its values say what was put
    there."""
    right = read_yaml(FILE, "x.yml")[0]
    assert right
    for place in range(len(FILE)):
        text = FILE[:place] + sign + FILE[place:]
        document, problems = read_yaml(text, "x.yml", trailing_comments=trailing_comments)
        assert (document is None) == bool(problems)
        if document and not (
            trailing_comments and is_comment(text, place + sign.index(sign.strip()))
        ):
            assert repr(document.value) != repr(right.value), text


def is_comment(text: str, place: int) -> bool:
    """Whether what stands at `place` is a comment that a person sees as one: after a space, at the
    end of a line."""
    rest = text[place:].split("\n", 1)[0]
    return text[place - 1 : place] in (" ", "\n") and rest.rstrip() in ("#", "# x")


@given(TEXTS)
def test_text_in_quotes_is_read_back_and_a_label_holds_it(text: str) -> None:
    document, problems = read_yaml(f"fr: {json.dumps(text, ensure_ascii=False)}\n", "x.yml")
    if document is None:
        # Refused for how its letters combine in the line, never changed in silence.
        assert problems
        return
    assert document.value == {"fr": text}
    if text and text == text.strip():
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
