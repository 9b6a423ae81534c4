"""The map on the social card of a member, of the directory and of the home page."""

from __future__ import annotations

from functools import cache

from PIL import ImageDraw

from metropolis.inputs import Files
from metropolis.maps.names import Point
from metropolis.maps.projection import HEIGHT, WIDTH, to_map
from metropolis.maps.world import read_rings

LAND_FILE = "land-110m.json"
# The map's place on the card, in pixels.
LEFT, TOP, RIGHT, BOTTOM = 620, 0, 1200, 490
# The width of the part of the world around one member, in map units.
_AROUND = 230.0
_DOT = 4


def draw_map(
    pen: ImageDraw.ImageDraw, land: Files, points: tuple[Point, ...], colours: tuple[int, int, int]
) -> None:
    """Draws the land and the points (in map units): one point with its surroundings, several on the
    whole world. `colours` are those of the ground, the land and the points."""
    ground, shore, dot = colours
    if len(points) == 1:
        pen.rectangle((LEFT, TOP, RIGHT, BOTTOM), ground + 1)  # the sea
        scale = (RIGHT - LEFT) / _AROUND
        x = LEFT + (RIGHT - LEFT) / 2 - points[0][0] * scale
        y = TOP + (BOTTOM - TOP) / 2 - points[0][1] * scale
    else:
        scale = (RIGHT - LEFT) / WIDTH
        x, y = float(LEFT), TOP + (BOTTOM - TOP - HEIGHT * scale) / 2
    for ring in _rings(land):
        if len(ring) > 2:
            pen.polygon([(x + a * scale, y + b * scale) for a, b in ring], shore)
    pen.rectangle((0, 0, LEFT - 1, BOTTOM), ground)
    pen.rectangle((0, BOTTOM, RIGHT, BOTTOM + 140), ground)
    for a, b in points:
        _dot(pen, (x + a * scale, y + b * scale), 12 if len(points) == 1 else _DOT, dot)


def _dot(pen: ImageDraw.ImageDraw, place: Point, radius: int, colour: int) -> None:
    x, y = place
    pen.ellipse((x - radius, y - radius, x + radius, y + radius), colour)


@cache
def _rings(land: Files) -> tuple[tuple[Point, ...], ...]:
    """The outlines of the land in map units."""
    return tuple(
        tuple(to_map(longitude, latitude) for longitude, latitude in ring)
        for ring in read_rings(land.read(LAND_FILE))
        if min(latitude for _, latitude in ring) > -60
    )
