"""Which words of a call are a translator's own: known by the place of each argument, not by what it
says."""

from __future__ import annotations

import re
from inspect import Parameter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.content.call_grammar import parse_calls
from metropolis.content.macro_signature import MacroSignature, free_words
from metropolis.content.page import read_page
from metropolis.content.prose import find_passages
from metropolis.translation.exchange.protection import protect

_TEXT = {"kind": Parameter.POSITIONAL_OR_KEYWORD, "annotation": "str"}
SIGNATURES = {
    "term": MacroSignature(
        "term",
        (Parameter("id", **_TEXT), Parameter("wording", default="", **_TEXT)),
        {"id": frozenset({"axis", "board"})},
    ),
    "line": MacroSignature(
        "line", (Parameter("number", Parameter.POSITIONAL_OR_KEYWORD, annotation="int"),)
    ),
}
HEADER = '---\ntitle: "X"\ndescription: "X"\n---\n\n# X { #x }\n\n'


@pytest.mark.parametrize(
    "marked",
    [
        '{{ term("axis", "[axes]") }}',
        '{{ term("axis", "[axis]") }}',
        '{{ term("axis", wording="[axis]") }}',
        '{{ term(wording="[axis]", id="axis") }}',
        '{{ term(wording="[board]", id="axis") }}',
        '{{ term(wording = \'[l"axe"]\', id = "axis") }}',
        '{{ term("axis") }}',
        '{{ term("axis", "") }}',
        '{{ term("nowhere", "[mots]") }}',
        '{{ term("axis", "[axes]", "trop") }}',
        '{{ term("axis", other="axes") }}',
        "{{ line(1) }}",
        '{{ nothing("mots") }}',
    ],
)
def test_free_words(marked: str) -> None:
    """What stands in square brackets is free."""
    text = f"Un {marked} et {marked}."
    expected = [found[1] for found in re.finditer(r"\[(.*?)\]", text)]
    marks = [place for place, sign in enumerate(text) if sign in "[]"]
    wanted = [
        (start - 2 * pair, end - 2 * pair - 1)
        for pair, (start, end) in enumerate(zip(*[iter(marks)] * 2, strict=True))
    ]
    text = text.replace("[", "").replace("]", "")
    calls, _ = parse_calls(text)
    assert [place for call in calls for place in free_words(call, SIGNATURES)] == wanted
    page, _ = read_page("content/fr/x.md", "fr", "x", HEADER + text)
    half = expected[: len(expected) // 2]
    words = find_passages(page, SIGNATURES)[-1].words
    assert words.split() == " ".join(["Un", *half, "et", *half, "."]).split()
    pieces = protect(text, SIGNATURES)
    assert "".join(piece.text for piece in pieces) == text
    assert [piece.text for piece in pieces if not piece.is_fixed] == [
        "Un ",
        *half,
        " et ",
        *half,
        ".",
    ]


@given(
    st.lists(st.sampled_from(["axis", "board", "mots", "é’ü"]), max_size=4),
    st.booleans(),
    st.booleans(),
)
def test_places_are_those_of_the_values(texts: list[str], is_named: bool, has_space: bool) -> None:
    comma = ", " if has_space else ","
    given_ = [f'a{place}="{text}"' if is_named else f'"{text}"' for place, text in enumerate(texts)]
    text = f"{{{{ term({comma.join(given_)}) }}}}"
    (call,), problems = parse_calls(text)
    assert not problems
    assert (
        [text[start:end] for start, end in call.places]
        == [str(value) for value in call.values]
        == texts
    )
