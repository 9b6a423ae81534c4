"""Short words with hyphens stay on one line; nothing else of a page changes."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metropolis.web.unbroken_words import keep_words_whole

KEPT = [
    "COVID-19", "2021-2023", "2021–2023", "1984-2020", "vis-à-vis", "sub-themes", "UN-Habitat", "lui-même",
    "3166‐1", "e-mail", "2026-11-26", "SHA-256", "Île-de-France",
]  # fmt: skip
BREAKING = [
    "Addis-Abeba",
    "rendez-vous",
    "anti-corruption",
    "non-governmental",
    "word",
    "–",
    "-",
    "a –",
    "12 - 13",
    "-5",
]
SIGNS = [("", ","), ("(", ")"), ("«\u202f", "\u202f»"), ("l’", "."), ("“", "”,")]


def body(text: str) -> str:
    return f"<html><head><title>Plan 2021-2023</title></head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize("word", KEPT)
@pytest.mark.parametrize("signs", SIGNS, ids=repr)
def test_a_short_word_with_a_hyphen_is_kept_whole(word: str, signs: tuple[str, str]) -> None:
    marked = re.findall(
        r'<span class="whole">(\S*)</span>', keep_words_whole(body(word.join(signs)))
    )
    assert len(marked) == 1
    assert word in marked[0]


@pytest.mark.parametrize("word", BREAKING)
def test_any_other_word_may_break(word: str) -> None:
    assert keep_words_whole(body(word)) == body(word)


@pytest.mark.parametrize(
    "html",
    [
        '<a href="/a-1/" title="COVID-19">x</a>',
        '<div data-filters=".list > div" data-count="{n} of 2021-2023"></div>',
        "<svg><text>2021-2023</text></svg>",
        "<option>2021-2023</option>",
        "<pre><code>x-1</code></pre>",
        "<script>let a = b-1;</script>",
    ],
)
def test_attributes_drawings_and_code_stay_as_they_are(html: str) -> None:
    assert keep_words_whole(body(html)) == body(html)


@given(st.text(alphabet="ab1-–\u2010 ’(&;é\u00a0", max_size=30))
def test_the_text_is_the_same_without_the_spans(text: str) -> None:
    kept = keep_words_whole(body(text))
    assert re.sub(r'<span class="whole">(\S*?)</span>', r"\1", kept) == body(text)
