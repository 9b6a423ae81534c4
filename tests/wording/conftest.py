"""Pages from a few words, for the checks of wording."""

from __future__ import annotations

from collections.abc import Callable
from inspect import Parameter

import pytest

from metropolis.content.macro_signature import MacroSignature
from metropolis.content.page import Page, read_page
from metropolis.content.prose import Passage, find_passages

_ID = Parameter("id", Parameter.POSITIONAL_OR_KEYWORD, annotation=str)
_WORDING = Parameter("wording", Parameter.POSITIONAL_OR_KEYWORD, annotation=str, default="")
SIGNATURES = {
    "term": MacroSignature("term", (_ID, _WORDING), {"id": frozenset({"board", "mainstreaming"})}),
    "figure": MacroSignature("figure", (_ID,), {"id": frozenset({"members"})}),
}
_HEADER = '---\ntitle: "X"\ndescription: "X"\n---\n\n# X { #page }\n\n'

Reading = tuple[Page, list[Passage]]


@pytest.fixture
def read() -> Callable[[str, str], Reading]:
    """The page whose text `words` stand from line 8 on, and its passages but for the title's."""

    def make(locale: str, words: str) -> Reading:
        page, problems = read_page(f"content/{locale}/page.md", locale, "page", _HEADER + words)
        assert not [problem for problem in problems if problem.severity == "error"], problems
        return page, [
            passage for passage in find_passages(page, SIGNATURES) if passage.words != "X"
        ]

    return make
