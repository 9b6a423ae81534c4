"""Style that a rule can see: what is reported, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from metropolis.wording.style import find_style

SAME = "les métropoles du monde entier agissent ensemble"


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        (
            f"Aujourd’hui, {SAME}.\n\nC’est pourquoi {SAME} pour le climat.",
            [f"10:16: “{SAME}” stands on line 8 already. Say it once."],
        ),
        (
            f"Aujourd’hui, {SAME}.\n\nC’est pourquoi {SAME} ici.\n\nC’est bien, {SAME} là.",
            [
                f"10:16: “{SAME}” stands on line 8 already."
                " More of this page is said again: 1 time. Say it once."
            ],
        ),
        # A name may stand as often as it has to; six words may be the same by chance.
        ("Le Cadre de Sendai pour la réduction.\n\nAvec le Cadre de Sendai pour la réduction.", []),
        (
            "Les métropoles du monde entier agissent.\n\nLes métropoles du monde entier agissent.",
            [],
        ),
        # Small words are the same by chance, and so are codes.
        ("Il est possible de le faire ici.\n\nIl est possible de le faire là.", []),
        ("Somme a20391b12f7ff22.\n\nDe nouveau a20391b12f7ff22.", []),
        # Instructions begin alike; a sentence that is said again is not one of them.
        (
            "Sélectionnez cette option pour imprimer toutes les pages.\n\n"
            "Sélectionnez cette option pour imprimer toutes les lignes.",
            [],
        ),
        (
            "Cette section traite des considérations générales. Lisez-la.\n\n"
            "Cette section traite des considérations générales à prendre.",
            [],
        ),
        (
            "Cette fonctionnalité de démonstration reste incomplète aujourd’hui. Attendez.\n\n"
            "Cette fonctionnalité de démonstration reste incomplète aujourd’hui.",
            [
                "10:1: “Cette fonctionnalité de démonstration reste incomplète aujourd’hui” stands on line 8"
                " already. Say it once."
            ],
        ),
        # A caption may say what its image shows.
        (f"Aujourd’hui, {SAME}.\n\n![Ici, {SAME}](images/a.png)", []),
        # A path through menus is no sentence.
        (
            "Choisir Outils - Options avancées - Écriture - Format.\n\n"
            "Puis Outils - Options avancées - Écriture - Format.",
            [],
        ),
        # A list and a heading may say again what a text has said.
        (f"Aujourd’hui, {SAME}.\n\n- {SAME}", []),
        (
            "Elle écoute. Elle agit. Elle mesure. Elle publie.",
            ["8:38: 4 sentences in a row have at most 6 words. Join two of them."],
        ),
        (
            "Elle écoute. Elle agit. Elle mesure, compare et publie chaque année ce qu’elle a vu.",
            [],
        ),
        (
            "Une idée\u202f: agir. Et une autre\u202f: mesurer\u202f: les faits.",
            ["8:18: One sentence has two colons. Make two of it."],
        ),
        ("Remplissez les champs Largeur\u202f: et Hauteur\u202f: du formulaire.", []),
        ("Choisissez la Couleur\u202f: Noir ou la Taille\u202f: Grande.", []),
        ("À 14 h 30, une idée\u202f: agir ici\u202f!", []),
        # Nor are glosses in brackets, labels with their values, or the name of an icon.
        ("L’étoile (grec\u202f: Phosphoros (latin\u202f: Lucifer)) du matin\u202f: la voici.", []),
        ("Auteur\u202f: Anne, Rédaction\u202f: Service des villes, tél.\u202f: 42.", []),
        ("Graine\u202f: un Forme\u202f: deux Âge\u202f: trois Taille\u202f: dix", []),
        (
            "C’est faux, en effet\u202f: une expression en décrit d’autres\u202f: voici.",
            ["8:1: One sentence has two colons. Make two of it."],
        ),
        ("L’adresse fe80::a8bb:ccff%1 remplace un nom\u202f: essayez.", []),
        ("Note 1\u202f: un rappel utile\u202f: agir.", []),
        ("Conseil\u202f: un rappel utile\u202f: agir.", []),
        ("Utilisez ceci\u202f: le signe :point: ou un mot.", []),
        (
            "Une idée (agir) de plus\u202f: une autre, mesurer ce qui compte vraiment\u202f: les faits.",
            ["8:1: One sentence has two colons. Make two of it."],
        ),
        # An initial ends no sentence.
        ("Voir le livre de H. Brown, R. Bülow, J. Neubüser, H. Wondratschek et H. Zassenhaus.", []),
        # What leads to a list comes again, and so does a name; the parts of a sentence are alike.
        (f"Aujourd’hui, {SAME}\u202f:\n\n- A\n\nC’est bien, {SAME}\u202f:\n\n- B", []),
        (
            "Avec la Chambre Syndicale des Fabricants d’Aliments pour Chiens.\n\n"
            "Pour la Chambre Syndicale des Fabricants d’Aliments pour Chiens.",
            [],
        ),
        (
            "Plus de colonnes alignées correctement que celles du logiciel Aaa, "
            "moins de colonnes alignées correctement que celles du logiciel Bbb.",
            [],
        ),
        # A run over two sentences is there by chance, unless they go on alike.
        (
            "Nous étions mille développeurs. Cette version contenait environ cent paquets.\n\n"
            "Voici de nouveaux développeurs. Cette version contenait environ cent paquets.",
            [
                "10:19: “développeurs. Cette version contenait environ cent paquets” stands on line"
                " 8 already. Say it once."
            ],
        ),
        (
            "Nous étions mille développeurs. Cette version contenait environ cent paquets.\n\n"
            "Voici de nouveaux développeurs. Cette version contenait environ vingt ports.",
            [],
        ),
    ],
)
def test_case(words: str, problems: list[str], read: Callable[..., Any]) -> None:
    page, passages = read("fr", words)
    names = "cadre de sendai pour la réduction des risques"
    found = find_style(page, passages, names)
    assert [str(one.problem).split(".md:")[1] for one in found] == problems
