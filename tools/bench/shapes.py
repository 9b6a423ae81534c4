"""Shapes of pages that are dear to read: one sign without end, what opens and never closes, what
nests. To add a shape, add a line: its unit is repeated, `before`, `closing` (once for each unit)
and `after` around it.

A shape is tried in one piece, which is mostly refused, and as large as the limits of a page let it
be."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

HEADER = """---
title: "Vision"
description: "Ce que l’association veut atteindre, dit en mots simples et en une seule phrase."
---

# Vision { #vision }

"""


@dataclass(frozen=True)
class Shape:
    """`unit` repeated; a `№` in it becomes the repetition's number."""

    unit: str
    before: str = ""
    closing: str = ""
    after: str = ""

    def units(self, count: int, first: int = 0) -> str:
        """So many units with what stands around them."""
        units = [self.unit.replace("№", str(n)) for n in range(first, first + count)]
        return self.before + "".join(units) + self.closing * count + self.after

    def text(self, size: int) -> str:
        """About `size` characters, in one piece."""
        return self.units(
            max(1, (size - len(self.before + self.after)) // len(self.unit + self.closing))
        )


def _words(seed: int, count: int) -> str:
    """Words that no dictionary knows."""
    chance = Random(seed)
    return " ".join(
        "".join(chance.choices("abcdefghilmnoprstuv", k=chance.randint(4, 11)))
        for _ in range(count)
    )


_SIGNS = "[]()<>{}!#%&'*+-./:=?@\\^_`|~\"«»“”’–¿¡1Aa "
SHAPES: dict[str, Shape] = {
    # One sign or word.
    **{f"sign {sign!r}": Shape(sign) for sign in _SIGNS + "$,;…·ea1٣é²￼\u00a0\u202f\u00ad"},
    **{f"sign and space {sign!r}": Shape(f"{sign} ") for sign in _SIGNS},
    **{f"sign and letter {sign!r}": Shape(f"{sign}a") for sign in _SIGNS},
    **{f"letter, sign and space {sign!r}": Shape(f"a{sign} ") for sign in _SIGNS},
    **{f"line of sign {sign!r}": Shape(f"{sign}\n") for sign in _SIGNS},
    # Spaces.
    "spaces before a word": Shape(" ", after="x"),
    "spaces in a paragraph": Shape(" ", "a", after="b"),
    "no-break spaces in a paragraph": Shape("\u00a0", "a", after="b"),
    "spaces before a high sign": Shape(" ", "a", after="a;"),
    "spaces before a closing guillemet": Shape(" ", "« a", after="»"),
    "spaces in a heading": Shape(" ", "## a", after="b { #abc }"),
    "spaces and words in a heading": Shape("a ", "## a ", after="b { #abc }"),
    "spaces before a heading's anchor": Shape(" ", "## a", after="{ #abc }"),
    "spaces after the mark of a heading": Shape(" ", "##", after="b { #abc }"),
    "anchors in a heading": Shape("{ #a№ } ", "## a "),
    "spaces in a list of attributes": Shape(" ", "*a*{ .a", after=".b }"),
    "classes in a list of attributes": Shape(" .a", "*a*{", after=" }"),
    "spaces in braces": Shape(" ", "{", after="}"),
    "spaces at ends of lines": Shape("a      \n"),
    "lines of spaces": Shape("      \n"),
    "spaces in a tag": Shape(" ", '<span lang="en"', after=">a</span>"),
    "spaces in a bullet": Shape(" ", "-", after="a"),
    "spaces in a quotation": Shape(" ", ">", after="a"),
    "spaces in a call": Shape(" ", "{{ figure(", after='"members") }}'),
    "spaces in a row": Shape(" ", "|", after="a|\n|-|\n"),
    "spaces in a rule": Shape(" ", "a\n\n-", after="-\n"),
    "spaces under a line": Shape(" ", "a\n", after="x-"),
    "spaces in a box": Shape(" ", "!!! note", after="x"),
    "empty lines": Shape("\n"),
    "indented lines": Shape("    a\n"),
    "deeper and deeper lines": Shape("    ", after="a"),
    # Brackets, links, notes.
    "open brackets with letters": Shape("[a"),
    "open brackets and emphasis": Shape("[ a_"),
    "brackets in brackets": Shape("[", closing="]"),
    "links in links": Shape("[", closing="](a.md)"),
    "images in links": Shape("[![", closing="](a.png)](a.md)"),
    "links, open": Shape("[a]("),
    "links, opened by an address": Shape("[a](b"),
    "links, unclosed address": Shape("](a"),
    "links": Shape("[la vision](vision.md#vision) "),
    "links with long addresses": Shape("a/", "[a](", after="b.md)"),
    "addresses of entities": Shape("&a", "[a](", after=")"),
    "references": Shape("[a][b] "),
    "references, open": Shape("[a]["),
    "definitions": Shape("[a№]: b\n"),
    "definitions, open": Shape("[a]:"),
    "definitions behind marks of quotations": Shape("> ", closing="[a]:"),
    "definitions without a line": Shape("[a]: b "),
    "images": Shape("![a](images/a.png) "),
    "images, open": Shape("!["),
    "images with one address": Shape("![b](b.png) ", "![a](a.png)"),
    "notes, open": Shape("[^"),
    "notes, half open": Shape("[^a "),
    "marks of notes": Shape("[^1] ", after="\n\n[^1]: a\n"),
    "marks of many notes": Shape("[^№]"),
    "texts of notes": Shape("[^№]: a\n"),
    "texts of notes apart": Shape("[^№]: a\n\n"),
    "notes with their texts": Shape("a[^№]\n\n[^№]: b\n\n"),
    "names of notes": Shape("a", "[^", after="]"),
    "a note of many paragraphs": Shape("\n    a\n", "a[^1]\n\n[^1]: a\n"),
    "notes in notes": Shape("[^1]: "),
    # Emphasis and code.
    "stars, open": Shape("*a **a "),
    "stars, nested": Shape("*a ", closing="a*"),
    "stars, doubled": Shape("**a ", closing="a**"),
    "stars and lines": Shape("*a _b "),
    "underlines": Shape("_a_ __b__ "),
    "stars without spaces": Shape("*a**b***"),
    "stars between letters": Shape("a*"),
    "stars in both ways": Shape("*", after="a", closing="*"),
    "underlines in words": Shape("a_a"),
    "code": Shape("`a` "),
    "code, open": Shape("`a ``"),
    "code of growing ticks": Shape("`a``b```c````d"),
    "backslashes": Shape("\\\\"),
    "backslashes and ticks": Shape("\\\\`"),
    "escapes": Shape("\\*"),
    "fences": Shape("```\na\n```\n"),
    "fences, open": Shape("```\n\n~~~\n\n"),
    "fences before sentences": Shape("```a\n\nA b.\n\n"),
    "fences that begin no block": Shape("``` {a}\n\nA b.\n\n"),
    "a paragraph again and again": Shape(
        "Cette [association](vision.md) accompagne partout les grandes métropoles du monde.\n\n"
    ),
    "fences of ticks": Shape("`", "```", after="\n"),
    "code of a declaration": Shape("`<![>` "),
    "entities": Shape("&amp;"),
    "entities, open": Shape("&a"),
    "entities of digits": Shape("1", "&#", after=";"),
    # Tags.
    "q, open": Shape("<q "),
    "q": Shape("<q>a</q> "),
    "q, nested": Shape("<q>", closing="</q>"),
    "span, open": Shape('<span lang="en">'),
    "span": Shape('<span lang="en">a</span> '),
    "span, nested": Shape('<span lang="en">', closing="</span>"),
    "span, tall": Shape('<span lang="en">\n', closing="</span>\n"),
    "attributes": Shape(' lang="en"', "<span", after=">a</span>"),
    "half attributes": Shape(" lang=", "<span", after=">"),
    "abbr, open": Shape('<abbr title="'),
    "abbr": Shape('<abbr title="A B">AB</abbr> '),
    "abbr, long": Shape("a ", '<abbr title="', after='">a</abbr>'),
    "closing tags": Shape("</q>"),
    "comments": Shape("<!--"),
    "comments, closed": Shape("<!-- a -->"),
    "declarations": Shape("<![a"),
    "instructions": Shape("<?a"),
    "unknown tags": Shape("<a№>"),
    "addresses in angles": Shape("<a@b"),
    "addresses in angles, closed": Shape("<a@b.c> "),
    "less than": Shape("a < b "),
    "br": Shape("a<br>"),
    # Blocks.
    "headings in adjacent lines": Shape("## a { #a№ }\n"),
    "headings": Shape("## a { #a№ }\n\n"),
    "headings with text": Shape("## Paix { #a№ }\n\nUn mot.\n\n"),
    "headings with one anchor": Shape("## a { #a }\n\n"),
    "headings without anchor": Shape("## a\n\n"),
    "headings without space": Shape("#a\n"),
    "underlined": Shape("a\n-\n"),
    "underlined by spaces": Shape("a \n > "),
    "rules": Shape("---\n\n"),
    "paragraphs": Shape("Un mot.\n\n"),
    "paragraphs of one letter": Shape("a\n\n"),
    "lines": Shape("Un mot.\n"),
    "items": Shape("- a\n"),
    "items apart": Shape("- a\n\n"),
    "items in items on a line": Shape("- ", after="a"),
    "numbers in numbers on a line": Shape("1. ", after="a"),
    "quotations in quotations": Shape("> ", after="a"),
    "quotations in quotations, close": Shape(">", after=" a"),
    "quotations and items": Shape("> - ", after="a"),
    "quotations": Shape("> a\n"),
    "quotations apart": Shape("> a\n\n"),
    "numbered items": Shape("1. a\n"),
    "items, each deeper": Shape("- a\n    - b\n        - c\n"),
    "items of paragraphs": Shape("- a\n\n    b\n\n"),
    "items with headings": Shape("- # a\n"),
    "definitions of words": Shape("a\n: b\n\n"),
    "definitions on a line": Shape(": a", "a\n"),
    "definitions in definitions": Shape(": ", "a\n", after="a"),
    "colons and letters": Shape(": a:a"),
    "boxes": Shape("!!! note\n    a\n\n"),
    "boxes with titles": Shape('!!! note "a"\n\n    a\n\n'),
    "boxes in boxes": Shape("    ", '!!! note\n', after="!!! note"),
    "rows": Shape("| a | b |\n", "| a | b |\n|---|---|\n"),
    "columns": Shape("| a ", "", closing="|---", after="|\n"),
    "heads of tables": Shape("| a |\n|---|\n"),
    "heads of tables apart": Shape("| a |\n|---|\n| b |\n\n"),
    "bars": Shape("|", "|a|b|\n|-|-|\n"),
    "bars of ticks": Shape("`|", "|a|b|\n|-|-|\n"),
    "empty rows": Shape("|\n", "|a|b|\n|-|-|\n"),
    "columns without rows": Shape("|-", "| a | b |\n"),
    "dashes of a head": Shape("-", "| a |\n|", after="|\n| b |\n"),
    "snippets": Shape("--8<-- "),
    "merge marks": Shape("<<<<<<<"),
    "attribute lists alone": Shape("{ .a }\n"),
    "attribute lists on code": Shape("`a`{ .a }"),
    "braces": Shape("{ a "),
    "braces, closed": Shape("{ a } "),
    "dots": Shape("... "),
    # Calls.
    "calls": Shape('{{ figure("members") }} '),
    "arguments": Shape('"members", ', "{{ figure(", after='"members") }}'),
    "arguments, unknown": Shape('"a№", ', "\n{{ key_figures(", after='"members") }}\n'),
    "arguments, named": Shape('a№="b", ', "{{ figure(", after='id="members") }}'),
    "arguments, open": Shape('"a", ', "{{ figure("),
    "a long argument": Shape("a", '{{ term("axis", "', after='") }}'),
    "spaces of an argument": Shape(" ", '{{ term("axis", "a', after='b") }}'),
    "calls, open": Shape("{{ a("),
    "calls, wrong": Shape("{{ a( 'b' ) }}"),
    "calls, unknown": Shape('{{ nothing№("a") }}\n\n'),
    "calls of terms": Shape('{{ term("axis", "axe") }} '),
    "calls in code": Shape('`{{ figure("members") }}` '),
    "block calls": Shape("{{ timeline() }}\n\n"),
    "block calls on a line": Shape("{{ timeline() }} a "),
    "comments of Jinja": Shape("{#"),
    "anchors of Jinja": Shape("{#a} "),
    "statements of Jinja": Shape("{% a %}"),
    "names of calls": Shape("a", "{{ ", after="() }}"),
    # Words, numbers, dates.
    "a word": Shape("a"),
    "a word of capitals": Shape("A"),
    "a word with hyphens": Shape("a-"),
    "a word with middle dots": Shape("a·"),
    "a word with apostrophes": Shape("l’"),
    "a word with dots": Shape("a."),
    "a word that ends in -ize": Shape("iz", "a", after="e"),
    "a word of iz": Shape("aiz"),
    "a name": Shape("Aa"),
    "names": Shape("Abcd "),
    "an unknown word": Shape("marhaloux "),
    "long sentences that begin alike": Shape(f"{_words(2, 1_000)} №.\n\n"),
    "unknown words": Shape(_words(1, 1_000) + " "),
    "unknown words of one form": Shape("marha№loux "),
    "unknown words of letters": Shape("qjxzk "),
    "digits": Shape("1"),
    "numbers": Shape("1 "),
    "numbers in groups": Shape("1 000 "),
    "numbers with points": Shape("1,1."),
    "numbers with hyphens": Shape("1-2 "),
    "large numbers": Shape("999"),
    "many numbers": Shape("1№ mots. "),
    "small numbers": Shape("deux 2. "),
    "percentages": Shape("12 % "),
    "scales": Shape("12 millions "),
    "scales without end": Shape("1 million million "),
    "decades": Shape("années 60 "),
    "dates": Shape("le 12 mai 2020 "),
    "months": Shape("mai "),
    "years": Shape("1985-1990 "),
    "years with dashes": Shape("1985–1990 "),
    "times": Shape("10:30 "),
    "addresses": Shape("www.a.org "),
    "addresses, open": Shape("www."),
    "schemes": Shape("https://"),
    "mail": Shape("a@b.c "),
    "mail without end": Shape("a@a."),
    "mail of hyphens": Shape("a@-"),
    "hosts": Shape("a.org "),
    "icons": Shape(":a:"),
    "icons, open": Shape(":a-"),
    "tags of a service": Shape("#a "),
    "sentences": Shape("Nous avançons ensemble vers une ville plus juste. "),
    "sentences in English": Shape(
        "We move together towards a fairer city, and nobody is left behind. "
    ),
    "sentences of abbreviations": Shape("M. "),
    "one sentence": Shape("nous avançons ensemble "),
    "terms": Shape("le Conseil d’administration "),
    "quotations, straight": Shape('"a '),
    "quotations, straight and closed": Shape('"a" '),
    "quotations, straight, of spaces": Shape('" '),
    "guillemets": Shape("« a » "),
    "guillemets, open": Shape("« "),
    "guillemets, closing": Shape(" »"),
    "guillemets in guillemets": Shape("« a ", closing=" »"),
    "quotation marks": Shape("“a” "),
    "quotation marks, open": Shape("“a "),
    "quotation marks, doubled": Shape("“““"),
    "apostrophes, straight": Shape("l'a "),
    "questions": Shape("a? "),
    "signs": Shape("?!"),
    "signs and spaces": Shape("a ? ! "),
    "Spanish questions": Shape("¿a? "),
    "dashes": Shape("a - b "),
    "dashes without end": Shape("-- "),
    "commas": Shape("a , b "),
    "inclusive forms": Shape("élu(e)s "),
    "inclusive forms, open": Shape("a(e)"),
    "inclusive hyphens": Shape("a-e-s"),
    "inclusive words": Shape("les hommes et les "),
    "at signs": Shape("a@s "),
    # Characters.
    "combining marks": Shape("\u0301", "a"),
    "combining marks of many classes": Shape("\u0301\u0323", "a"),
    "combining marks, each on a letter": Shape("q\u0301"),
    "combining marks, ten on a letter": Shape("q" + "\u0323\u0301" * 5),
    "Hangul": Shape("\u1100\u1161\u11a8"),
    "emoji": Shape("👍🏽 "),
    "controls": Shape("\x1b"),
    "controls in lines": Shape("a\x07\n"),
    "tabs": Shape("\ta"),
    "carriage returns": Shape("\r"),
    "separators": Shape("\u2028"),
    "directions": Shape("\u202ea\u202c"),
    "soft hyphens": Shape("a\u00ad"),
    "signs outside": Shape("\U0001d49c"),
    "placeholders of Markdown": Shape("klzzwxh:0000 "),
}  # fmt: skip
