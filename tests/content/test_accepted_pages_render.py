"""Whatever the checks let pass, Markdown renders: without an exception, and within seconds.

Pages are put together from fragments that have been trouble somewhere, and from many of the same
one. They are rendered with the site's own configuration."""

from __future__ import annotations

from pathlib import Path

from bench.shapes import HEADER, SHAPES
from hypothesis import example, given, settings
from hypothesis import strategies as st
from mkdocs.config import load_config

from metropolis.content.allowed_markup import check_markup
from metropolis.content.characters import find_hidden_characters
from metropolis.content.headings import check_headings
from metropolis.content.limits import check_limits
from metropolis.content.page import Page, read_page
from metropolis.patience import patience
from metropolis.site.unrenderable import convert

CONFIG = load_config(str(Path(__file__).parents[2] / "mkdocs.yml"))
SECONDS = 2

FRAGMENTS = [
    *{shape.unit for shape in SHAPES.values() if len(shape.unit) < 60},
    *{part for shape in SHAPES.values() for part in (shape.before, shape.closing, shape.after) if 0 < len(part) < 60},
    "\n", "\n\n", "\n\n", "\n    ", "\n        ", "\n- ", "\n1. ", "\n> ", "\n: ", "\n| ", "\n!!! note\n    ",
    "\n```\n", "\n## a { #b }\n", "<![", "`<![CDATA[` ", "`<!ELEMENT` ", "`<?` ", "`<!--` ", "`</` ", "`<a b=\"` ",
    "`</script` ", "`<script>` ", "`<style>` ", "`&#x110000;` ", "&#x110000; ", "&#0; ", "`<!>` ", "`<!->` ",
    "{ #a }", "{ .a }", "![a](a.png)", "[a](a.md)", "[^1]", "\n[^1]: a\n", "x", " ", "*", "**", "_", "mot ",
]  # fmt: skip
PIECE = st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from([1, 1, 1, 1, 2, 3, 8, 40, 300])).map(
    lambda piece: piece[0] * piece[1]
)
BODY = st.lists(PIECE, max_size=14).map("".join)


def accepted(body: str) -> Page | None:
    page, problems = read_page("content/fr/vision.md", "fr", "vision", HEADER + body)
    problems = [*problems, *check_limits(page), *find_hidden_characters(page.text)]
    problems = problems or [*check_markup(page), *check_headings(page)]
    return None if any(problem.severity == "error" for problem in problems) else page


def render(page: Page) -> str:
    with patience(SECONDS):
        return convert(page.body, CONFIG)


@given(BODY)
@settings(max_examples=1500)
@example("*a **a " * 9)
@example("`&#x110000;`")
def test_what_is_accepted_is_rendered(body: str) -> None:
    if page := accepted(body):
        render(page)
