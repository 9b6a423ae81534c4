"""Whatever a header says: when ours passes, YAML and MkDocs read the same two texts in it."""

from __future__ import annotations

import re

import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metropolis.content.characters import find_hidden_characters
from metropolis.content.front_matter import read_front_matter
from metropolis.content.page_text import PageText

# As MkDocs finds a header (mkdocs/utils/meta.py).
MKDOCS = re.compile(r"^-{3}[ \t]*\n(.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.UNICODE | re.DOTALL)

PIECES = [
    "title", "description", ":", ": ", '"', "'", "---", "---\n", "...\n", "\n", " ", "  ", "- ", "#",
    " # x", "[", "]", "{", "}", "|", ">", "&a ", "*a", "!!str ", "\\", "\\x41", "yes", "No", "null", "true",
    "2025", "1.5", "0x1", "12:30", "2025-01-01", "Vision", "é’x, y. z-", "~", "@", "`", "%", "?", ",",
    "title: ", 'title: "x"\n', "title: x\n", 'description: "y"\n', "description: 'z'\n", "\u00a0", "\u202f",
    "\x85", "\u2028", "\ufeff", "=", "<<",
]  # fmt: skip
WORDS = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=4)), max_size=6).map("".join)
VALUE = st.one_of(
    WORDS, WORDS.map(lambda words: f'"{words}"'), WORDS.map(lambda words: f"'{words}'")
)
HEADER = st.builds(
    "title: {}\ndescription: {}\n{}".format, VALUE, VALUE, st.one_of(st.just(""), WORDS)
)


@given(HEADER)
@settings(max_examples=2000)
@example('title: "Vision"\ndescription: "x"\n')
@example("title: Une vision\ndescription: x y\n")
@example("title: y\ndescription: ''\n")
def test_yaml_reads_the_same_two_texts(header: str) -> None:
    page = PageText("page.md", f"---\n{header}---\n\n# x\n")
    front_matter, body_start, _ = read_front_matter(page)
    if front_matter is None or find_hidden_characters(page):
        return
    found = MKDOCS.match(page.text)
    assert found
    assert found.end() == body_start
    assert yaml.safe_load(found[1]) == {
        "title": front_matter.title,
        "description": front_matter.description,
    }
