"""The boxes of a laid-out book: what each page begins with, and what stands outside its sheet. For
render.py and page_numbers.py."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from metropolis.problem import Problem

_BLOCKS = frozenset(["p", "li", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "dd", "tr"])
_ROUNDING = 1  # CSS pixels
_HOW = "Give a table fewer columns, and write shorter words or a shorter note."


def walk_boxes(page: Page) -> Iterator[Any]:
    """Every text and every figure of a page, in reading order."""
    waiting = [page._page_box]
    while waiting:
        box = waiting.pop()
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            yield box
        else:
            waiting.extend(reversed(getattr(box, "children", ())))


def off_paper(document: Document, name: str, first: int) -> Iterator[Problem]:
    """A problem for each page with something outside it; viewers and printers cut that off.

    `first` is the number of the first page."""
    for number, page in enumerate(document.pages, first):
        outside = [_words(box) for box in walk_boxes(page) if _is_outside(box, page)]
        if outside:
            others = f" and {len(outside) - 1} more" if len(outside) > 1 else ""
            what = f"Page {number}: “{outside[0]}”{others} would be outside the sheet."
            yield Problem(name, 0, 0, what, how=_HOW)


def page_starts(document: Document) -> tuple[tuple[str, int], ...]:
    """For each page, the first block that begins on it: its tag, and how many of that tag precede
    it in the book. Contents and QR codes do not count: an EPUB has none. A page on which nothing
    else begins has ("", its number)."""
    root = document.pages[0]._page_box.children[0].element
    parents = {child: parent for parent in root.iter() for child in parent}
    order: Counter[str] = Counter()
    places: dict[Any, tuple[str, int]] = {}
    for element in root.iter():
        places[element] = (element.tag, order[element.tag])
        order[element.tag] += 1
    seen: set[Any] = set()
    found = []
    for number, page in enumerate(document.pages, 1):
        begun = [block for box in walk_boxes(page) if (block := _block(box, parents)) is not None]
        first = next((block for block in begun if block not in seen), None)
        found.append(("", number) if first is None else places[first])
        seen.update(begun)
    return tuple(found)


def _block(box: Any, parents: dict[Any, Any]) -> Any:
    """The block of the HTML that a text or a figure is in, if it is in one."""
    element = box.element
    found = None
    while element is not None:
        if element.tag == "nav" or element.get("class") == "live":
            return None
        if found is None and element.tag in _BLOCKS:
            found = element
        element = parents.get(element)
    return found


def _is_outside(box: Any, page: Page) -> bool:
    if isinstance(box, boxes.TextBox) and not box.text.strip():
        return False
    right, bottom = box.position_x + box.width, box.position_y + box.height
    return bool(
        min(box.position_x, box.position_y) < -_ROUNDING
        or right > page.width + _ROUNDING
        or bottom > page.height + _ROUNDING
    )


def _words(box: Any) -> str:
    """A text, or the name of the element of a figure."""
    return box.text.strip()[:40] if isinstance(box, boxes.TextBox) else str(box.element_tag)
