"""Compares the order of things in a page and its source: headings, calls, links, notes, shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    missing: list[tuple[Part, int]] = []
    extra: list[Part] = []
    # Its time is the square of what it compares.
    theirs, mine = theirs[first : len(theirs) - last], mine[first : len(mine) - last]
    for operation, *bounds in SequenceMatcher(None, theirs, mine, False).get_opcodes():
        source_start, source_end, start, end = (bound + first for bound in bounds)
        if operation != "equal":
            where = found[start - 1].start if start else begin
            missing += [(part, place(part, where)) for part in expected[source_start:source_end]]
            extra += found[start:end]
    return list(_say(source, page, missing, extra))


def _same_at_both_ends(theirs: list[str], mine: list[str]) -> tuple[int, int]:
    """How many are the same at the beginning, and of the rest at the end."""
    shortest = min(len(theirs), len(mine))
    first = next((n for n in range(shortest) if theirs[n] != mine[n]), shortest)
    rest = range(shortest - first)
    last = next((n for n in rest if theirs[-1 - n] != mine[-1 - n]), len(rest))
    return first, last


def _say(
    source: Page, page: Page, missing: list[tuple[Part, int]], extra: list[Part]
) -> Iterator[Problem]:
    unmatched = list(missing)
    for part in extra:
        shown = excerpt(part.key)
        twin = next((item for item in unmatched if item[0].name == part.name), None)
        if twin is None:
            what = f"{shown} has no counterpart in {source.path}."
            how = "Delete it, or add it in every language."
        else:
            unmatched.remove(twin)
            expected = twin[0]
            there = f"in {source.path}, line {source.text.place(expected.start)[0]}."
            what, how = f"{shown} is {excerpt(expected.key)} {there}", part.how
            if expected.key == part.key:
                what, how = f"{shown} is in another place than {there}", "Put it in the same order."
        yield page.problem(part.start, what, how=how)
    for part, where in unmatched:
        line = source.text.place(part.start)[0]
        what = f"{excerpt(part.key)} is missing: {source.path} has it on line {line}."
        yield page.problem(where, what, how="Add it below this line.")
