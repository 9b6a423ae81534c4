"""The pieces of a passage that are translated as a whole: the words of a link, the bold words with
a full stop that an item begins with, a cell, what someone said, and the words between them. Titles
in italics, other bold words, quoted words and the words of links to other sites may stay in their
language: they are no pieces."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import pairwise

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import Passage
from metropolis.wording.detection import QUOTED

_PIECE = re.compile(rf"[^{BLANK}|]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_SPOKEN = re.compile(rf"{QUOTED.pattern}|‘[^‘’\n]*’|\[[^\[\]\n]*\]")
_OWN_ADDRESS = re.compile(r"\]\((?:[\w./-]+\.md)?(?:#[\w-]+)?\)|\]\(mailto:")
_EMPHASIS = ("*", "_")


@dataclass(frozen=True)
class PassagePiece:
    """`text` stands at `start` of the page. `kind`: words, link, lead, head (a cell of a table's
    head), cell, speech."""

    kind: str
    text: str
    start: int


def table_heads(page: Page) -> frozenset[int]:
    """Where the rows begin that are heads of tables."""
    cells = (block for block in page.blocks if block.kind in ("cell", "rule"))
    pairs = pairwise(cells)
    return frozenset(one.row for one, other in pairs if other.kind == "rule" != one.kind)


def split_passage(page: Page, passage: Passage, heads: Collection[int]) -> Iterator[PassagePiece]:
    """The pieces of a passage of `page`, whose tables have their `heads`."""
    text, is_first = page.text.text, True
    for match in _PIECE.finditer(passage.text):
        if not _LETTERS.search(match[0]):
            continue
        start, end = passage.start + match.start(), passage.start + match.end()
        before, after = text[max(start - 2, 0) : start], text[end : end + 3]
        if before.endswith("[") and after.startswith("]"):
            if _OWN_ADDRESS.match(text, end):
                yield PassagePiece("link", match[0], start)
        elif before.endswith(_EMPHASIS) and after.startswith(_EMPHASIS):
            is_bold = before[0] == before[-1] and after[0] == after[1:2]
            if is_first and is_bold and match[0][0].isupper() and match[0].endswith("."):
                yield PassagePiece("lead", match[0], start)
        elif passage.kind == "row" and before[-1:] in ("|", "") and after[:1] in ("|", "", "\n"):
            yield PassagePiece("head" if passage.start in heads else "cell", match[0], start)
        else:
            yield from _without_speech(match[0], start, passage.kind == "quotation")
        is_first = False


def _without_speech(text: str, start: int, is_quotation: bool) -> Iterator[PassagePiece]:
    """The words around quotation marks, and those between them where the whole is a quotation
    without another one, which may be its translation: elsewhere they may be a name, or what a
    screen shows."""
    done = 0
    spoken = [*_SPOKEN.finditer(text)]
    for match in spoken:
        yield PassagePiece("words", text[done : match.start()], start + done)
        if is_quotation and len(spoken) == 1:
            yield PassagePiece("speech", match[0], start + match.start())
        done = match.end()
    yield PassagePiece("words", text[done:], start + done)
