"""The land of Natural Earth's TopoJSON (https://github.com/topojson/topojson-specification) as one
SVG path that is light enough for every page: rounded, without small islands."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from metropolis.maps.names import Point
from metropolis.maps.projection import HEIGHT, NORTH, SOUTH, WIDTH, to_map

Ring = list[Point]
# Outlines smaller than this many square units would be specks.
_SMALLEST = 2.0


def land_path(topology: bytes) -> str:
    """The `d` of a path with all land that the map shows, in map units; from a TopoJSON file."""
    parts = []
    for ring in read_rings(topology):
        latitudes = [latitude for _, latitude in ring]
        if max(latitudes) < SOUTH or min(latitudes) > NORTH:
            continue
        points = _rounded([to_map(longitude, latitude) for longitude, latitude in ring])
        if len(points) > 2 and abs(_area(points)) >= _SMALLEST:
            parts.append(_path(points))
    return "".join(parts)


def land_symbol(topology: bytes) -> str:
    """A whole SVG file whose symbol `land` pages use: one file, fetched once for all of them."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        f'<symbol id="land" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" overflow="visible">'
        f'<path d="{land_path(topology)}"/></symbol></svg>\n'
    )


def _rounded(points: Ring) -> list[Point]:
    """Half units; points that fall together are one."""
    halves = ((round(x * 2) / 2, round(y * 2) / 2) for x, y in points)
    return [point for point, _ in groupby(halves)]


def _area(points: list[Point]) -> float:
    sides = zip(points, points[1:] + points[:1], strict=True)
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in sides) / 2


def _path(points: list[Point]) -> str:
    """Relative steps are shorter than places."""
    (x, y), *rest = points
    steps = [f"M{x:g} {y:g}l"]
    for next_x, next_y in rest:
        step = f"{next_x - x:g} {next_y - y:g}"
        steps.append(step if len(steps) == 1 or step.startswith("-") else f" {step}")
        x, y = next_x, next_y
    return "".join(steps) + "z"


def read_rings(topology: bytes) -> list[Ring]:
    """Each outline of a file's first object: a closed ring of (longitude, latitude), in degrees."""
    read = json.loads(topology)
    arcs = [_decode(arc, read["transform"]) for arc in read["arcs"]]
    geometry = next(iter(read["objects"].values()))
    return [_join(ring, arcs) for polygon in _polygons(geometry) for ring in polygon]


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> Ring:
    """Arcs are whole numbers, each the difference to the one before."""
    (scale_x, scale_y), (shift_x, shift_y) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * scale_x + shift_x, y * scale_y + shift_y))
    return points


def _polygons(geometry: dict[str, Any]) -> Iterator[list[list[int]]]:
    if geometry["type"] == "GeometryCollection":
        for member in geometry["geometries"]:
            yield from _polygons(member)
    elif geometry["type"] == "Polygon":
        yield geometry["arcs"]
    elif geometry["type"] == "MultiPolygon":
        yield from geometry["arcs"]


def _join(indexes: list[int], arcs: list[Ring]) -> Ring:
    """A ring is a chain of arcs; a negative index (~i) is arc i walked backwards."""
    ring: Ring = []
    for index in indexes:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        ring.extend(arc[1:] if ring else arc)
    return _unwrapped(ring)


def _unwrapped(ring: Ring) -> Ring:
    """A ring that crosses the 180th meridian goes on past it, not at the other edge of the map."""
    out = ring[:1]
    for longitude, latitude in ring[1:]:
        turns = round((out[-1][0] - longitude) / 360)
        out.append((longitude + 360 * turns, latitude))
    middle = (min(point[0] for point in out) + max(point[0] for point in out)) / 2
    turns = round(middle / 360)
    return [(longitude - 360 * turns, latitude) for longitude, latitude in out]
