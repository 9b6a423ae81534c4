"""The blocks of a page that have a shape: lists, tables, quotations, notes, code. What a translation keeps as it is.

A list that lost an item, or a table that lost a row, is a loss that no reader of one language sees.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from metropolis.content.page import Page

_ITEM = re.compile(r"^( *)(?:([-*+])|(\d+)[.)]) +\S", re.MULTILINE)
_ROW = re.compile(r"^ *\|(.*)\| *$", re.MULTILINE)
_RULE = re.compile(r"[ |:-]+")
_QUOTATION = re.compile(r"^ *>.*(?:\n *>.*)*", re.MULTILINE)
_ADMONITION = re.compile(r'^!!! +([a-z]+)(?: +"[^"\n]*")? *$', re.MULTILINE)
_CELL_END = re.compile(r"(?<!\\)\|")


@dataclass(frozen=True)
class Shape:
    """`kind` is a word ("list"), `text` the whole description that has to be equal ("list of 3 items")."""

    kind: str
    shape: str
    start: int


def find_shapes(page: Page) -> list[Shape]:
    """The shaped blocks of `page`, in their order."""
    text = page.live.text
    shapes = [*_lists(text), *_tables(text), *_quotations(text), *_admonitions(text)]
    shapes += [Shape("code", "code block", start) for start, end in page.code if "\n" in page.text.text[start:end]]
    return sorted(shapes, key=lambda one: one.start)


def _lists(text: str) -> Iterator[Shape]:
    """Items that no heading and no paragraph parts; deeper ones are counted under the list that they stand in."""
    group: list[re.Match[str]] = []
    for match in _ITEM.finditer(text):
        if group and not _continues(text, group, match):
            yield _list(group)
            group = []
        group.append(match)
    if group:
        yield _list(group)


def _continues(text: str, group: list[re.Match[str]], match: re.Match[str]) -> bool:
    between = text[group[-1].end() : match.start()].split("\n")[1:]
    # Between two items of one list stand empty lines and what is indented into the item before.
    is_joined = all(not line.strip() or line.startswith("    ") for line in between)
    return is_joined and (bool(match[1]) or _is_numbered(match) == _is_numbered(group[0]))


def _is_numbered(match: re.Match[str]) -> bool:
    return match[3] is not None


def _list(group: list[re.Match[str]]) -> Shape:
    counts = [len(list(items)) for _, items in groupby(sorted(len(match[1]) for match in group))]
    kind = "numbered list" if _is_numbered(group[0]) else "list"
    below = "".join(f", {count} below" for count in counts[1:])
    return Shape("list", f"{kind} of {_count(counts[0], 'item')}{below}", group[0].start())


def _tables(text: str) -> Iterator[Shape]:
    rows: list[re.Match[str]] = []
    for match in _ROW.finditer(text):
        if rows and text[rows[-1].end() : match.start()] != "\n":
            yield _table(rows)
            rows = []
        rows.append(match)
    if rows:
        yield _table(rows)


def _table(rows: list[re.Match[str]]) -> Shape:
    filled = [row for row in rows if not _RULE.fullmatch(row[0].strip())]
    columns = max(len(_CELL_END.split(row[1])) for row in filled or rows)
    return Shape("table", f"table of {_count(len(filled), 'row')} and {_count(columns, 'column')}", rows[0].start())


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _quotations(text: str) -> Iterator[Shape]:
    for match in _QUOTATION.finditer(text):
        yield Shape("quotation", "quotation", match.start())


def _admonitions(text: str) -> Iterator[Shape]:
    for match in _ADMONITION.finditer(text):
        yield Shape("note", f"“{match[1]}” box", match.start())
