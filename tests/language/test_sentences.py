"""Where sentences end: after words, and not after abbreviations, which are words of their own."""

from __future__ import annotations

import pytest

from metropolis.language.sentences import split_sentences


@pytest.mark.parametrize(
    ("locale", "sentences"),
    [
        ("es", ["Lo hace usted.", "Luego siga."]),  # "ed." is an abbreviation
        ("es", ["Vio la pared.", "La Dra. Paz salió."]),
        ("en", ["It is 2.5 m high.", "Mr. Smith agrees."]),
        ("fr", ["La 2e éd. Paris, 2010.", "M. Dupont est venu."]),
        ("en", ["😀 One.", "Two!", "Three?"]),
        ("xx", ["One.", "Two."]),
        ("fr", []),
    ],
)
def test_a_sentence_ends_after_a_word(locale: str, sentences: list[str]) -> None:
    assert split_sentences(" ".join(sentences), locale) == sentences
