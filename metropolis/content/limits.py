"""How much of one thing a page may hold: what is dear to render, bounded before anybody pays for
it.

Markdown's own reader looks at some texts again for each sign in them, and calls itself for each
level of what nests. Each limit is at least ten times what the largest page of the site needs, and
together they keep a page of the accepted size (files.py) within two seconds and 200 MB at each
stage (`make bench BENCH=growth`). A page beyond one is not read any further: the limit is the one
thing to fix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING

from metropolis.content.page_text import BLANK, PageText
from metropolis.hidden_characters import MOST_MARKS, find_piled_marks
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

# Of a whole page. (In brackets: the most that a page of the site has.)
LINES = 5_000  # (80) each is asked of every rule of form
PARAGRAPHS = 2_000  # (32) blocks between empty lines: Markdown moves all that follow for each
HEADINGS = 500  # (11) Markdown copies the rest of the paragraph for each
NOTES = 500  # (2) marks and texts of footnotes: each mark is counted among all that came before
TAGS = 2_000  # (4)
# (0) brackets that nothing closes: for each, Markdown reads on to the paragraph's end, six times.
OPEN_BRACKETS = 50
CELLS = 10_000  # (60) of all tables: a short row is filled up to the width of its head
CALLS = 1_000  # (22)
ITEMS = 10_000  # (12) marks of lists and quotations: each begins a reading of its own
# Of a paragraph: a run of lines without an empty one between, so also a whole list or table.
PARAGRAPH = 20_000  # (810) characters; within a paragraph most readers look again for each sign
SIGNS = 2_000  # (24) stars, underlines, brackets, backticks, backslashes, "<" and "&"
# Of a line.
COLUMNS = 50  # (0)
DEPTH = 10  # (1) lists, quotations and definitions in each other: Markdown calls itself for each
INDENTATION = 60  # (4) spaces, and so lists in lists
# Of what nests inside a paragraph.
EMPHASES = 20  # (2) stars and underlines opened inside each other
BRACKETS = 20  # (1) brackets in brackets
# Of one thing.
WORD = 2_000  # (67) signs without a space between: some languages have none
SPACES = 200  # (4) in a row
ARGUMENTS = 100  # (4) of a call
CALL = 2_000  # (90) characters of a call


_WORD = re.compile(rf"[^\s{BLANK}]+")
_SPACES = re.compile(rf"[^\S\n]{{{SPACES + 1},}}")
_LEAD = re.compile(r"(?: |>|[-*+:] |\d{1,9}[.)] |\[\^[^\[\]\n]{1,99}\]:)*+")
_MARKER = re.compile(r">|[-*+:] |\d[.)] |\]:")
_SIGN = re.compile(r"[\[\]`\\<&]|\*+|_+")
# To Markdown, “#a” is a heading too, and so is a line with hyphens below it.
_HEADING = r"(?m)^#.|(?<=[^\n]\n)(?:=+|-+) *$"
# A rule across the page, which is no list in lists.
_RULE = re.compile(r" {0,3}([-*_])(?: {0,2}\1){2,} *")

_DIVIDE = "Divide it."


def check_limits(page: Page) -> list[Problem]:
    """A problem for each limit that `page` is beyond, at the first place where it is; one for a
    line."""
    live = page.live
    found = [
        *_check_page(page),
        *_check_calls(page),
        *_check_marks(page.text),
        *_check_runs(live),
        *_Paragraphs(live).read(page.body_start),
    ]
    reported: dict[int, Problem] = {}
    for problem in found:
        reported.setdefault(
            problem.line, problem
        )  # what is wrong with a line in several ways is fixed once
    return list(reported.values())


def _beyond(live: PageText, offset: int, most: int, name: str, how: str) -> Problem:
    return live.problem(offset, f"There are too many {name}.", f"There may be {most:,}.", how)


def _check_page(page: Page) -> Iterator[Problem]:
    """What is counted over the whole page: the first one too many."""
    live = page.live
    counted: list[tuple[Iterable[int], int, str]] = [
        (_places("\n", page.text.text), LINES, "lines in the page"),
        (_places(_HEADING, live.text), HEADINGS, "headings in the page"),
        (_places(r"\[\^", live.text), NOTES, "marks and texts of notes in the page"),
        (_places(r"<[A-Za-z/!?]", live.text), TAGS, "tags in the page"),
        ((call.start for call in page.calls), CALLS, "ready-made blocks in the page"),
    ]
    for places, most, name in counted:
        if (offset := next(islice(places, most, None), None)) is not None:
            yield _beyond(live, offset, most, name, _DIVIDE)


def _places(form: str, text: str) -> Iterator[int]:
    return (match.start() for match in re.finditer(form, text))


def _check_calls(page: Page) -> Iterator[Problem]:
    for call in page.calls:
        if len(call.arguments) + len(call.keywords) > ARGUMENTS:
            yield _beyond(
                page.live, call.start, ARGUMENTS, "values in this ready-made block", _DIVIDE
            )
            return
        if call.end - call.start > CALL:
            yield _beyond(
                page.live, call.start, CALL, "characters in this ready-made block", _DIVIDE
            )
            return


def _check_runs(live: PageText) -> Iterator[Problem]:
    """What goes on without an end."""
    long = (word.start() for word in _WORD.finditer(live.text) if word.end() - word.start() > WORD)
    for offset in islice(long, 1):
        yield _beyond(live, offset, WORD, "signs without a space between them", "Divide them.")
    if spaces := _SPACES.search(live.text):
        yield _beyond(live, spaces.start(), SPACES, "spaces in a row", "Delete them.")


def _check_marks(text: PageText) -> Iterator[Problem]:
    if (offset := find_piled_marks(text.text)) >= 0:
        yield _beyond(
            text,
            offset,
            MOST_MARKS,
            "accents on one letter",
            "Delete them, and type the letter again.",
        )


class _Paragraphs:
    """Reads a page's lines once, and keeps of each limit the first place beyond it."""

    def __init__(self, live: PageText) -> None:
        self.live = live
        self.found: dict[str, Problem] = {}
        self.paragraphs = self.cells = self.unclosed = self.items = 0

    def read(self, start: int) -> Iterable[Problem]:
        """The problems from `start` on."""
        is_open = False
        for line in self.live.text[start:].split("\n"):
            is_empty = not line.strip(" ")
            if is_open and is_empty:
                self._end()
            elif not is_open and not is_empty:
                self._begin(start)
            is_open = not is_empty
            if is_open:
                self._read_line(start, line)
            start += len(line) + 1
        if is_open:
            self._end()
        return self.found.values()

    def _ask(self, offset: int, count: int, most: int, name: str, how: str) -> None:
        if count > most and name not in self.found:
            self.found[name] = _beyond(self.live, offset, most, name, how)

    def _begin(self, offset: int) -> None:
        self.start = offset
        self.signs = self.columns = self.emphases = 0
        self.brackets: list[int] = []  # that are open
        self.paragraphs += 1
        self._ask(offset, self.paragraphs, PARAGRAPHS, "paragraphs in the page", _DIVIDE)

    def _end(self) -> None:
        self.unclosed += len(self.brackets)
        for offset in self.brackets[:1]:
            self._ask(
                offset,
                self.unclosed,
                OPEN_BRACKETS,
                "brackets that nothing closes",
                r"Write \[ for each.",
            )

    def _read_line(self, offset: int, line: str) -> None:
        length = offset + len(line) - self.start
        how = "Leave an empty line where something new begins."
        self._ask(self.start, length, PARAGRAPH, "characters in this paragraph, list or table", how)
        self._read_cells(offset, line)
        if not _RULE.fullmatch(line):
            self._read_lead(offset, line)
            self._read_signs(offset, line)
        self._ask(
            self.start, self.signs, SIGNS, "signs of markup in this paragraph, list or table", how
        )

    def _read_lead(self, offset: int, line: str) -> None:
        indentation = len(line) - len(line.lstrip(" "))
        self._ask(offset, indentation, INDENTATION, "spaces before this line", "Delete them.")
        lead = _LEAD.match(line)
        depth = len(_MARKER.findall(lead[0])) if lead else 0
        self.items += depth
        self._ask(offset, self.items, ITEMS, "marks of lists and quotations in the page", _DIVIDE)
        self._ask(
            offset, depth, DEPTH, "lists and quotations inside each other", "Take them apart."
        )

    def _read_cells(self, offset: int, line: str) -> None:
        bars = line.count("|")
        self._ask(offset, bars, COLUMNS, "columns in this table", _DIVIDE)
        self.columns = max(self.columns, bars)
        self.cells += self.columns  # a row that is shorter than its head is filled up
        self._ask(offset, self.cells, CELLS, "cells in the tables of the page", _DIVIDE)

    def _read_signs(self, offset: int, line: str) -> None:
        for found in _SIGN.finditer(line):
            self.signs += 1
            sign, place = found[0], offset + found.start()
            if sign == "[":
                self.brackets.append(place)
                self._ask(
                    place,
                    len(self.brackets),
                    BRACKETS,
                    "brackets inside each other",
                    "Take them apart.",
                )
            elif sign == "]" and self.brackets:
                self.brackets.pop()
            elif sign[0] in "*_":
                self._read_emphasis(place, line, found)

    def _read_emphasis(self, place: int, line: str, found: re.Match[str]) -> None:
        before, after = line[found.start() - 1 : found.start()], line[found.end() : found.end() + 1]
        if before.strip() and self.emphases:
            self.emphases = max(0, self.emphases - len(found[0]))
        elif after.strip():
            self.emphases += len(found[0])
            self._ask(
                place,
                self.emphases,
                EMPHASES,
                "stars and underlines inside each other",
                "Take them apart.",
            )
