"""Signs of other dialects are reported where they are printed, and signs that people mean are not.

Add a line to a table for a sign that is met next."""

from __future__ import annotations

import pytest

from metropolis.content.dialects import check_dialects
from metropolis.content.page import read_page

PRINTED = {
    "Obsidian, a comment": ("Un %%mot%%.", "%%mot%%"),
    "Obsidian, an image": ("![[image.png]]", "![[image.png]]"),
    "Obsidian, a page": ("Une [[vision|page]].", "[[vision|page]]"),
    "Obsidian, a box": ("> [!tip]- Titre", "[!tip]"),
    "GitHub, a box": ("> [!NOTE]", "[!NOTE]"),
    "GitHub, an emoji": ("Un :smile:.", ":smile:"),
    "GitLab, contents": ("[[_TOC_]]", "[[_TOC_]]"),
    "Material, an icon": ("Un :material-check-circle:.", ":material-check-circle:"),
    "Material, tabs": ('=== "Titre"', '=== "Titre"'),
    "Material, folded": ("??? note", "???"),
    "PyMdown, blocks": ("/// note", "///"),
    "PyMdown, inserted": ("Un ++mot++.", "++mot++"),
    "PyMdown, marked": ("Un ==mot==.", "==mot=="),
    "PyMdown, raised": ("x^2^", "^2^"),
    "PyMdown, lowered": ("H~2~O", "~2~"),
    "Pandoc, a block": ("::: note", ":::"),
    "Pandoc, a source": ("Selon [@ana2020, p. 3].", "[@ana2020, p. 3]"),
    "Pandoc, letters": ("a) un\nb) deux", "a)"),
    "Markdown-it, contents": ("[toc]", "[toc]"),
    "Wikipedia, a heading": ("== Titre ==", "== Titre =="),
    "Wikipedia, bold": ("Un '''mot'''.", "'''mot'''"),
    "reStructuredText": (".. note:: Un mot.", ".. note::"),
    "a forum": ("[b]Un mot[/b]", "[b]Un mot[/b]"),
    "Discord": ("Un ||mot||.", "||mot||"),
    "LaTeX": ("La formule $$x$$.", "$$x$$"),
    "Word, bullets": ("• un", "•"),
    "Word, dashes": ("– un\n– deux", "–"),
    "Word, numbers": ("(1) un\n(2) deux", "(1)"),
    "a space in a link": ("[mot] (vision.md)", "[mot] (vision.md)"),
    "a link the other way round": ("(mot)[vision.md]", "(mot)[vision.md]"),
    "a space in emphasis": ("Un *mot * seul.", "*mot *"),
    "an entity without its end": ("Un&nbsp mot.", "&nbsp"),
    "a bare address": ("Voir www.example.org.", "www.example.org"),
    "a bare e-mail": ("Écrire à ana@example.org.", "ana@example.org"),
}
MEANT = (
    "5 $ et 6 $, 10 %, a_b_c, x*y*z, 3 * 4 * 5, C#, 2^3, ~5, =5=, 12:30:45, [1], [sic], […]",
    "R&D, AT&T, a (b) et [c] (d), M. (1) et (2), a) et b), – une incise – et l’autre",
    "– un tiret seul au début d’une ligne",
    "[ana@example.org](mailto:ana@example.org) et [un mot](https://example.org/a_b_c)",
    "`~~mot~~`, `%%`, `[[page]]` et \\~~mot\\~~",
    "Le rapport 3:4, note : oui, « a:b »",
)


def reported(words: str) -> list[str]:
    page, _ = read_page("content/fr/x.md", "fr", "x", f"# X {{ #x }}\n\n{words}\n")
    return [problem.what for problem in check_dialects(page)]


@pytest.mark.parametrize(("words", "sign"), PRINTED.values(), ids=PRINTED)
def test_a_sign_that_would_be_printed_is_reported(words: str, sign: str) -> None:
    found = reported(words)
    assert found
    assert f"“{sign}”" in found[0]
    assert "would be printed as it stands" in found[0]


@pytest.mark.parametrize("words", MEANT)
def test_signs_that_people_mean_are_let_be(words: str) -> None:
    assert reported(words) == []
