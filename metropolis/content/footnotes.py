"""The footnotes of a page: marks in its words, and the texts that they call. A note without one of
them is reported on its page, and on no translation again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from metropolis.content.inlines import Inline
from metropolis.content.page_text import PageText
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

_HEADS = ("", " ", "  ", "   ")  # what may stand before a text's mark on its line


@dataclass(frozen=True)
class Footnote:
    """A footnote's mark, `is_text` if its text follows. `is_at_head`: it begins a line."""

    name: str
    start: int
    is_text: bool
    is_at_head: bool


def find_footnotes(live: PageText, inlines: Iterable[Inline]) -> Iterator[Footnote]:
    text = live.text
    for one in inlines:
        if one.kind == "mark":
            is_at_head = text[text.rfind("\n", 0, one.start) + 1 : one.start] in _HEADS
            is_text = is_at_head and text.startswith(": ", one.end)
            yield Footnote(text[one.start + 2 : one.end - 1], one.start, is_text, is_at_head)


def find_lone_notes(notes: Iterable[Footnote]) -> tuple[dict[str, Footnote], dict[str, Footnote]]:
    """The marks without a text, and the texts without a mark, by their names. Of a mark that also
    begins a line, that one: it should have begun a text."""
    marks: dict[str, Footnote] = {}
    texts: dict[str, Footnote] = {}
    for note in notes:
        own = texts if note.is_text else marks
        if note.name not in own or note.is_at_head:
            own[note.name] = note
    both = marks.keys() & texts.keys()
    return (
        {name: note for name, note in marks.items() if name not in both},
        {name: note for name, note in texts.items() if name not in both},
    )


def check_footnotes(page: Page) -> Iterator[Problem]:
    marks, texts = page.lone_notes
    calls = {note.name for note in page.footnotes if not note.is_text and not note.is_at_head}
    unread = {name for name, note in marks.items() if note.is_at_head and name in calls}
    for name in sorted(unread):
        what = f"“[^{name}]” at the head of this line begins no note."
        how = f"Write a colon and a space behind it: [^{name}]: and then the note."
        yield page.problem(marks[name].start, what, how=how)
    alone = (note for name, note in marks.items() if name not in unread)
    for mark, text in zip_longest(alone, texts.values()):
        if mark and text:
            what = f"“[^{mark.name}]” has no text here, and the note “[^{text.name}]” no mark."
            yield page.problem(mark.start, what, how="Give the two one name.")
        elif mark:
            what = f"The footnote “[^{mark.name}]” has no text."
            how = f"Write [^{mark.name}]: and its text at the end of the page."
            yield page.problem(mark.start, what, how=how)
        elif text:
            what = f"The footnote “[^{text.name}]” is not called anywhere in the page."
            how = f"Write [^{text.name}] where the page needs it, or delete the note."
            yield page.problem(text.start, what, how=how)
