"""Words and their stems: plural and singular are one, and nothing else is."""

from __future__ import annotations

import pytest

from metropolis.wording.words import find_words, stem


@pytest.mark.parametrize(
    ("locale", "singular", "plural"),
    [
        ("fr", "axe", "axes"),
        ("fr", "réseau", "réseaux"),
        ("fr", "local", "locaux"),
        ("en", "axis", "axes"),
        ("en", "metropolis", "metropolises"),
        ("en", "city", "cities"),
        ("en", "process", "processes"),
        ("en", "response", "responses"),
        ("es", "eje", "ejes"),
        ("es", "línea", "líneas"),
        ("es", "acción", "acciones"),
        ("es", "voz", "voces"),
        ("pt", "ação", "ações"),
        ("pt", "cidade", "cidades"),
    ],
)
def test_a_plural_has_its_singulars_stem(locale: str, singular: str, plural: str) -> None:
    assert stem(singular, locale) == stem(plural, locale)


@pytest.mark.parametrize(
    ("locale", "one", "other"),
    [
        ("fr", "durable", "durabilité"),
        ("fr", "gouvernement", "gouvernance"),
        ("en", "sustain", "sustainable"),
    ],
)
def test_other_words_keep_their_own(locale: str, one: str, other: str) -> None:
    assert stem(one, locale) != stem(other, locale)


def test_acronyms_are_not_inflected() -> None:
    assert stem("ODS", "es") == "ODS"


def test_an_apostrophe_parts_and_a_hyphen_joins() -> None:
    assert [
        word.text for word in find_words("l’espace d'action franco-allemand, élu·e·s", "fr")
    ] == [
        "l",
        "espace",
        "d",
        "action",
        "franco-allemand",
        "élu·e·s",
    ]
