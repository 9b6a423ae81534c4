"""What WeasyPrint gets to lay out: boxes in rows, ids where links lead, drawings as SVG."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from xml.etree import ElementTree

import pytest

from metropolis.pdf import render
from metropolis.pdf.layout_tree import layout_tree
from metropolis.problem import Problem

CASES = [
    (
        "items beside each other are in rows",
        '<ul class="subthemes wide"><li>1</li><li>2</li><li>3</li></ul>',
        '<ul class="subthemes wide"><row><li>1</li><li>2</li></row><row><li>3</li></row></ul>',
    ),
    ("other lists stay", "<ul><li>1</li><li>2</li></ul>", "<ul><li>1</li><li>2</li></ul>"),
    (
        "a table's class counts for its rows, not for its parts",
        '<table class="members"><thead><tr><th>T</th></tr></thead><tbody><tr><td>1</td></tr>'
        "<tr><td>2</td></tr></tbody></table>",
        '<table class="members"><thead><tr><th>T</th></tr></thead><tbody><row><tr><td>1</td></tr>'
        "<tr><td>2</td></tr></row></tbody></table>",
    ),
    (
        "the sections of an entry of the contents, not its link",
        '<li class="chapter-entry"><a>1</a><ol><li>1.1</li><li>1.2</li></ol></li>',
        '<li class="chapter-entry"><a>1</a><ol><row><li>1.1</li><li>1.2</li></row></ol></li>',
    ),
    (
        "indicators that follow each other",
        '<section class="indicator">1</section>\n<section class="indicator">2</section><p>3</p>'
        '<section class="indicator">4</section>',
        '<row><section class="indicator">1</section><section class="indicator">2</section></row>'
        '<p>3</p><row><section class="indicator">4</section></row>',
    ),
    ("an id", '<p id="b">1</p>', '<p id="b">1</p>'),
    (
        "a chapter's id is in its header",
        '<section id="a"><header><h1>1</h1></header></section>',
        '<section><header><anchor id="a" /><h1>1</h1></header></section>',
    ),
    (
        "a term's id is on the term",
        '<dl><div id="a"><dt>1</dt><dd>2</dd></div></dl>',
        '<dl><div><dt id="a">1</dt><dd>2</dd></div></dl>',
    ),
    ("text between elements", "<p>1 <em>2</em> 3<br>4</p>", "<p>1 <em>2</em> 3<br />4</p>"),
    ("a comment", "<p>1<!-- no -->2</p>", "<p>12</p>"),
]


@pytest.mark.parametrize(("html", "tree"), [case[1:] for case in CASES], ids=[c[0] for c in CASES])
def test_the_tree(html: str, tree: str) -> None:
    body = layout_tree(f"<html><head></head><body>{html}</body></html>")[1]
    written = ElementTree.tostring(body, "unicode").replace(" />", "/>").replace("></a>", "/>")
    assert written == f"<body>{tree}</body>".replace(" />", "/>").replace("></a>", "/>")


def test_a_drawing_is_svg_with_the_case_of_its_attributes() -> None:
    text = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><g><title>T</title></g></svg>'
        "<p>after</p>"
    )
    [svg, after] = layout_tree(f"<html><head></head><body>{text}</body></html>")[1]
    space = "{http://www.w3.org/2000/svg}"
    assert [element.tag for element in svg.iter()] == [space + tag for tag in ("svg", "g", "title")]
    assert svg.attrib == {"viewBox": "0 0 1 1"}
    assert after.tag == "p"


def test_shared_styles_change_nothing(
    print_html: Callable[..., tuple[bytes, list[Problem]]],
    sample: bytes,
    sample_html: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(render, "styles_shared", nullcontext)
    assert print_html(sample_html) == (sample, [])
