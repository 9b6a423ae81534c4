"""The land as one SVG path, small enough for every page: rounded, without small islands."""

from __future__ import annotations

from pathlib import Path

from metropolis.maps.projection import HEIGHT, NORTH, SOUTH, WIDTH, project
from metropolis.maps.topojson import Point, Ring, read_rings

# Outlines smaller than this (in square units) would be only specks.
_SMALLEST = 2.0


def land_path(source: Path) -> str:
    """The `d` attribute of a path with all land on the map, in map units."""
    parts = []
    for ring in read_rings(source):
        latitudes = [latitude for _, latitude in ring]
        if max(latitudes) < SOUTH or min(latitudes) > NORTH:
            continue
        points = _rounded([project(longitude, latitude) for longitude, latitude in ring])
        if len(points) > 2 and abs(_area(points)) >= _SMALLEST:
            parts.append(_path(points))
    return "".join(parts)


def land_symbol(source: Path) -> str:
    """An SVG file with the symbol `land`: browsers fetch it once for all pages."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg">'
        f'<symbol id="land" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" overflow="visible">'
        f'<path d="{land_path(source)}"/></symbol></svg>\n'
    )


def _rounded(points: Ring) -> list[Point]:
    """Rounds to half units and merges equal points."""
    out: list[Point] = []
    for x, y in points:
        point = (round(x * 2) / 2, round(y * 2) / 2)
        if not out or out[-1] != point:
            out.append(point)
    return out


def _area(points: list[Point]) -> float:
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True)) / 2


def _path(points: list[Point]) -> str:
    """An SVG path with relative steps, which are shorter than absolute positions."""
    (x, y), *rest = points
    steps = [f"M{x:g} {y:g}l"]
    for next_x, next_y in rest:
        step = f"{next_x - x:g} {next_y - y:g}"
        steps.append(step if len(steps) == 1 or step.startswith("-") else f" {step}")
        x, y = next_x, next_y
    return "".join(steps) + "z"
