"""Keeps the end of a part together, so that its last sheet is not nearly empty. The next part
begins on a new sheet. So the last blocks, about half a sheet of them, are not divided: either all
of them are on the last sheet, or there is no sheet that they would begin. How high they are is
estimated: half a sheet leaves room for an error of a third."""

from __future__ import annotations

import re
from collections.abc import Iterator
from math import ceil
from xml.etree import ElementTree

Element = ElementTree.Element
ROW = "row"
# Millimetres, as in book.css: nearly half the height of a sheet's text, and the most that may be
# kept together; the widths of text and of rows; the height of a line of each; and the space around
# a block.
_ENOUGH, _MOST = 105, 165
_TEXT, _WIDE = 120, 164
_LINE, _ROW_LINE = 5.2, 4.0
_SPACE = {"h2": 16, "h3": 12, "h4": 8, "figure": 8, ROW: 0}
_LETTERS_PER_MM, _ROW_LETTERS_PER_MM = 0.6, 0.8
_SVG = "{http://www.w3.org/2000/svg}svg"
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "header"})
_LISTS = frozenset({"ol", "ul"})
_BLOCKS = _HEADINGS | _LISTS | {ROW, _SVG, "p", "blockquote", "figure", "figcaption", "section"}
_BLOCKS |= {"div", "nav", "dl", "dt", "dd", "li", "table", "caption", "thead", "tbody", "tfoot"}
_BLOCKS |= {"tr"}
_SPACES = re.compile(r"\s+")


def keep_end(body: Element) -> None:
    """Marks the last blocks of `body` with the classes "unbroken" and "with-previous"."""
    kept: list[Element] = []
    height = 0.0
    for block, can_begin in _blocks_backwards(body, can_begin=True):
        height += _height(block, _TEXT)
        if height > _MOST:
            break
        kept.append(block)
        if height > _ENOUGH and can_begin:
            break
    for block in kept:
        with_previous = "" if block is kept[-1] else " with-previous"
        block.set("class", f"{block.get('class', '')} unbroken{with_previous}".strip())


def _blocks_backwards(element: Element, can_begin: bool) -> Iterator[tuple[Element, bool]]:
    """The smallest blocks that are not a part of a line or of a row, the last first; and whether a
    sheet can begin with each: not after a heading, nor with the first item of a list.

    `can_begin`: whether one can begin with `element`."""
    blocks = [child for child in element if child.tag in _BLOCKS]
    for number in reversed(range(len(blocks))):
        block = blocks[number]
        if number:
            begins = blocks[number - 1].tag not in _HEADINGS and block.tag not in _LISTS
        else:
            begins = can_begin and element.tag not in _LISTS
        if block.tag in {ROW, _SVG, "figure", "tr"} or all(c.tag not in _BLOCKS for c in block):
            yield block, begins
        else:
            yield from _blocks_backwards(block, begins)


def _height(element: Element, width: float) -> float:
    """About how high a block of this width is, in millimetres."""
    if element.tag == _SVG:
        box = [float(number) for number in element.get("viewBox", "0 0 1 0").split()]
        return width * box[3] / box[2]
    space = _SPACE.get(element.tag, 2.6)
    inner = [child for child in element if child.tag in _BLOCKS]
    if element.tag == ROW:
        return space + max(_height(child, _WIDE / len(inner)) for child in inner)
    if inner:
        return sum(_height(child, width) for child in inner)
    is_in_row = width < _TEXT
    letters = len(_SPACES.sub(" ", "".join(element.itertext())))
    in_line = width * (_ROW_LETTERS_PER_MM if is_in_row else _LETTERS_PER_MM)
    return space + (_ROW_LINE if is_in_row else _LINE) * ceil(letters / in_line)
