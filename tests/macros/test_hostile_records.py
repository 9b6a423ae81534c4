"""Whatever the labels say, every macro gives the same elements and shows the labels as they are."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser

from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from macros import MACROS
from metropolis.components.registry import Macro
from metropolis.components.scope import Scope
from metropolis.content.call_grammar import parse_calls
from metropolis.data.fields import Label
from metropolis.data.records import KINDS, Records
from metropolis.markup import in_html

SIGNS = st.text(st.sampled_from("<>&\"'`*_[](){}#%|\\/=-!;:abn1é"), min_size=1, max_size=40)


class Shape(HTMLParser):
    """Elements with the names of their attributes, in their order; and all texts and values."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, ...]] = []
        self.texts = ""
        self.feed(str(html))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, *(name for name, _ in attrs)))
        self.texts += "".join(f"\0{value}" for _, value in attrs)

    def handle_endtag(self, tag: str) -> None:
        self.elements.append((f"/{tag}",))

    def handle_comment(self, data: str) -> None:
        self.elements.append(("comment",))

    def handle_data(self, data: str) -> None:
        self.texts += data


def with_words(value: object, words: str, name: str = "") -> object:
    """The same record, each of its labels ending in `words`."""
    if isinstance(value, Label):
        return Label.model_construct(root={code: f"{text}{words}" for code, text in value.items()})
    if isinstance(value, tuple):
        return tuple(with_words(one, words) for one in value)
    if isinstance(value, BaseModel):
        return value.model_copy(update={key: with_words(one, words, key) for key, one in value})
    return f"{value}{words}" if name in {"name", "government"} and isinstance(value, str) else value


def changed(records: Records, words: str) -> Records:
    kinds = {
        kind: {id: with_words(record, words) for id, record in getattr(records, kind).items()}
        for kind in (name.replace("-", "_") for name in KINDS)
    }
    # A text with plurals is a pattern: the check rejects one with a brace too many.
    strings = {
        key: one if ", plural," in one["fr"] else with_words(one, words)
        for key, one in records.strings.items()
    }
    return Records(**kinds, strings=strings)  # type: ignore[arg-type]


def call(macro: Macro, scope: Scope) -> Shape:
    """The macro's own example, as a page would call it."""
    examples, _ = parse_calls(macro.signature(scope.records).example)
    return Shape(in_html(macro.function(scope, *examples[0].arguments)))


def test_no_label_changes_an_element(scope_in: Callable[..., Scope]) -> None:
    scope = scope_in("es")

    @settings(max_examples=8)
    @given(SIGNS)
    def check(words: str) -> None:
        plain = re.sub(r"[^\w\n]", "x", words)
        ours, theirs = (
            replace(scope, records=changed(scope.records, f"{one}z")) for one in (words, plain)
        )
        for macro in MACROS.values():
            hostile, harmless = call(macro, ours), call(macro, theirs)
            assert hostile.elements == harmless.elements, macro.name
            assert hostile.texts.count(f"{words}z") >= harmless.texts.count(f"{plain}z"), macro.name

    check()
