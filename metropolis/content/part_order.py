"""Compares the order of things in a page and its source: headings, calls, links, notes, shapes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from metropolis.content.outside_address import is_same_site
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.problem import Problem, Severity


@dataclass(frozen=True)
class Part:
    """`key` must be equal in both languages. Parts with the same `name` replace each other (a
    heading of another level); `how` says what to do if their keys differ. `address` is a link's,
    `place` that of a part in a section (Groups.place)."""

    key: str
    name: str
    start: int
    how: str
    address: str = ""
    place: tuple[int, int] = (-1, -1)

    @property
    def shown(self) -> str:
        """How a report names it: a link with its address as it is written."""
        return f"{self.key.partition('(')[0]}({self.address})" if self.address else self.key

    @property
    def kind(self) -> str:
        """The first word of its name: heading, call, link, list …"""
        return self.name.partition(" ")[0]

    @property
    def is_shape(self) -> bool:
        """Whether it is a list, a table or another block that holds passages."""
        return self.kind in _SHAPE_KINDS


Moved = tuple[Part, Part]  # of the source, and of the translation
_SHAPE_KINDS = frozenset({"list", "table", "quotation", "note", "code"})
# Parts of a section that are compared one by one; beyond, only their numbers are reported.
_MOST_COMPARED = 300
_SURE = 5  # the highest likeness
_MOST_NAMED = 3  # of those that are lost together


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
        mine, theirs = self.part, other.part
        is_heading = mine.kind == theirs.kind == "heading"
        if mine.key == theirs.key or (is_heading and mine.name == theirs.name):
            return _SURE
        is_shape = mine.is_shape and theirs.is_shape and self.block == other.block
        if mine.name != theirs.name and not is_heading:
            return int(is_shape)
        is_near = not is_heading and -1 < mine.place[0] == theirs.place[0]
        likeness = 2 if self.block == other.block else int(is_near)
        return likeness + 2 if likeness and is_same_site(mine.address, theirs.address) else likeness

    def is_beside(self, told: Collection[tuple[int, str]]) -> bool:
        """Whether another of its kind is among `told`, here or beyond what both pages have."""
        return any((self.block + step, self.part.kind) in told for step in (-2, 0, 2))


def _pair(missing: list[_Odd], extra: list[_Odd]) -> Iterator[tuple[_Odd | None, _Odd | None]]:
    """One of the source and one of the translation that stands for it, the surest first; then
    those without another."""
    theirs, mine = (sorted(odds, key=lambda odd: odd.part.start) for odds in (missing, extra))
    for likeness in range(_SURE, 0, -1):
        for odd in tuple(mine):
            twin = next((one for one in theirs if odd.likeness(one) == likeness), None)
            if twin:
                theirs.remove(twin)
                mine.remove(odd)
                yield twin, odd
    yield from ((None, odd) for odd in mine)
    yield from ((odd, None) for odd in theirs)


def _say(source: Page, page: Page, missing: list[_Odd], extra: list[_Odd]) -> Iterator[Problem]:
    """A list in two pieces is one problem: more of a kind beside a changed one is no news. What is
    together is lost for one reason, but a few headings are sections of their own."""
    pairs = list(_pair(missing, extra))
    told = {(mine.block, mine.part.kind) for theirs, mine in pairs if theirs and mine}
    moved: list[Moved] = []
    changes: set[tuple[int, str, str]] = set()  # of shapes, told once for a place
    alone: dict[tuple[bool, int, bool], list[_Odd]] = {}
    for theirs, mine in pairs:
        odd = mine or theirs
        if mine and theirs and theirs.part.key == mine.part.key:
            moved.append((theirs.part, mine.part))
        elif mine and theirs:
            change = (theirs.block, theirs.part.key, mine.part.key)
            # A heading without an anchor is reported there.
            if theirs.part.name != "heading " and change not in changes:
                yield _changed(source, page, theirs.part, mine.part)
            if mine.part.is_shape:
                changes.add(change)
        elif odd and not (odd.part.is_shape and odd.is_beside(told)):
            is_heading = odd.part.kind == "heading"
            alone.setdefault((odd is theirs, odd.block, is_heading), []).append(odd)
    if moved:
        yield tell_moved(source, page, moved)
    for (is_missing, _, is_heading), odds in alone.items():
        is_few = is_heading and len(odds) <= _MOST_NAMED
        for some in [[one] for one in odds] if is_few else [odds]:
            yield (_missing if is_missing else _added)(source, page, some)


def _missing(source: Page, page: Page, odds: list[_Odd]) -> Problem:
    """Parts of the source, one after the other, that the translation lacks."""
    parts = [odd.part for odd in odds]
    verb, them = ("are", "them") if len(odds) > 1 else ("is", "it")
    where = _lines(source, parts, "on line")
    what = f"{_named(parts)} {verb} missing: {source.path} has {them} {where}."
    return page.problem(odds[0].where, what, how=f"Add {them} below this line.")


def _added(source: Page, page: Page, odds: list[_Odd]) -> Problem:
    """Parts of the translation, one after the other, that the source lacks."""
    verb, them = ("have", "them") if len(odds) > 1 else ("has", "it")
    what = f"{_named([odd.part for odd in odds])} {verb} no counterpart in {source.path}."
    how = f"Delete {them}, or add {them} in every language."
    return page.problem(odds[0].where, what, how=how)


def tell_moved(source: Page, page: Page, moved: list[Moved]) -> Problem:
    """Parts that both pages have, in another order."""
    parts = [part for _, part in moved]
    verb, them = ("are", "them") if len(moved) > 1 else ("is", "it")
    where = _lines(source, [twin for twin, _ in moved], "line")
    what = f"{_named(parts)} {verb} in another place than in {source.path}, {where}."
    return page.problem(parts[0].start, what, how=f"Put {them} in the same order.")


def _lines(page: Page, parts: list[Part], one: str) -> str:
    """Where a page has some parts."""
    lines = {page.text.place(part.start)[0] for part in parts}
    return f"{one} {min(lines)}" if len(lines) == 1 else f"from line {min(lines)} on"


def _named(parts: list[Part]) -> str:
    names = Counter(excerpt(part.shown) for part in parts)
    if set(names) == {"code block"} and len(parts) > 1:
        return f"{len(parts)} code blocks"
    shown = [name if times == 1 else f"{times} times {name}" for name, times in names.items()]
    more = len(shown) - _MOST_NAMED
    return ", ".join(shown[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def _changed(source: Page, page: Page, expected: Part, part: Part) -> Problem:
    """Another address of the same site is advice: it may be that page in another language."""
    line = source.text.place(expected.start)[0]
    what = f"{excerpt(part.shown)} is {excerpt(expected.shown)} in {source.path}, line {line}."
    how = part.how
    severity: Severity = "error"
    if is_same_site(part.address, expected.address):
        how, severity = "Lead it to the same page, or to that page in this language.", "advice"
    return page.problem(part.start, what, how=how, severity=severity)
