"""Reads the land from a TopoJSON file, only what Natural Earth uses. Format:
https://github.com/topojson/topojson-specification."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

Point = tuple[float, float]
Ring = list[Point]


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
