"""Compares our reading of a page's blocks with Python-Markdown's (rendered.py), where a list needs
an empty line above it and an inner one four spaces, unlike elsewhere. Differences are reported."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from metropolis.content.blocks import Block
from metropolis.content.code_spans import is_table_rule
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.content.rendered import Place, Rendered
from metropolis.problem import Problem

_BAR = re.compile(r"(?<!\\)\|")
_Words = tuple[str, str]  # what is wrong ("{}" stands for the line), and how to write it
_Finding = tuple[int, str, str]  # where, and the words

_LIST = "Leave an empty line above the list."
_DEEPER = "Indent an inner item by four spaces for each level, and a paragraph of an item too."
_APART = "Begin it without spaces, after an empty line."
_OTHER = ("“{}” is not the block that it looks like.", "Leave an empty line above and below it.")
_NO_LIST = "“{}” would come out as text: it is no list."
_BRACKET = (_NO_LIST, "Write 1. and not 1), after an empty line.")
_CODE = (
    "“{}” begins with four spaces: readers would get it as code.",
    "Take the spaces away. Code stands between two lines of ```.",
)
_DEFINITION = (
    "“{}” would become a definition: a line here begins with a colon.",
    "Do not begin a line with a colon.",
)
_TITLE = (
    "“{}” would not come out as the head of a box.",
    'Write !!! note "Title", after an empty line.',
)
_UNEVEN = (
    "“{}” would come out as text with bars: the line under it has not as many cells.",
    "Write |---|---| under the head of the table, one --- for each of its cells.",
)
_NO_TABLE = (
    "“{}” would come out as text with bars: it is no table.",
    "Leave an empty line above the table, and write the line |---|---| under its head.",
)
_TABLE = (
    "“{}” would come out as a table.",
    r"Begin each row of a table with a bar, and write a bar in a sentence as \|.",
)
_DOUBLE_NOTE = (
    "Readers would not get this note as it is written: another one has its name.",
    "Give each note a name of its own, and name it once in the text.",
)
_DOUBLE = ("“{}” would come out more than once.", "Write each word and each note once.")
_LAST_CELL = (
    "“{}” has more cells than the head of its table: readers would not get the last.",
    "Give each row as many cells as the head.",
)
_EARLY = (
    "“{}” would come out below what is written under it.",
    "Leave an empty line above and below an inner list.",
)
_LOST = ("Readers would not get the words of “{}”.", "Write them as a paragraph of their own.")
# Blocks that are not in a container in which they seem to be.
_OUTSIDE = {
    "box": ("“{}” would stand outside its box.", "Indent everything in a box by four spaces."),
    "note": (
        "“{}” would not come out in its note.",
        "Begin a note at the head of its line, and indent what follows.",
    ),
    "quotation": (
        "“{}” would not come out as a quotation.",
        "Leave an empty line above the quotation.",
    ),
}


def compare_blocks(page: Page, rendered: Rendered) -> list[Problem]:
    comparison = _Comparison(page, rendered)
    findings = sorted([*comparison.displaced(), *comparison.unseen()])
    if not findings and rendered.early >= 0:
        findings = [(rendered.early, *_EARLY)]
    return list(_once(page, findings))


def _once(page: Page, findings: list[_Finding]) -> Iterator[Problem]:
    """One problem for neighbouring lines with the same fault: that of the first."""
    before, reported = ("", "", -9), set[int]()
    for start, what, how in findings:
        line = page.text.place(start)[0]
        fault = _NO_TABLE if (what, how) == _UNEVEN else (what, how)
        is_next = fault == before[:2] and line <= before[2] + 2
        if fault == before[:2] == _CODE:  # of one block
            between = page.text.lines[before[2] : line - 1]
            is_next = all(not one[:4].strip() for one in between)
        if line not in reported and not is_next:
            shown = excerpt(page.text.line_of(start))
            yield page.problem(start, what.replace("{}", shown), how=how)
            reported.add(line)  # its other faults have the same cause
        before = (*fault, line)


class _Comparison:
    """Goes through the blocks of a page, with the places of the words of each."""

    def __init__(self, page: Page, rendered: Rendered) -> None:
        self.page = page
        self.words = rendered.words
        self.starts = sorted(rendered.words)
        self.broken: set[int] = set()  # starts of lists and boxes that have a problem already

    def unseen(self) -> Iterator[_Finding]:
        """Words that are lost, and words that come out more than once."""
        starts = [block.start for block in self.page.blocks]
        for start in self.starts:
            if len(self.words[start]) != 1:
                number = bisect_left(starts, start + 1) - 1
                yield _lost(start, self.page.blocks[number], bool(self.words[start]))

    def displaced(self) -> Iterator[_Finding]:
        """Blocks that come out as something else, or together with the block before."""
        last = -1
        for block in self.page.blocks:
            first, end = bisect_left(self.starts, block.start), bisect_left(self.starts, block.end)
            places = [place for start in self.starts[first:end] for place in self.words[start]]
            if not places and not _has_bracket(block):
                continue
            finding = self._compare(block, places, last)
            last = places[-1].element if places else last
            if finding and not (block.kind != "title" and _starts(block, "box") & self.broken):
                self.broken |= _starts(block, "item")
                self.broken |= _starts(block, "box") if block.kind == "title" else set()
                yield finding

    def _compare(self, block: Block, places: Sequence[Place], last: int) -> _Finding | None:
        if _has_bracket(block):  # never a list, whatever stands in it
            return block.start, *_BRACKET
        expected = [container.kind for container in block.containers]
        for one in places:
            if ([*one.containers], one.leaf) != (expected, block.kind):
                words = _difference(block, expected, one)
                is_uneven = words == _NO_TABLE and _is_uneven(self.page, block.start)
                return block.start, *(_UNEVEN if is_uneven else words)
        if len({one.element for one in places}) > 1 or places[0].element == last:
            return block.start, *_OTHER
        if places[0].leaf not in ("cell", "code") and _is_uneven(self.page, block.start):
            return block.start, *_UNEVEN
        if block.inside == "item" and block.is_first and not _starts(block, "item") & self.broken:
            return _misnumbered(block, places[0])
        return None


def _starts(block: Block, kind: str) -> set[int]:
    """Where the lists, or the boxes, begin that a block is in."""
    around = (one for one in block.containers if one.kind == kind)
    return {one.list_start if kind == "item" else one.start for one in around}


def _is_uneven(page: Page, start: int) -> bool:
    """Whether a line and the rule under it would be a table, if they had as many cells."""
    number = page.live.place(start)[0]
    head, rule = (one.strip(" >") for one in [*page.live.lines[number - 1 : number + 1], ""][:2])
    is_table = "|" in head and "|" in rule and is_table_rule(rule)
    return is_table and _cells(head) != _cells(rule)


def _cells(line: str) -> int:
    return len(_BAR.split(line.strip("|")))


def _has_bracket(block: Block) -> bool:
    return block.is_first and any(container.has_bracket for container in block.containers)


def _lost(start: int, block: Block, is_seen: bool) -> _Finding:
    """The problem of a word of `block` that readers would not get exactly once."""
    if note := next((one for one in block.containers if one.kind == "note"), None):
        return note.start, *_DOUBLE_NOTE
    if is_seen:
        return start, *_DOUBLE
    return (block.start, *_LAST_CELL) if block.kind == "cell" else (start, *_LOST)


def _difference(block: Block, expected: Sequence[str], place: Place) -> _Words:
    if place.leaf == "code":
        return _CODE
    if place.leaf in ("term", "definition"):
        return _DEFINITION
    if "title" in (place.leaf, block.kind):
        return _TITLE
    if "cell" in (place.leaf, block.kind) and place.leaf != block.kind:
        return _TABLE if place.leaf == "cell" else _NO_TABLE
    found = place.containers
    if expected.count("item") != found.count("item"):
        return _other_item(block, expected.count("item") > found.count("item"), "item" in found)
    for kind, words in _OUTSIDE.items():
        if kind in expected and kind not in found:
            return words
    if added := sorted(set(found) - set(expected)):
        return f"“{{}}” would stand inside the {added[0]} above it.", _APART
    return _OTHER


def _other_item(block: Block, is_deeper: bool, is_item: bool) -> _Words:
    """The problem of a block that is not in the lists in which it seems to be."""
    if not is_deeper:
        return "“{}” would come out inside the list above it.", _APART
    if not block.is_first:
        return "“{}” would not come out as part of the item above it.", _DEEPER
    if is_item:
        return "“{}” would come out at the level of the item above it.", _DEEPER
    return _NO_LIST, _LIST


def _misnumbered(block: Block, place: Place) -> _Finding | None:
    """Items whose number readers would not see, or that get one."""
    item = block.containers[-1]
    shown, typed = place.number, item.number
    escaped = f"Write {typed}\\. if it is no list"
    if (shown is None) != (typed is None):
        what = "“{}” would come out as an item of the list above it, which is of another kind."
        between = "a sentence between the two lists."
        how = f"Write {between}" if typed in (None, 1) else f"{escaped}, or {between}"
        return item.start, what, how
    # Many write 1. before each item, and expect that readers see them counted.
    if typed in (None, 1) or shown == typed:
        return None
    what = f"Readers would see {shown} here, and not {typed}: a number and a point begin a list."
    return item.start, what, f"{escaped}; a list counts from 1."
