"""A book's text as it is heard, and what it lacks of its HTML."""

from __future__ import annotations

from typing import Any

import pikepdf
from book_text import structure_text

from metropolis.pdf.text import TextSection, letters, lost_text

from .conftest import changed


def test_the_text_comes_by_heading(sample: bytes) -> None:
    found = structure_text(sample)
    assert [(section.level, letters(section.heading)) for section in found] == [
        (1, "livred’essai"),
        (1, "sommaire"),
        (1, "texte"),
        (2, "notes"),
        (1, "tableaux"),
        (2, "long"),
        (2, "large"),
        (3, "figures"),
    ]
    assert found[0].text == "Pour les contrôles"
    assert letters(found[7].text) == letters(
        "Un rectangle dessiné Légende du dessin Image Un point d’une seule couleur dans le texte."
    )


def test_an_actual_text_is_heard_instead(sample: bytes) -> None:
    def change(pdf: Any) -> None:
        pdf.Root.StructTreeRoot.K[0].K[0].K[0].ActualText = "Livre lu autrement"

    assert structure_text(changed(sample, change))[0].heading == "Livre lu autrement"


def test_text_before_the_first_heading_stands_at_level_0(sample: bytes) -> None:
    def change(pdf: Any) -> None:
        pdf.Root.StructTreeRoot.K[0].K[0].K[0].S = pikepdf.Name.P

    found = structure_text(changed(sample, change))
    assert found[0] == TextSection("", 0, "Livre d’essaiPour les contrôles")


def test_a_file_without_tags_says_nothing(sample: bytes) -> None:
    def change(pdf: Any) -> None:
        del pdf.Root["/StructTreeRoot"]

    assert structure_text(changed(sample, change)) == []


def test_letters_are_without_white_space_hyphens_and_capitals() -> None:
    assert (
        letters("Du Bel\u00adgrade\u202f: l’anti\u2010\nmissile, avant-garde")
        == "dubelgrade:l’antimissile,avantgarde"
    )


def test_what_is_lost_is_told_and_the_rest_is_still_found() -> None:
    book = [TextSection("Titre", 1, "Un premier texte, • une liste (p. 12).Un dernier texte.")]
    html = """<html><body><h1>Titre</h1><p>Un premier <em>texte</em>, </p><p>Un passage perdu</p>
    <ul><li>une liste</li></ul><p>.</p><p>Un dernier texte.</p></body></html>"""
    assert lost_text(book, html) == ["Un passage perdu"]


def test_what_stands_elsewhere_is_not_in_its_place() -> None:
    book = [TextSection("Titre", 1, "Deux. Un.")]
    assert lost_text(book, "<html><body><h1>Titre</h1><p>Un.</p><p>Deux.</p></body></html>") == [
        "Deux."
    ]


def test_what_no_page_shows_is_not_looked_for() -> None:
    html = """<html><head><title>Fenêtre</title></head><body><style>p { color: red }</style><p hidden>Caché</p>
    <p>Visible <svg><title>Une carte</title><text>Paris</text></svg><img alt="Une image" src="x"></p></body></html>"""
    assert lost_text([TextSection("", 0, "Visible Une carte Une image")], html) == []
