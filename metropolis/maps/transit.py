"""The layout of the action plan as a transit map, for transit-map.html. Each line of action runs
from left to right through its axes; they meet at the final evaluation. One unit is a pixel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

WIDTH = 960.0
LEFT, TERMINUS = 30.0, 880.0
TOP, ROW = 70.0, 200.0
FONT, LEADING = 15.0, 19.0
# The mean width of a letter, as a share of the font size; a little wide, so that words never touch.
LETTER = 0.53
BEND = 60.0


@dataclass(frozen=True)
class Station:
    """An axis with its position, and its title in lines that fit."""

    axis: Mapping[str, Any]
    x: float
    y: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Track:
    """A line of action with the position of its roundel, its path and its stations."""

    line: Mapping[str, Any]
    y: float
    path: str
    stations: tuple[Station, ...]


@dataclass(frozen=True)
class TransitMap:
    """All tracks and the terminus where they meet."""

    width: float
    height: float
    tracks: tuple[Track, ...]
    terminus: tuple[float, float]


def wrap(text: str, width: float) -> tuple[str, ...]:
    """`text` in lines of at most `width` units; a longer word has a line of its own."""
    limit = max(int(width / (FONT * LETTER)), 1)
    lines: list[str] = []
    for word in text.split(" "):
        if lines and len(lines[-1]) + 1 + len(word) <= limit:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines)


def lay_out_lines(lines: Sequence[Mapping[str, Any]]) -> TransitMap:
    """The whole map. `lines`, from top to bottom, have `axes`, and each axis has a `title`."""
    middle = TOP + ROW * (len(lines) - 1) / 2
    tracks = tuple(_track(line, TOP + ROW * row, middle) for row, line in enumerate(lines))
    deepest = max(
        station.y + 30 + LEADING * len(station.words)
        for track in tracks
        for station in track.stations
    )
    return TransitMap(WIDTH, round(deepest + 10), tracks, (TERMINUS, middle))


def _track(line: Mapping[str, Any], y: float, middle: float) -> Track:
    start, end = LEFT + 62, TERMINUS - 2 * BEND
    spacing = (end - start) / len(line["axes"])
    stations = tuple(
        Station(axis, round(start + spacing * index, 1), y, wrap(axis["title"], spacing - 14))
        for index, axis in enumerate(line["axes"])
    )
    return Track(line, y, _path(y, middle), stations)


def _path(y: float, middle: float) -> str:
    """An SVG path: straight, then at 45 degrees to the middle line, rounded, to the terminus."""
    if y == middle:
        return f"M{LEFT:g} {y:g}H{TERMINUS:g}"
    down = 1 if middle > y else -1
    rise = abs(middle - y)
    corner = TERMINUS - BEND
    return (
        f"M{LEFT:g} {y:g}H{corner:g}Q{TERMINUS:g} {y:g} {TERMINUS:g}"
        f" {y + down * min(BEND, rise):g}V{middle:g}"
    )
