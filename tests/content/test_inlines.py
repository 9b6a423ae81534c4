"""What one scan finds among the words of a page: each line of the table is a text, its inlines and
what only looks like one."""

from __future__ import annotations

import pytest

from metropolis.content.inlines import Inline, scan_text
from metropolis.content.page_text import PageText

Spans = list[tuple[str, str]]


@pytest.mark.parametrize(
    ("text", "inlines", "strays"),
    [
        ("*a* __b__ a_b", [("emphasis", sign) for sign in ("*", "*", "__", "__")], []),
        (r"\* \a &amp;", [("escape", r"\*"), ("escape", "\\"), ("entity", "&amp;")], []),
        ("[a](b.md)", [("link", "["), ("link", "](b.md)")], []),
        ("![a](b.png)", [("link", "!["), ("link", "](b.png)")], []),
        (r"\![a](b.md)", [("escape", r"\!"), ("link", "["), ("link", "](b.md)")], []),
        (r"\[a](b.md)", [("escape", r"\[")], []),
        (r"[a\](b.md)", [("escape", r"\]")], []),
        ("[a](b c)", [], [("link", "[a]("), ("target", "](b c)")]),
        ("[a](ftp://b)", [], [("link", "[a]("), ("target", "](ftp://b)")]),
        ("a](b.md)", [], [("link", "]("), ("target", "](b.md)")]),
        ("[a\n\nb](c.md)", [], [("link", "]("), ("target", "](c.md)")]),
        ("[^a] [^a](b.md)", [("mark", "[^a]"), ("link", "["), ("link", "](b.md)")], []),
        ("a![^b] ![^c](d.png)", [("mark", "[^b]"), ("link", "!["), ("link", "](d.png)")], []),
        ("[^<b>]", [("tag", "<b>")], []),
        ("<b>a</b> a < b", [("tag", "<b>"), ("tag", "</b>")], []),
        (r"\<b> \< b", [("escape", "\\"), ("tag", "<b>"), ("escape", r"\<")], []),
        ("<b <i>", [("tag", "<i>")], [("tag", "<")]),
        ("[a][b]", [], [("reference", "[a][b]")]),
        ("[a] [b](c.md)", [("link", "["), ("link", "](c.md)")], [("reference", "[a] [b]")]),
        ("[a][1]", [], []),
        ("[a][^1]", [("mark", "[^1]")], []),
        (r"[a\][b]", [("escape", r"\]")], []),
        ("> [a]: b", [], [("definition", "[a]:")]),
        ("a [b]: c", [], []),
        ("{ #a .b } {#a}", [("attributes", "{ #a .b }"), ("call", "{#a}")], []),
        ("{ a=b } {", [], [("attributes", "{ a=b }"), ("attributes", "{")]),
        ('{{ f("*a*") }} `*a*`', [("call", '{{ f("*a*") }}'), ("code", "`*a*`")], []),
    ],
)
def test_each_inline_has_its_kind_and_place(text: str, inlines: Spans, strays: Spans) -> None:
    found = scan_text(PageText("", text)).scanned

    def shown(ones: tuple[Inline, ...]) -> Spans:
        return [(one.kind, text[one.start : one.end]) for one in ones]

    assert shown(found.inlines) == inlines
    assert shown(found.strays) == strays
