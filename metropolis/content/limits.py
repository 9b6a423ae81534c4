"""How much of one thing a page may hold. Python-Markdown looks at some texts again for each sign in
them, and calls itself for each level of what nests. Each limit is at least ten times what the
largest page of the site needs; together they keep a page of the accepted size within two seconds
and 200 MB at each stage (`make bench BENCH=growth`). A page beyond one is not read any further."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

from metropolis.content.blocks import RULE
from metropolis.content.code_spans import CONTAINER
from metropolis.content.inlines import Inline
from metropolis.content.page_text import BLANK, PageText
from metropolis.hidden_characters import MOST_MARKS, find_piled_marks
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page


@dataclass(frozen=True)
class Limit:
    most: int
    name: str
    how: str = "Divide it."


_BEGIN = "Leave an empty line where something new begins."
_APART = "Take them apart."
# Of a whole page. (In brackets: the most that a page of the site has.)
LINES = Limit(5_000, "lines in the page")  # (80) every rule of form looks at each
PARAGRAPHS = Limit(2_000, "paragraphs in the page")  # (32) for each, Markdown moves all below it
HEADINGS = Limit(500, "headings in the page")  # (11) for each, Markdown copies its paragraph
NOTES = Limit(500, "marks and texts of notes in the page")  # (2) each is counted among all before
TAGS = Limit(2_000, "tags in the page")  # (4)
# (0) for each, Markdown reads on to the paragraph's end, six times
OPEN_BRACKETS = Limit(50, "brackets that nothing closes", r"Write \[ for each.")
CELLS = Limit(10_000, "cells in the tables of the page")  # (60) short rows are filled up
CALLS = Limit(1_000, "ready-made blocks in the page")  # (22)
ITEMS = Limit(10_000, "marks of lists and quotations in the page")  # (12) each is read by itself
# Of a paragraph: a run of lines without an empty one between, so also a whole list or table.
# (810) within a paragraph most readers look again for each sign
PARAGRAPH = Limit(20_000, "characters in this paragraph, list or table", _BEGIN)
SIGNS = Limit(2_000, "signs of markup in this paragraph, list or table", _BEGIN)  # (24)
# Of a line.
COLUMNS = Limit(50, "columns in this table")  # (0)
# (1) Markdown calls itself for each
DEPTH = Limit(10, "lists and quotations inside each other", _APART)
INDENTATION = Limit(60, "spaces before this line", "Delete them.")  # (4) and so lists in lists
# Of what nests inside a paragraph.
EMPHASES = Limit(20, "stars and underlines inside each other", _APART)  # (2)
BRACKETS = Limit(20, "brackets inside each other", _APART)  # (1)
# Of one thing.
WORD = Limit(2_000, "signs without a space between them", "Divide them.")  # (67)
SPACES = Limit(200, "spaces in a row", "Delete them.")  # (4)
ARGUMENTS = Limit(100, "values in this ready-made block")  # (4)
CALL = Limit(2_000, "characters in this ready-made block")  # (90)
ACCENTS = Limit(MOST_MARKS, "accents on one letter", "Delete them, and type the letter again.")

# Only what is too long, looked for where it begins: a page has thousands of words.
_RUN = re.compile(
    rf"(?<![^\s{BLANK}])(?P<word>[^\s{BLANK}]{{{WORD.most + 1},}})"
    rf"|(?<![^\S\n])(?P<spaces>[^\S\n]{{{SPACES.most + 1},}})"
)
_CONTAINER = re.compile(CONTAINER)
# To Markdown, “#a” is a heading too, and so is a line with hyphens below it.
_HEADING = re.compile(r"(?m)^#.|(?<=[^\n]\n)(?:=+|-+) *$")
_SIGNS = r"[]`\<&*_"

Count = tuple[Limit, int, int]  # how many there are up to an offset


def check_limits(page: Page) -> list[Problem]:
    """A problem for each limit that `page` is beyond, at the first such place; one for a line."""
    live = page.live
    lines = _count_lines(live, page.body_start)
    counts = chain(_count_things(page), lines, _nest(page))
    first: dict[Limit, int] = {}
    for limit, count, offset in counts:
        if count > limit.most:
            first.setdefault(limit, offset)
    reported: dict[int, Problem] = {}
    for limit, offset in first.items():
        what, expected = f"There are too many {limit.name}.", f"There may be {limit.most:,}."
        problem = live.problem(offset, what, expected, limit.how)
        reported.setdefault(problem.line, problem)
    return list(reported.values())


def _count_things(page: Page) -> Iterator[Count]:
    things: dict[Limit, Iterable[int]] = {
        LINES: page.text.line_starts,
        HEADINGS: (match.start() for match in _HEADING.finditer(page.live.text)),
        NOTES: (note.start for note in page.footnotes),
        TAGS: (tag.start for tag in page.scanned.of("tag")),
        CALLS: (call.start for call in page.calls),
    }
    for limit, offsets in things.items():
        yield from ((limit, count, offset) for count, offset in enumerate(offsets, 1))
    for call in page.calls:
        yield ARGUMENTS, len(call.values), call.start
        yield CALL, call.end - call.start, call.start
    if (offset := find_piled_marks(page.text.text)) >= 0:
        yield ACCENTS, ACCENTS.most + 1, offset
    for run in _RUN.finditer(page.live.text):
        yield WORD if run["word"] else SPACES, len(run[0]), run.start()


def _count_lines(live: PageText, start: int) -> Iterator[Count]:
    paragraphs = cells = items = begin = signs = columns = 0
    is_open = False
    for line in live.text[start:].split("\n"):
        plain = line.lstrip(" ")
        if plain and not is_open:
            paragraphs, begin, signs, columns = paragraphs + 1, start, 0, 0
            yield PARAGRAPHS, paragraphs, start
        if is_open := bool(plain):
            bars = line.count("|")
            columns = max(columns, bars)
            cells += columns
            yield PARAGRAPH, start + len(line) - begin, begin
            yield COLUMNS, bars, start
            yield CELLS, cells, start
            indentation = len(line) - len(plain)
            if indentation > 3 or not RULE.fullmatch(plain):
                lead = _CONTAINER.match(line)
                depth = len(lead[0].replace(">", "> ").split()) if lead else 0
                items += depth
                signs += sum(map(line.count, _SIGNS))
                yield INDENTATION, indentation, start
                yield ITEMS, items, start
                yield DEPTH, depth, start
                yield SIGNS, signs, begin
        start += len(line) + 1


def _nest(page: Page) -> Iterator[Count]:
    text = page.live.text
    opened: list[int] = []
    unclosed = emphases = 0
    for sign in (*page.scanned.signs, Inline("end", len(text), len(text))):
        if sign.kind == "end":
            unclosed += len(opened)
            yield OPEN_BRACKETS, unclosed, opened[0] if opened else 0
            opened, emphases = [], 0
        elif sign.kind == "opening":
            opened.append(sign.start)
            yield BRACKETS, len(opened), sign.start
        elif sign.kind in ("target", "closing"):
            del opened[-1:]
        elif sign.kind == "emphasis":
            before, after = text[sign.start - 1 : sign.start], text[sign.end : sign.end + 1]
            if before.strip() and emphases:
                emphases = max(0, emphases - sign.end + sign.start)
            elif after.strip():
                emphases += sign.end - sign.start
                yield EMPHASES, emphases, sign.start
