"""What we read in a page is what Python-Markdown makes of it, block by block; where it is not, the
author learns it.

Rendered pages are read here from their HTML, by lxml, and beside them our own reading: neither
knows how agreement.py finds its differences.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from bench.shapes import HEADER
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html
from lxml.html import HtmlElement
from mkdocs.config import load_config

from metropolis.cache import Cache
from metropolis.content.check import PageForm, check_form, compare_with_rendered, find_failure
from metropolis.content.converter import read_extensions
from metropolis.content.dialects import check_dialects
from metropolis.content.page import Page, read_page, read_pages
from metropolis.project import Project, read_project
from metropolis.site.unrenderable import convert

ROOT = Path(__file__).parents[2]
CONFIG = load_config(str(ROOT / "mkdocs.yml"))
EXTENSIONS = read_project(ROOT)[0].extensions  # type: ignore[union-attr]

# The containers around a block, its kind, and its words in small letters and digits.
Sample = tuple[tuple[str, ...], str, str]

LEAVES = {f"h{level}": "heading" for level in range(1, 7)} | {
    "td": "cell",
    "th": "cell",
    "pre": "code",
}
LEAVES |= {"dt": "term", "dd": "definition"}
CONTAINERS = {"blockquote": "quotation", "li": "item"}
BLOCKS = {
    *LEAVES,
    *CONTAINERS,
    "p",
    "div",
    "ul",
    "ol",
    "table",
    "thead",
    "tbody",
    "tr",
    "dl",
    "dt",
    "dd",
    "hr",
}


def believed(page: Page) -> list[Sample]:
    """The blocks of a page as we read them; notes last, where Python-Markdown writes them."""
    found = []
    for block in page.blocks:
        kinds = tuple(container.kind for container in block.containers)
        shown = words(unmarked(page, block.start, block.end))
        if shown:
            found.append((kinds, block.kind, shown))
    return sorted(found, key=lambda one: "note" in one[0])


def unmarked(page: Page, start: int, end: int) -> str:
    """The words of a block without addresses, notes' marks, tags and attributes; a call is
    nothing."""
    text = page.text.text[start:end]
    for call in reversed(page.calls):
        if start <= call.start < end:
            text = text[: call.start - start] + text[call.end - start :]
    if text.startswith("```"):
        return text.partition("\n")[2]
    return re.sub(
        r"\]\([^)\n]*\)|\[\^[^\]\n]+\]|\{ [^}\n]*\}|</?[a-z][^>\n]*>|&#?\w+;|^[ >]+", " ", text
    )


def words(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", re.sub(r"\[\^[^\]\n]+\]", " ", text))).lower()


def made(page: Page) -> list[Sample]:
    """The blocks of the rendered page."""
    text = page.body
    for call in reversed(page.calls):
        start, end = call.start - page.body_start, call.end - page.body_start
        text = text[:start] + "&#0187;" + text[end:]
    found: list[Sample] = []
    for element in html.fragment_fromstring(convert(text, CONFIG), create_parent="div"):
        read(element, (), found)
    # A box without a title gets its kind for one.
    return [
        (kinds, kind, text)
        for kinds, kind, text in found
        if text and (kind, text) != ("title", "note")
    ]


def read(element: HtmlElement, around: tuple[str, ...], found: list[Sample]) -> None:
    css = element.get("class") or ""
    if "footnote" in css.split() and element.tag == "div":
        for note in element.iterfind("ol/li"):
            for child in note:
                read(child, ("note",), found)
        return
    kind = LEAVES.get(str(element.tag), "title" if "admonition-title" in css else "paragraph")
    if element.tag in CONTAINERS:
        around = (*around, CONTAINERS[str(element.tag)])
    elif element.tag == "div":
        around = (*around, "box")
    own = [element.text or "", *inline(element)]
    found.append((around, kind, words("".join(own))))
    for child in element:
        if child.tag in BLOCKS:
            read(child, around, found)


def inline(element: HtmlElement) -> list[str]:
    """What stands in an element itself, and in what is inside its lines."""
    found = []
    for child in element:
        if child.tag not in BLOCKS and "footnote" not in (child.get("class") or ""):
            is_mark = child.tag == "sup" and (child.get("id") or "").startswith("fnref")
            found += [] if is_mark else [child.get("alt") or "", child.text or "", *inline(child)]
        elif child.tag in BLOCKS:
            found.append(" ")
        found.append(child.tail or "")
    return found


def read_body(body: str) -> Page:
    return read_page("content/fr/vision.md", "fr", "vision", HEADER + body)[0]


def reported(page: Page) -> list[str]:
    found = [*check_dialects(page), *compare_with_rendered(page, EXTENSIONS.value)]
    return [str(problem) for problem in found if problem.severity == "error"]


def test_real_pages_come_out_as_we_read_them(project: Project) -> None:
    pages, _ = read_pages(project)
    assert len(pages) > 70
    for page in pages:
        assert made(page) == believed(page), page.path
        assert reported(page) == [], page.path


def test_pages_are_read_by_the_markdown_of_the_site() -> None:
    assert list(EXTENSIONS.value) == CONFIG.markdown_extensions
    assert {
        name: options for name, options in EXTENSIONS.value.items() if options
    } == CONFIG.mdx_configs


# Pages as the site writes them: whatever stands in what, nothing is reported, and all comes out.

INDENT = "    "
BETWEEN = "\n\nmot\n\n"  # two lists, or two quotations, without words between are one
WORD = st.sampled_from(
    ["mot", "deux mots", "*fort* mot", "2023", "`code`", "**gras**", "[lien](index.md)", "a. b"]
)


def blocks(depth: int) -> st.SearchStrategy[str]:
    """One block of a page, in lines without indentation, and what stands in it."""
    paragraph = st.lists(WORD, min_size=1, max_size=2).map("\n".join)
    table = st.integers(1, 3).flatmap(
        lambda width: st.lists(
            st.lists(WORD, min_size=width, max_size=width), min_size=1, max_size=3
        ).map(lambda rows: "\n".join([row(rows[0]), row(["---"] * width), *map(row, rows)]))
    )
    if not depth:
        return st.one_of(paragraph, paragraph, table)
    inner = st.lists(blocks(depth - 1), min_size=1, max_size=3).map(BETWEEN.join)
    return st.one_of(
        paragraph,
        table,
        lists(depth),
        inner.map(quotation),
        st.tuples(st.booleans(), inner).map(box),
    )


def row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def lists(depth: int) -> st.SearchStrategy[str]:
    more = st.one_of(st.just(""), blocks(depth - 1).map(lambda text: "\n\n" + indented(text)))
    item = st.tuples(WORD, more).map("".join)
    return st.tuples(st.booleans(), st.lists(item, min_size=1, max_size=3)).map(
        lambda given: gap(given[1]).join(
            f"{f'{n}.' if given[0] else '-'} {text}" for n, text in enumerate(given[1], 1)
        )
    )


def gap(items: list[str]) -> str:
    return "\n\n" if any("\n" in item for item in items) else "\n"


def indented(text: str) -> str:
    return "\n".join(INDENT + line if line else "" for line in text.split("\n"))


def quotation(text: str) -> str:
    return "\n".join(f"> {line}".rstrip(" ") for line in text.split("\n"))


def box(given: tuple[bool, str]) -> str:
    title = ' "Un titre"' if given[0] else ' ""'
    return f"!!! note{title}\n\n{indented(given[1])}"


# Pages as they may come from anywhere.

SIGNS = [
    "", "", "", "- ", "* ", "+ ", "1. ", "2. ", "1985. ", "1) ", "> ", "> - ", "> > ", "- > ", "| ", ": ",
    "[^a]: ", "[^b]: ", '!!! note "T"', "!!! note\n    ", "# ", "## ", "- - ", "- 1. ",
]  # fmt: skip
LINE = st.builds(
    "".join,
    st.tuples(
        st.sampled_from(["", "", "", " ", "  ", "   ", "    ", "      ", "        "]),
        st.sampled_from(
            [
                "",
                "",
                "",
                "- ",
                "* ",
                "+ ",
                "1. ",
                "2. ",
                "1985. ",
                "1) ",
                "> ",
                "> - ",
                "> > ",
                "- > ",
                "| ",
                ": ",
                "[^a]: ",
                "[^b]: ",
                '!!! note "T"',
                "!!! note\n    ",
                "# ",
                "## ",
                "- - ",
                "- 1. ",
            ],
        ),
        st.sampled_from(
            ["mot", "deux mots", "7", "a | b |", "a | b | c |\n| --- | --- |", "mot[^a]", "`code`"]
        ),
        st.sampled_from(["\n", "\n", "\n\n", "\n\n", "\n```\ncode\n```\n"]),
    ),
)
MESS = st.lists(LINE, min_size=1, max_size=7).map("".join)


def numbered(body: str) -> str:
    """The body with a number in each of its words, so that none is like another."""
    count = iter(range(1, 10_000))
    return re.sub(
        r"\b(?:mot|mots|code|a|b|c|T)\b(?!\])", lambda found: f"{found[0]}{next(count)}x", body
    )


@given(st.lists(blocks(2), min_size=1, max_size=3).map(BETWEEN.join))
@settings(max_examples=300)
def test_what_is_written_as_the_site_writes_it_comes_out(body: str) -> None:
    page = read_body(numbered(body))
    assert reported(page) == []
    assert made(page) == believed(page)


@given(MESS)
@settings(max_examples=1500)
@example("!!! note\n    mot\n\n    - mot\n        - mot\n\n        mot\n")
@example("- > mot\n2. mot\n")
def test_what_comes_out_otherwise_is_reported(body: str) -> None:
    page = read_body(numbered(body))
    if made(page) != believed(page):
        assert reported(page) != []


def test_a_page_is_rendered_again_when_its_text_changes_and_not_before(tmp_path: Path) -> None:
    page, other = read_body("mot\n- un\n"), read_body("mot\n\n- un\n")

    def checked(page: Page) -> list[int]:
        inputs = PageForm(page.known, EXTENSIONS)
        return [one.line for one in Cache(tmp_path).remember("form", inputs, check_form)]

    assert checked(page) == [9]
    assert checked(other) == []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("metropolis.content.rendered.render_words", _fail)
        assert checked(page) == [9]


def test_an_extension_that_is_missing_is_reported() -> None:
    assert [str(problem) for problem in find_failure(read_extensions(["none.such"]).value)] == [
        "mkdocs.yml: The extensions of Markdown cannot be loaded: No module named 'none'."
        " Correct the list “markdown_extensions”."
    ]


def test_what_markdown_cannot_render_is_reported() -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("metropolis.content.rendered.render_words", _fail)
        found = compare_with_rendered(read_body("mot\n"), EXTENSIONS.value)
        assert [str(problem) for problem in found] == [
            "content/fr/vision.md: The page cannot be rendered: a part of it is not understood."
        ]


def _fail(*_: object) -> None:
    raise RecursionError
