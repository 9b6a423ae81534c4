"""What a page says again right after it has said it: a paragraph that was pasted twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from metropolis.content.blocks import Block
from metropolis.content.page_text import BLANK, PageText

_LEAST = 7  # words of what may not be said twice …
_TELLING, _LONG = 4, 5  # … if so many have so many letters
_WORD = re.compile(r"[^\W\d_]+(?:[’'·-][^\W\d_]+)*|\d+")
_AROUND = f" \n\u00a0\u202f{BLANK}«»“”\"'()*"  # signs before and behind a sentence
_INITIAL = re.compile(r"(?<!\w)[A-ZÀ-Þ]\.\Z")  # ends no sentence: "J. Neubüser"


@dataclass(frozen=True)
class Repetition:
    """A paragraph from `start` to `end` of a page's text that stands at `first` already."""

    first: int
    start: int
    end: int


def find_repetitions(page: PageText, blocks: Iterable[Block]) -> Iterator[Repetition]:
    """The paragraphs that are the same as the one above them."""
    for above, block in pairwise(blocks):
        if above.kind == block.kind == "paragraph" and above.role == block.role != "item":
            said, again = page.text[above.start : above.end], page.text[block.start : block.end]
            if said.split() == again.split() and is_telling(again):
                yield Repetition(above.start, block.start, block.end)


def telling_words(text: str) -> list[str]:
    return _WORD.findall(text)


def is_telling(text: str) -> bool:
    """Whether it is a statement that says so much that nobody says it twice on purpose."""
    words = telling_words(text)
    long = sum(len(word) >= _LONG for word in words)
    return long >= _TELLING and len(words) >= _LEAST and is_statement(text)


def is_statement(sentence: str) -> bool:
    """Whether it has a capital and a full stop: no question, no title, no part of a reference."""
    words = sentence.strip(_AROUND)
    return words[:1].isupper() and words.endswith(".") and not _INITIAL.search(words)
