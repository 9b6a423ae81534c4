"""A page's sections: from each heading to the next, named by its pinned anchor.

The unit of translation: what is stale, compared, exported and accepted is a section, the same in
every language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from metropolis.content.headings import Heading


@dataclass(frozen=True)
class Section:
    """`anchor` names it; `title` are its heading's words; `start` and `end` are offsets in the
    page's text.

    The first section is the page's title with what is below it, and the header's title and
    description."""

    anchor: str
    title: str
    line: int
    start: int
    end: int
    is_first: bool = False


def find_sections(headings: Iterable[Heading], length: int) -> Iterator[Section]:
    """The sections of a page of `length` characters; a heading without anchor belongs to the
    section before it."""
    headings = [heading for heading in headings if heading.anchor]
    ends = [*(heading.start for heading in headings[1:]), length]
    for number, (heading, end) in enumerate(zip(headings, ends, strict=False)):
        yield Section(heading.anchor, heading.text, heading.line, heading.start, end, number == 0)


def section_at(sections: Sequence[Section], offset: int) -> str:
    """The anchor of the section that contains `offset`; what is above the title belongs to
    it."""
    number = bisect_right(sections, offset, key=lambda section: section.start)
    return sections[max(number - 1, 0)].anchor if sections else ""
