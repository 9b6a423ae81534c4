"""What macros write is stored while Markdown works: no label is ever Markdown, wherever the call
stands."""

from __future__ import annotations

from html import unescape
from pathlib import Path

import markdown
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from metropolis.content.placeholders import Placeholders
from metropolis.markup import element

ROOT = Path(__file__).parents[2]


def extensions() -> tuple[list[str], dict[str, dict[str, object]]]:
    """The site's own, and those that MkDocs adds."""
    listed = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))["markdown_extensions"]
    configured = {
        name: options for one in listed if isinstance(one, dict) for name, options in one.items()
    }
    return [
        "fenced_code",
        *(name for one in listed for name in ([one] if isinstance(one, str) else one)),
    ], configured


NAMES, OPTIONS = extensions()

# Where a call may stand: Markdown with CALL in it, and the HTML that comes of it.
PLACES = {
    "paragraph": ("CALL", "<p>CALL</p>"),
    "between words": ("Avec CALL, ici.", "<p>Avec CALL, ici.</p>"),
    "emphasis": (
        "*CALL* **CALL** _CALL_",
        "<p><em>CALL</em> <strong>CALL</strong> <em>CALL</em></p>",
    ),
    "head of a second line": ("Texte\nCALL", "<p>Texte\nCALL</p>"),
    "item": ("- CALL\n- CALL", "<ul>\n<li>CALL</li>\n<li>CALL</li>\n</ul>"),
    "quotation": ("> CALL", "<blockquote>\n<p>CALL</p>\n</blockquote>"),
    "heading": ("## CALL { #x }", '<h2 id="x">CALL</h2>'),
    "words of a link": ("[CALL](vision.md)", '<p><a href="vision.md">CALL</a></p>'),
    "cell": (
        "| a | b |\n|---|---|\n| CALL | x |",
        (
            "<table>\n<thead>\n<tr>\n<th>a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td>CALL</td>\n<td>x</td>\n"
            "</tr>\n</tbody>\n</table>"
        ),
    ),
    "definition": ("Mot\n:   CALL", "<dl>\n<dt>Mot</dt>\n<dd>CALL</dd>\n</dl>"),
    "admonition": (
        '!!! note "Titre"\n\n    CALL',
        '<div class="admonition note">\n<p class="admonition-title">Titre</p>\n<p>CALL</p>\n</div>',
    ),
    "footnote": (
        "a[^1]\n\n[^1]: CALL",
        (
            '<p>a<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup></p>\n<div'
            ' class="footnote">\n<hr />\n<ol>\n<li id="fn:1">\n<p>CALL&#160;<a'
            ' class="footnote-backref" href="#fnref:1" title="Jump back to footnote 1 in the'
            ' text">&#8617;</a></p>\n</li>\n</ol>\n</div>'
        ),
    ),
    "allowed tag": ('<span lang="en">CALL</span>', '<p><span lang="en">CALL</span></p>'),
    "before a tag": ("CALL<br>CALL", "<p>CALL<br>CALL</p>"),
}
LABELS = [
    "[x](https://evil.example)", "*x*{ style=position:fixed }", "`x`", "**x**", "_x_", "{{ x }}", "<b>x</b>", "&amp;",
    "&lt;", "a\nb", "a\n\nb", "a\n- b", "\x02wzxhzdk:0\x03", "klzzwxh:0001", "\x02klzzwxh:0000\x03", "| a | b |", "# a",
    "- a", "1. a", "1985. Le congrès", "> a", ": a", "!!! note", "```", "~~~", "    a", "[^1]", "[^1]: a", "*[x]: y",
    "[x]: y", "\\*", "\\", "a  ", "![x](y)", "<https://x.org>", "https://x.org", "[TOC]", "///Footnotes Go Here///",
    "{ #id .class }", "---", "===", '"', "'", "<!-- x -->", "<div>\ue0000\ue001</div>",
    "\ue0000\ue001", "\ue0001\ue001", "x" * 300,
]  # fmt: skip


def rendered(source: str, given: str) -> str:
    placeholders = Placeholders()
    while "CALL" in source:
        source = source.replace("CALL", placeholders.take(given, is_block=False), 1)
    return str(
        placeholders.put_back(
            markdown.markdown(source, extensions=NAMES, extension_configs=OPTIONS)
        )
    )


@pytest.mark.parametrize("label", LABELS)
@pytest.mark.parametrize("place", PLACES)
def test_a_label_comes_out_letter_for_letter(place: str, label: str) -> None:
    source, html = PLACES[place]
    link = element("a", label, href="../x/")
    assert rendered(source, link) == html.replace("CALL", link)


@settings(max_examples=200)
@given(
    st.sampled_from(sorted(PLACES)),
    st.text(st.sampled_from("*_`[](){}<>&#!|\\-=~:^+.\"' \n1ax\ue000\ue001\x02\x03")),
)
def test_so_does_any_text(place: str, label: str) -> None:
    source, html = PLACES[place]
    assert rendered(source, label) == html.replace("CALL", str(element("i", label))[3:-4])


@pytest.mark.parametrize("label", LABELS)
def test_in_the_words_for_an_image_it_is_a_text(label: str) -> None:
    html = rendered("![Plan : CALL](plan.png)", element("a", label, href="../x/"))
    before, after = '<p><img alt="Plan : ', '" src="plan.png" /></p>'
    assert html.startswith(before)
    assert html.endswith(after)
    inside = html[len(before) : -len(after)]
    assert not set('<>"') & set(inside)
    assert unescape(inside) == label


def test_headings_of_the_contents_say_the_words_alone() -> None:
    placeholders = Placeholders()
    place = placeholders.take(element("a", "A & <b>", href="x"), is_block=False)
    assert placeholders.put_back_words(f"Avec {place}") == "Avec A &amp; &lt;b&gt;"


def test_a_block_stands_alone_and_its_anchors_are_known() -> None:
    placeholders = Placeholders()
    block = placeholders.take(element("ul", element("li", 'id="words"', id="here")), is_block=True)
    html = markdown.markdown(f"a\n\n{block}\n\nb", extensions=NAMES, extension_configs=OPTIONS)
    assert (
        placeholders.put_back(html)
        == '<p>a</p>\n<ul><li id="here">id=&#34;words&#34;</li></ul>\n\n<p>b</p>'
    )
    assert placeholders.anchors == {"here"}
    assert placeholders.take("", is_block=True) == ""


# What other programs, or extensions that the site does not use, would take for a sign; page -> what
# readers see.
WORDS = [
    "[TOC]", "///Footnotes Go Here///", "*[HTML]: Langage", ":material-account:", ":smile:", "==mots==", "^^mots^^",
    "~~mots~~", "++ctrl+alt++", "{++mots++}", "H~2~O", "x^2^", "[[vision]]", "!!note", "??? note", "/// note", "$x$",
    "(c) (r) -- ...", "@[x](y)", "- [ ] fait", "%%% x", "::: x", "[x]{.y}",
]  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_words_that_are_signs_elsewhere_are_words(words: str) -> None:
    html = markdown.markdown(
        f"Avant.[^1]\n\n{words}\n\n[^1]: Note.", extensions=NAMES, extension_configs=OPTIONS
    )
    head, tail = html.split('<div class="footnote">')
    shown = unescape(head.split("\n", 1)[1]).strip()
    is_list, is_link = words.startswith("- "), "(y)" in words
    expected = f"<ul>\n<li>{words[2:]}</li>\n</ul>" if is_list else f"<p>{words}</p>"
    assert shown == (expected.replace("[x](y)", '<a href="y">x</a>') if is_link else expected)
    assert "Note." in tail
