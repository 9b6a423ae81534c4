"""How a text is split into the words that people type."""

from __future__ import annotations

import pytest

from metropolis.language.collation import split


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("L’égalité, l'Observatoire", ["egalite", "observatoire"]),
        ("Cœur, ŒUVRE et æther", ["coeur", "oeuvre", "et", "aether"]),
        ("PM2,5 et PM2.5", ["pm2", "5", "et", "pm2", "5"]),
        ("São Paulo – Łódź, Diyarbakır", ["sao", "paulo", "lodz", "diyarbakir"]),
        ("#MetroGovernance snake_case", ["metrogovernance", "snake", "case"]),
        ("a l d’", []),
        ("7 octobre", ["7", "octobre"]),
        ("", []),
    ],
)
def test_words_have_no_accents_ligatures_or_elisions(text: str, words: list[str]) -> None:
    assert split(text) == words
