"""Whether readers get a page as its author sees it: our reading of its blocks beside what
Python-Markdown makes of it.

Python-Markdown's rules are not those of the editors and forges that people know: a list needs an
empty line above it, an inner one four spaces. What readers would get differently is reported on its
line, with the spelling to use.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from markdown import Markdown

from metropolis.content.blocks import Block
from metropolis.content.emphasis import check_emphasis
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.content.rendered import Place, Rendered, render_words
from metropolis.problem import Problem

# Where, what is wrong ("{}" stands for the line), and how to write it.
_Finding = tuple[int, str, str]

_LIST = "Leave an empty line above the list."
_DEEPER = "Indent an inner item by four spaces for each level, and a paragraph of an item too."
_APART = "Begin it without spaces, after an empty line."
_OTHER = ("“{}” is not the block that it looks like.", "Leave an empty line above and below it.")


def check_agreement(page: Page, converter: Markdown) -> list[Problem]:
    """A problem for each block of `page` that readers would get otherwise; `converter` is a new one
    of the site's."""
    rendered = render_words(page, converter)
    comparison = _Comparison(page, rendered)
    problems = list(_once(page, sorted([*comparison.displaced(), *comparison.unseen()])))
    lines = {problem.line for problem in problems}  # their other faults have the same cause
    return problems + [one for one in check_emphasis(page, rendered) if one.line not in lines]


def _once(page: Page, findings: list[_Finding]) -> Iterator[Problem]:
    """One problem for neighbouring lines with the same fault: that of the first."""
    before, reported = ("", "", -9), set[int]()
    for start, what, how in findings:
        line = page.text.place(start)[0]
        if line not in reported and ((what, how) != before[:2] or line > before[2] + 2):
            shown = excerpt(page.text.line_of(start))
            yield page.text.problem(start, what.replace("{}", shown), how=how)
            reported.add(line)  # its other faults have the same cause
        before = (what, how, line)


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
            if len(self.words[start]) == 1:
                continue
            number = bisect_left(starts, start + 1) - 1
            yield _lost(
                start, self.page.blocks[number] if number >= 0 else None, bool(self.words[start])
            )

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
            if finding and not (block.kind != "title" and _boxes(block) & self.broken):
                self.broken |= _lists(block) | (_boxes(block) if block.kind == "title" else set())
                yield finding

    def _compare(self, block: Block, places: Sequence[Place], last: int) -> _Finding | None:
        if _has_bracket(block):  # never a list, whatever stands in it
            what = "“{}” would come out as text: it is no list."
            return block.start, what, "Write 1. and not 1), after an empty line."
        expected = tuple(container.kind for container in block.containers)
        strange = next(
            (one for one in places if (one.containers, one.leaf) != (expected, block.kind)), None
        )
        if strange:
            return (block.start, *_difference(block, expected, strange))
        if len({one.element for one in places}) > 1 or places[0].element == last:
            return (block.start, *_OTHER)
        if block.inside == "item" and block.is_first and not _lists(block) & self.broken:
            return _misnumbered(block, places[0])
        return None


def _lists(block: Block) -> set[int]:
    """The starts of the lists that a block is in."""
    return {container.list_start for container in block.containers if container.kind == "item"}


def _has_bracket(block: Block) -> bool:
    return block.is_first and any(container.has_bracket for container in block.containers)


def _boxes(block: Block) -> set[int]:
    return {container.start for container in block.containers if container.kind == "box"}


def _lost(start: int, block: Block | None, is_seen: bool) -> _Finding:
    """The problem of a word of `block` that readers would not get exactly once."""
    note = next((one for one in block.containers if one.kind == "note"), None) if block else None
    if note:
        what = "Readers would not get this note as it is written: another one has its name."
        return note.start, what, "Give each note a name of its own, and name it once in the text."
    if is_seen:
        return start, "“{}” would come out more than once.", "Write each word and each note once."
    if block and block.kind == "cell":
        what = "“{}” has more cells than the head of its table: readers would not get the last."
        return block.start, what, "Give each row as many cells as the head."
    return (
        start,
        "Readers would not get the words of “{}”.",
        "Write them as a paragraph of their own.",
    )


def _difference(block: Block, expected: tuple[str, ...], place: Place) -> tuple[str, str]:
    """What is wrong, and how to write it."""
    found = place.containers
    if place.leaf == "code":
        how = "Take the spaces away. Code stands between two lines of ```."
        return "“{}” begins with four spaces: readers would get it as code.", how
    if place.leaf in ("term", "definition"):
        how = "Do not begin a line with a colon."
        return "“{}” would become a definition: a line here begins with a colon.", how
    if place.leaf == "title" or block.kind == "title":
        return (
            "“{}” would not come out as the head of a box.",
            'Write !!! note "Title", after an empty line.',
        )
    if block.kind == "cell" and place.leaf != "cell":
        how = "Leave an empty line above the table, and write the line |---|---| under its head."
        return "“{}” would come out as text with bars: it is no table.", how
    if place.leaf == "cell":
        how = r"Begin each row of a table with a bar, and write a bar in a sentence as \|."
        return "“{}” would come out as a table.", how
    if expected.count("item") != found.count("item"):
        return _other_item(block, expected.count("item") > found.count("item"), "item" in found)
    return _other_container(set(expected) - set(found), set(found) - set(expected))


def _other_item(block: Block, is_deeper: bool, is_item: bool) -> tuple[str, str]:
    """The problem of a block that is not in the lists in which it seems to be."""
    if not is_deeper:
        return "“{}” would come out inside the list above it.", _APART
    if not block.is_first:
        return "“{}” would not come out as part of the item above it.", _DEEPER
    if is_item:
        return "“{}” would come out at the level of the item above it.", _DEEPER
    return "“{}” would come out as text: it is no list.", _LIST


def _other_container(missing: set[str], added: set[str]) -> tuple[str, str]:
    """The problem of a block in one container too few or too many."""
    if "box" in missing:
        return "“{}” would stand outside its box.", "Indent everything in a box by four spaces."
    if "note" in missing:
        return (
            "“{}” would not come out in its note.",
            "Begin a note at the head of its line, and indent what follows.",
        )
    if "quotation" in missing:
        return "“{}” would not come out as a quotation.", "Leave an empty line above the quotation."
    if added:
        name = {"box": "box", "note": "note", "quotation": "quotation"}[sorted(added)[0]]
        return f"“{{}}” would stand inside the {name} above it.", _APART
    return _OTHER


def _misnumbered(block: Block, place: Place) -> _Finding | None:
    """Items whose number readers would not see, or that get one."""
    item = block.containers[-1]
    shown, typed = place.number, item.number
    if (shown is None) != (typed is None):
        what = "“{}” would come out as an item of the list above it, which is of another kind."
        how = "Write a sentence between the two lists."
        if typed not in (None, 1):
            how = f"Write {typed}\\. if it is no list, or a sentence between the two lists."
        return item.start, what, how
    # Many write 1. before each item, and expect that readers see them counted.
    if typed in (None, 1) or shown == typed:
        return None
    what = f"Readers would see {shown} here, and not {typed}: a number and a point begin a list."
    return item.start, what, f"Write {typed}\\. if it is no list; a list counts from 1."
