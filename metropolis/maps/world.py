"""The land as one SVG path, light enough for every page: rounded, without small islands."""

from __future__ import annotations

from metropolis.maps.projection import HEIGHT, NORTH, SOUTH, WIDTH, to_map
from metropolis.maps.topojson import Point, Ring, read_rings

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
    out: list[Point] = []
    for x, y in points:
        point = (round(x * 2) / 2, round(y * 2) / 2)
        if not out or out[-1] != point:
            out.append(point)
    return out


def _area(points: list[Point]) -> float:
    return (
        sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(points, points[1:] + points[:1], strict=True))
        / 2
    )


def _path(points: list[Point]) -> str:
    """Relative steps are shorter than places."""
    (x, y), *rest = points
    steps = [f"M{x:g} {y:g}l"]
    for next_x, next_y in rest:
        step = f"{next_x - x:g} {next_y - y:g}"
        steps.append(step if len(steps) == 1 or step.startswith("-") else f" {step}")
        x, y = next_x, next_y
    return "".join(steps) + "z"
