"""Lists, tables, quotations, boxes, code: what a translation keeps as it is. A list that lost an
item is a loss that no reader of one language sees."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from metropolis.content.blocks import Block, Container
from metropolis.content.page import Page

# Its kind ("list"), what has to be equal ("list of 3 items"), and where it starts.
FoundShape = tuple[str, str, int]
_APART = re.compile(r"\n *\n")
_END = Block("end", 0, 0)


def find_shapes(page: Page) -> Iterator[FoundShape]:
    yield from _lists(page)
    yield from _tables(page)
    yield from _around(page)
    yield from (("code", "code block", one.start) for one in page.blocks if one.kind == "code")


def _lists(page: Page) -> Iterator[FoundShape]:
    """Outermost lists; items further in are counted, by their depth, under their list."""
    lists: dict[int, list[set[Container]]] = defaultdict(list)
    for block in page.blocks:
        items = [container for container in block.containers if container.kind == "item"]
        for depth, item in enumerate(items):
            levels = lists[items[0].list_start]
            if depth == len(levels):
                levels.append(set())
            levels[depth].add(item)
    for start, levels in lists.items():
        kind = "list" if next(iter(levels[0])).number is None else "numbered list"
        below = "".join(f", {len(items)} below" for items in levels[1:])
        yield "list", f"{kind} of {_count(len(levels[0]), 'item')}{below}", start


def _tables(page: Page) -> Iterator[FoundShape]:
    table: list[Block] = []
    text = page.text.text
    for block in (*page.blocks, _END):
        is_cell = block.kind in ("cell", "rule")
        is_next = is_cell and table and not _APART.search(text, table[-1].end, block.start)
        if table and not is_next:
            rows = len({cell.row for cell in table if cell.kind == "cell"})
            columns = max(cell.column for cell in table) + 1
            size = f"{_count(rows, 'row')} and {_count(columns, 'column')}"
            yield "table", f"table of {size}", table[0].row
            table = []
        if is_cell:
            table.append(block)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _around(page: Page) -> Iterator[FoundShape]:
    """Quotations, those in others not counted, and boxes."""
    found: dict[Container, None] = {}
    for block in page.blocks:
        quotations = [one for one in block.containers if one.kind == "quotation"]
        boxes = [one for one in block.containers if one.kind == "box"]
        found |= dict.fromkeys([*quotations[:1], *boxes])
    for one in found:
        is_box = one.kind == "box"
        kind, text = ("note", f"“{one.name}” box") if is_box else ("quotation", "quotation")
        yield kind, text, one.start
