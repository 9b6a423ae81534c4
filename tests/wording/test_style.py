"""Style that a rule can see: what is reported, and what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from metropolis.wording.style import find_style

SAME = "Les métropoles du monde entier agissent ensemble."
WRAPPED = SAME.replace(" du", "\ndu")


@pytest.mark.parametrize(
    ("words", "problems"),
    [
        # A sentence that a paragraph says twice, or a paragraph that stands there twice.
        (
            f"{SAME} La suite est autre. {SAME}",
            [f"8:71: “{SAME}” stands on line 8 already. Say it once."],
        ),
        (
            f"{SAME} Oui.\n\n{SAME} Oui.",
            [f"10:1: “{SAME} Oui.” stands on line 8 already. Say it once."],
        ),
        (
            f"{SAME}\n\n{WRAPPED}",
            [f"10:1: “{SAME}” stands on line 8 already. Say it once."],
        ),
        # Further on, a manual says it again on purpose, and so do parts of a sentence.
        (f"{SAME}\n\nUne autre phrase.\n\n{SAME}", []),
        (f"Aujourd’hui, {SAME[:-1]}.\n\nC’est pourquoi {SAME[:-1]} ici.", []),
        (f"Aujourd’hui, {SAME[:-1]}. C’est pourquoi {SAME[:-1]} ici.", []),
        (f"{SAME}\n\n## Titre {{ #titre }}\n\n{SAME}", []),
        # Few or small words, a line that leads to code, other code, items of a list.
        ("Oui, il le faut. Mais non. Oui, il le faut.", []),
        ("Il est possible de le faire ici. Oui. Il est possible de le faire ici.", []),
        (f"{SAME[:-1]}\u202f:\n\n```\na\n```\n\n{SAME[:-1]}\u202f:\n\n```\nb\n```", []),
        (
            "L’option `a` désactive toutes les fonctions avancées du programme.\n\n"
            "L’option `b` désactive toutes les fonctions avancées du programme.",
            [],
        ),
        (f"- {SAME}\n- {SAME}", []),
        (
            "Elle écoute. Elle agit. Elle mesure. Elle publie.",
            ["8:38: 4 sentences in a row have at most 6 words. Join two of them."],
        ),
        (
            "Elle écoute. Elle agit. Elle mesure, compare et publie chaque année ce qu’elle a vu.",
            [],
        ),
        (
            "Elle\nécoute. Elle\nagit. Elle mesure. Elle publie.",
            ["10:20: 4 sentences in a row have at most 6 words. Join two of them."],
        ),
        # The end of a line ends no sentence; questions and references are none of a chain.
        ("Cette ligne est\ncoupée après peu\nde mots, et\nla phrase est\nlongue.", []),
        ("Que dit le texte ? Quel est le thème ? Le livre ? Et la ville ?", []),
        ("Voir la définition (p. 879). 680. Haptomai, de hapto. Cf. p. 12.", []),
        ("Non ! Non. Oui. Elle agit ici.", []),
        (
            "Une idée\u202f: agir. Et une autre\u202f: mesurer\u202f: les faits.",
            ["8:18: One sentence has two colons. Make two of it."],
        ),
        ("Remplissez les champs Largeur\u202f: et Hauteur\u202f: du formulaire.", []),
        ("Si l’option Nombre mixte\u202f: de la section Réponse\u202f: est active, cliquez.", []),
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
        ("Il est facile de corriger cela : vérifiez que **Opacité : Capturer** est actif.", []),
        ("Elle renvoie une chaîne : [Table 35 : opérateur](https://example.org/).", []),
        ("Une idée le dit : « Ville : agir » est son nom.", []),
        (
            "Et une **autre** idée : mesurer **bien** ceci : les faits.",
            ["8:1: One sentence has two colons. Make two of it."],
        ),
        # An initial ends no sentence.
        ("Voir le livre de H. Brown, R. Bülow, J. Neubüser, H. Wondratschek et H. Zassenhaus.", []),
    ],
)
def test_case(words: str, problems: list[str], read: Callable[..., Any]) -> None:
    page, passages = read("fr", words)
    found = find_style(page, passages)
    assert [str(one.problem).split(".md:")[1] for one in found] == problems
