"""Signs of other dialects are reported where they are printed, and signs that people mean are not.

Add a line to a table for a sign that is met next."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from metropolis.content.dialect_signs import SIGNS, Sign
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
    "GitLab, contents in brackets": ("[[TOC]]", "[[TOC]]"),
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
    "LaTeX, in a line": ("La formule \\(x\\).", "\\(x\\)"),
    "LaTeX, alone": ("\\[ a + b \\]", "\\[ a + b \\]"),
    "LaTeX, a letter": ("\\[x\\]", "\\[x\\]"),
    "LaTeX, of a variable": ("Une $x$.", "$x$"),
    "LaTeX, on lines of its own": ("$$\nx = 1\n$$", "$$"),
    "LaTeX, a command": ("\\newpage", "\\newpage"),
    "LaTeX, a letter by its name": ("Un \\alpha.", "\\alpha"),
    "GitLab, a formula": ("$`a`$", "$`a`$"),
    "GitHub, struck": ("Un ~mot~.", "~mot~"),
    "GitHub, a task without a bullet": ("[ ] à faire", "[ ]"),
    "GitHub, a task without a space": ("-[ ] à faire", "-[ ]"),
    "Obsidian, a block": ("Un mot. ^bloc1", "^bloc1"),
    "Obsidian, a width": ("![alt|100](carte.png)", "alt|100"),
    "Obsidian, a comment of a line": ("%% un mot", "%% un mot"),
    "Pandoc, a table": ("---- ----\na    b", "---- ----"),
    "Pandoc, a pause": (". . .", ". . ."),
    "MyST, a role": ("Un {ref}`a` :ref:`a`.", ":ref:"),
    "Notion, a Textile list": ("* un\n** deux", "**"),
    "an export, an escape of no sign": ("L\\’eau", "\\"),
    "an export, an escape of an entity": ("AT\\&T", "\\"),
    "Word, numbers without a space": ("1.Un\n2.Deux", "1."),
    "Word, letters and strokes": ("A/ un\nB/ deux", "A/"),
    "Word, Roman figures and dashes": ("I - un\nII - deux", "I -"),
    "Word, drawn arrows": ("➤ un\n➤ deux", "➤"),
    "items of items": ("- un\n-- deux", "--"),
    "RST, a heading": ("Titre\n^^^^^", "^^^^^"),
    "an editor, quotation marks for code": ("‘‘‘\nun mot\n‘‘‘", "‘‘‘"),
    "an editor, straight marks for code": ("'''python\nun mot\n'''", "'''"),
    "an editor, a dash for a rule": ("Un mot.\n\n———\n\nUn mot.", "———"),
    "an editor, dashes for a rule": ("– – –", "– – –"),
    "a rule of another sign": ("Un mot.\n\n=====\n\nUn mot.", "====="),
    "a box, curly marks": ("!!! note “Titre”\n    Un mot.", "!!! note “Titre”"),
    "a box, guillemets": ("!!! note « Titre »\n    Un mot.", "!!! note « Titre »"),
    "a box, single marks": ("!!! note 'Titre'\n    Un mot.", "!!! note 'Titre'"),
    "a box, a no-break space": ('!!!\xa0note "Titre"\n    Un mot.', '!!! note "Titre"'),
    "a box, a colon": ('!!! note: "Titre"\n    Un mot.', '!!! note: "Titre"'),
    "a box, words after its title": ('!!! note "Un" : deux', '!!! note "Un" : deux'),
    "a box, two signs": ('!! note "Titre"\n    Un mot.', '!! note "Titre"'),
    "RST, a link": ("`mot <https://example.org>`_", "`_"),
    "RST, a substitution": ("Un |mot| ici.", "|mot|"),
    "RST, code": ("Exemple ::", "::"),
    "AsciiDoc, items": (". un\n. deux", "."),
    "AsciiDoc, an image": ("image::a.png[]", "image::a.png[]"),
    "AsciiDoc, a link": ("xref:page.adoc[mot]", "xref:page.adoc[mot]"),
    "AsciiDoc, a box": ("[NOTE]\nUn mot.", "[NOTE]"),
    "AsciiDoc, a page's end": ("<<<", "<<<"),
    "Textile, a heading": ("h2. Titre", "h2."),
    "Textile, a quotation": ("bq. Un mot", "bq."),
    "Textile, an image": ("!image.png!", "!image.png!"),
    "Textile, inserted": ("Un +mot+.", "+mot+"),
    "Textile, struck": ("Un -mot-.", "-mot-"),
    "LaTeX, a formula in brackets": ("Soit \\[x\\].", "\\[x\\]"),
    "quotation marks for items": ("» un\n» deux", "»"),
    "Textile, code": ("Un @mot@.", "@mot@"),
    "Confluence, a link": ("[mot|https://example.org]", "[mot|https://example.org]"),
    "SPIP, a link": ("[mot->https://example.org]", "[mot->https://example.org]"),
    "DokuWiki, italics": ("Un //mot//.", "//mot//"),
    "DokuWiki, a note": ("Un mot((une note)).", "((une note))"),
    "Wikipedia, italics": ("Un ''mot''.", "''mot''"),
    "org-mode, bold": ("Un ##mot##.", "##mot##"),
    "Reddit, hidden": (">!mot!<", ">!mot!<"),
    "a comment of code": ("// un mot", "// un mot"),
    "a template": ("Un %mot%.", "%mot%"),
    "C++, a name": ("Un std ::mot ici.", "::mot"),
    "Word, a small o": ("o un\no deux", "o"),
    "Word, boxes": ("☐ un\n☑ deux", "☐"),
    "Word, arrows": ("→ un\n→ deux", "→"),
    "Word, figures and hyphens": ("1- un\n2- deux", "1-"),
    "Word, figures and degrees": ("1° un\n2° deux", "1°"),
    "Word, capital letters": ("A. un\nB. deux", "A."),
    "Word, Roman figures": ("IV. un\nV. deux", "IV."),
    "hyphens without a space": ("-un\n-deux", "-"),
    "a table without its rule": ("a | b\nc | d", "a | b"),
    "a link without its bracket": ("[mot]page.md)", "]"),
    "an image without its words": ("!(carte.png)", "!(carte.png)"),
    "a note without its end": ("Un mot[^note", "[^note"),
    "a note with a space": ("Un mot[^ note].", "[^ note]"),
    "a space in a link": ("[mot] (vision.md)", "[mot] (vision.md)"),
    "a link the other way round": ("(mot)[vision.md]", "(mot)[vision.md]"),
    "a link the other way round, to another site": (
        "(https://example.org)[mot]",
        "(https://example.org)[mot]",
    ),
    "a space in emphasis": ("Un *mot * seul.", "*mot *"),
    "an entity without its end": ("Un&nbsp mot.", "&nbsp"),
    "a bare address": ("Voir www.example.org.", "www.example.org"),
    "a bare e-mail": ("Écrire à ana@example.org.", "ana@example.org"),
}
MEANT = (
    "Ouvrez http://localhost:8080 ou https://127.0.0.1/a.",
    "5 $ et 6 $, 10 %, a_b_c, x*y*z, 3 * 4 * 5, C#, 2^3, ~5, =5=, 12:30:45, [1], [sic], […]",
    "R&D, AT&T, a (b) et [c] (d), M. (1) et (2), a) et b), – une incise – et l’autre",
    "– un tiret seul au début d’une ligne",
    "avant-\net après-guerre, short-\nor long-term, un mot -\nun autre, un trait-\n\nUn mot, l’e-\n- mail",
    "les notes \\[2\\] et \\[13\\], une incise -comme ici même- typographique, dire «\u202f:pserver:\u202f»",
    "[ana@example.org](mailto:ana@example.org) et [un mot](https://example.org/a_b_c)",
    "`~~mot~~`, `%%`, `[[page]]` et \\~~mot\\~~",
    "Le rapport 3:4, note : oui, « a:b »",
    "\\[sic\\], \\[…\\], \\(sic), C++, comme g++, *.socket et *.service, |x|, 5 $, 10 %, 5 % de 6 %",
    "C:\\Users\\ana, 1 200 – 1 300, un mot -- un autre, une ligne\n- deux, A. Dupont et B. Durand",
    '!!! note "Un titre"\n    Un mot.\n\n!!!tip ""\n    Un mot.\n\n!! Attention, « danger »',
    "- un\n- 5\xa0%\n\n1. un\n\n«\u202fUn\u202f» – deux – trois, 3.\xa0mai",
    "> 1. un\n> 2. deux\n\n> 15 mars 2020.\n> Suite.\n\n\\> 50 % et 5 > 4",
    "#Metropolis et @metropolis, R. Un\n(suite), Accueil | Contact, ... et la suite, l’a-t-on dit-il ?",
)
DRAWN = ("```mermaid\ngraph TD\n```", "~~~ math\nx\n~~~")


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


@pytest.mark.parametrize("words", DRAWN)
def test_code_that_other_sites_draw_is_reported(words: str) -> None:
    (found,) = reported(words)
    assert found == f"“{words.splitlines()[0]}” would come out as code: nothing is drawn."


@pytest.mark.parametrize("sign", SIGNS, ids=lambda sign: sign.form.pattern)
@settings(
    max_examples=20,
    suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow],
)
@given(data=st.data())
def test_no_text_without_its_part_has_a_sign(sign: Sign, data: st.DataObject) -> None:
    """Texts without the part are not searched."""
    text = data.draw(st.from_regex(sign.form))
    for found in sign.form.finditer(text):
        assert sign.part in found.string


OTHERWISE = {
    "a no-break space behind a bullet": ("-\xa0un\n-\xa0deux", "“-” begins no item"),
    "one behind a number": ("1.\u202fun", "“1.” begins no item"),
    "more than": ("Elle dépasse\n> 50 % des gens.", "“> 50” would begin a quotation"),
    "more than, at the head": ("> 1,5 million de gens.", "“> 1,5” would begin a quotation"),
    "an item that leaves its quotation": ("> - un\n- deux", "“-” would come out in the quotation"),
    "a word that a PDF cuts in two": ("La métro-\npole grandit.", "“métro-” would come out with"),
    "one in a quotation": ("> La métro-\n> pole grandit.", "“métro-” would come out with"),
    "a compound at a line's end": ("Un porte-\nparole.", "“porte-” would come out with"),
    "a line that looks empty": ("Un mot.\n\xa0\nUn mot.", "This line holds a no-break space"),
}


@pytest.mark.parametrize(("words", "what"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_sign_that_readers_would_get_otherwise_is_reported(words: str, what: str) -> None:
    assert next(iter(reported(words))).startswith(what)
