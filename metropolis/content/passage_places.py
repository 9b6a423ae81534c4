"""Places in a section that are the same in two languages."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from metropolis.content.page import Page
from metropolis.content.prose import Passage

_PARAGRAPH_END = re.compile(r"\n *\n")


class Groups:
    """Places in a section, the same in both languages though a paragraph is split."""

    def __init__(self, page: Page, passages: Sequence[Passage], ranges: Sequence[range]) -> None:
        self._starts = [passage.start for passage in passages]
        self._ends = [passage.start + len(passage.text) for passage in passages]
        pairs = sorted((index, number) for number, one in enumerate(ranges) for index in one)
        self._numbers = [number for _, number in pairs]
        self._paragraph_ends = [end.start() for end in _PARAGRAPH_END.finditer(page.text.text)]

    def place(self, offset: int) -> tuple[int, int]:
        """The number of the pair before `offset`, and the paragraphs without words between."""
        number = bisect_right(self._starts, offset) - 1
        end = self._ends[number] if number >= 0 else 0
        ends = self._paragraph_ends
        beyond = max(bisect_right(ends, offset) - bisect_left(ends, end), 0)
        is_paired = number >= 0 and bool(self._numbers)
        return self._numbers[number] if is_paired else number, beyond

    def is_inside(self, offset: int) -> bool:
        """Whether `offset` is in a passage."""
        number = bisect_right(self._starts, offset) - 1
        return number >= 0 and offset < self._ends[number]
