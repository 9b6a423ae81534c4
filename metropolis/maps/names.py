"""Where names stand on a small map, so that none hides another. For members' own maps."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

Point = tuple[float, float]
Box = tuple[float, float, float, float]

# Of the letters that the style sheet sets (.locator-map text), in drawing units.
_SIZE = 11.0
_LETTER = 0.68 * _SIZE  # the font's average, and what readers may add (WCAG 1.4.12)
_GAP = 9.0  # from the middle of a point to its name


@dataclass(frozen=True)
class Name:
    """`x` and `y` are the start of the text's base line, or its middle or end, as `anchor` says."""

    x: float
    y: float
    anchor: str
    text: str


def place_names(points: Iterable[tuple[Point, str]], size: Point) -> list[Name]:
    """A place for each name beside, above or below its point, in a drawing of `size` (width,
    height). Names without room are left out, the first ones never for the sake of later ones."""
    points = list(points)
    taken: list[Box] = [(x - 4, y - 4, x + 4, y + 4) for (x, y), _ in points]
    placed = []
    for (x, y), text in points:
        own = (x - 4, y - 4, x + 4, y + 4)
        for name in _choices(x, y, text):
            box = _box(name)
            is_inside = box[0] >= 0 and box[1] >= 0 and box[2] <= size[0] and box[3] <= size[1]
            if is_inside and not any(_meet(box, other) for other in taken if other != own):
                placed.append(name)
                taken.append(box)
                break
    return placed


def _choices(x: float, y: float, text: str) -> Iterable[Name]:
    middle = round(y + _SIZE * 0.35, 1)
    yield Name(round(x + _GAP, 1), middle, "start", text)
    yield Name(round(x - _GAP, 1), middle, "end", text)
    yield Name(x, round(y - _GAP, 1), "middle", text)
    yield Name(x, round(y + _GAP + _SIZE * 0.8, 1), "middle", text)


def _box(name: Name) -> Box:
    width = len(name.text) * _LETTER
    left = name.x - {"start": 0.0, "middle": width / 2, "end": width}[name.anchor]
    return left, name.y - _SIZE * 0.85, left + width, name.y + _SIZE * 0.25


def _meet(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
