"""Compares the order of things in a page and its source: headings, calls, links, notes, shapes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.problem import Problem


@dataclass(frozen=True)
class Part:
    """`key` must be equal in both languages. Parts with the same `name` replace each other (a
    heading of another level); `how` says what to do if their keys differ. `address` is a link's."""

    key: str
    name: str
    start: int
    how: str
    address: str = ""

    @property
    def kind(self) -> str:
        """The first word of its name: heading, call, link, list …"""
        return self.name.partition(" ")[0]

    @property
    def is_shape(self) -> bool:
        """Whether it is a list, a table or another block that holds passages."""
        return self.kind in SHAPES


SHAPES = frozenset({"list", "table", "quotation", "note", "code"})
# Parts of a section that are compared one by one; beyond, only their numbers are reported.
_MOST_COMPARED = 300


def compare_parts(
    source: Page,
    page: Page,
    expected: list[Part],
    found: list[Part],
    begin: int,
    place: Callable[[Part, int], int],
) -> list[Problem]:
    """What `found`, in a text from `begin` on, has less, more or in another order. `place` gives
    the place of what is missing, behind the part that is there."""
    theirs, mine = [part.key for part in expected], [part.key for part in found]
    first, last = _same_at_both_ends(theirs, mine)
    if max(len(theirs), len(mine)) - first - last > _MOST_COMPARED:
        where = found[min(first, len(found) - 1)].start if found else page.body_start
        what = f"From here on the section has {len(mine)} calls, links, notes, lists and tables, or"
        what = f"{what} other ones than {source.path}, which has {len(theirs)}."
        return [page.problem(where, what, how="Build it as it is built there.")]
    missing: list[_Odd] = []
    extra: list[_Odd] = []
    # Its time is the square of what it compares.
    theirs, mine = theirs[first : len(theirs) - last], mine[first : len(mine) - last]
    blocks = SequenceMatcher(None, theirs, mine, False).get_opcodes()
    for number, (operation, *bounds) in enumerate(blocks):
        source_start, source_end, start, end = (bound + first for bound in bounds)
        if operation != "equal":
            where = found[start - 1].start if start else begin
            lost = expected[source_start:source_end]
            missing += [_Odd(part, number, place(part, where)) for part in lost]
            extra += [_Odd(part, number, part.start) for part in found[start:end]]
    return list(_say(source, page, missing, extra))


def _same_at_both_ends(theirs: list[str], mine: list[str]) -> tuple[int, int]:
    """How many are the same at the beginning, and of the rest at the end."""
    shortest = min(len(theirs), len(mine))
    first = next((n for n in range(shortest) if theirs[n] != mine[n]), shortest)
    rest = range(shortest - first)
    last = next((n for n in rest if theirs[-1 - n] != mine[-1 - n]), len(rest))
    return first, last


@dataclass(frozen=True)
class _Odd:
    """A part that only one page has, or has in another place; what is together has one `block`."""

    part: Part
    block: int
    where: int

    def likeness(self, other: _Odd) -> int:
        """How surely one of the source stands for this one; 0: it does not."""
        mine, theirs, is_near = self.part, other.part, self.block == other.block
        if mine.key == theirs.key:
            return 4
        if mine.name == theirs.name:
            return 3 if is_near else 2
        return int(is_near and mine.kind == theirs.kind == "heading")

    def is_beside(self, told: Collection[tuple[int, str]]) -> bool:
        """Whether another of its kind is among `told`, here or beyond what both pages have."""
        return any((self.block + step, self.part.kind) in told for step in (-2, 0, 2))


def _say(source: Page, page: Page, missing: list[_Odd], extra: list[_Odd]) -> Iterator[Problem]:
    """A list in two pieces is one problem: more of a kind beside a changed one is no news."""
    unmatched, told = list(missing), set[tuple[int, str]]()
    for odd in extra:
        part, shown = odd.part, excerpt(odd.part.key)
        twin = max(unmatched, key=odd.likeness, default=None)
        if twin is None or not odd.likeness(twin):
            if part.is_shape and odd.is_beside(told):
                continue
            what = f"{shown} has no counterpart in {source.path}."
            how = "Delete it, or add it in every language."
        else:
            unmatched.remove(twin)
            told.add((odd.block, part.kind))
            expected = twin.part
            there = f"in {source.path}, line {source.text.place(expected.start)[0]}."
            what, how = f"{shown} is {excerpt(expected.key)} {there}", part.how
            if expected.key == part.key:
                what, how = f"{shown} is in another place than {there}", "Put it in the same order."
        yield page.problem(part.start, what, how=how)
    for odd in unmatched:
        if odd.part.is_shape and odd.is_beside(told):
            continue
        line = source.text.place(odd.part.start)[0]
        what = f"{excerpt(odd.part.key)} is missing: {source.path} has it on line {line}."
        yield page.problem(odd.where, what, how="Add it below this line.")
