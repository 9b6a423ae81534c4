"""A page's sections: from each heading to the next, named by its pinned anchor.

The unit of translation: what is stale, compared, exported and accepted is a section, the same in every language.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from metropolis.content.page import Page


@dataclass(frozen=True)
class Section:
    """`anchor` names it; `title` are its heading's words; `start` and `end` are offsets in the page's text.

    The first section is the page's title with what stands below it, and the header's title and description.
    """

    anchor: str
    title: str
    line: int
    start: int
    end: int
    is_first: bool = False


def find_sections(page: Page) -> list[Section]:
    """The sections of `page` in their order; a heading without anchor belongs to the section before it."""
    return list(_sections(page))


def _sections(page: Page) -> Iterator[Section]:
    headings = [heading for heading in page.headings if heading.anchor]
    ends = [*(heading.start for heading in headings[1:]), len(page.text.text)]
    for number, (heading, end) in enumerate(zip(headings, ends, strict=False)):
        yield Section(heading.anchor, heading.text, heading.line, heading.start, end, number == 0)


def section_at(sections: list[Section], offset: int) -> str:
    """The anchor of the section in which `offset` stands; what stands above the title belongs to it."""
    number = bisect_right(sections, offset, key=lambda section: section.start)
    return sections[max(number - 1, 0)].anchor if sections else ""
