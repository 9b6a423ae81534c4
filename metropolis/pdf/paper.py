"""The boxes of a laid-out book, and those that stand outside their sheet. For render.py and
page_numbers.py."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from weasyprint.document import Document, Page
from weasyprint.formatting_structure import boxes
from weasyprint.layout.absolute import AbsolutePlaceholder

from metropolis.problem import Problem

_ROUNDING = 1  # CSS pixels
_HOW = "Give a table fewer columns, and write shorter words or a shorter note."


def walk_boxes(page: Page) -> Iterator[Any]:
    """Every text and every figure of a page."""
    waiting = [page._page_box]
    while waiting:
        box = waiting.pop()
        if isinstance(box, AbsolutePlaceholder):
            box = box._box
        if isinstance(box, boxes.TextBox | boxes.ReplacedBox):
            yield box
        else:
            waiting.extend(getattr(box, "children", ()))


def off_paper(document: Document, name: str) -> Iterator[Problem]:
    """A problem for each page with something outside it; viewers and printers cut that off."""
    for number, page in enumerate(document.pages, 1):
        outside = [_words(box) for box in walk_boxes(page) if _is_outside(box, page)]
        if outside:
            others = f" and {len(outside) - 1} more" if len(outside) > 1 else ""
            what = f"Page {number}: “{outside[-1]}”{others} would be outside the sheet."
            yield Problem(name, 0, 0, what, how=_HOW)


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
