"""The layout of the action plan as a transit map, for transit-map.html. Each line of action runs
from left to right through its axes; they meet at the final evaluation. One unit is a pixel."""

from __future__ import annotations

from dataclasses import dataclass

WIDTH = 960.0
LEFT, TERMINUS = 30.0, 880.0
TOP, ROW = 70.0, 200.0
FONT, LEADING = 15.0, 19.0
# The mean width of a letter, as a share of the font size; a little wide, so that words never touch.
LETTER = 0.53
BEND = 60.0


@dataclass(frozen=True)
class Stop:
    """A station before it has a position. `is_marked`: it has a gender-related result."""

    number: str
    title: str
    href: str
    is_marked: bool


@dataclass(frozen=True)
class Station:
    """A stop with its position, and its title in lines that fit."""

    stop: Stop
    x: float
    y: float
    words: tuple[str, ...]


@dataclass(frozen=True)
class Track:
    """One line: its number and name, the position of its roundel, its path and its stations."""

    number: int
    name: str
    href: str
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


def lay_out_lines(lines: list[tuple[int, str, str, list[Stop]]]) -> TransitMap:
    """The whole map. `lines` are (number, name, address, stops), from top to bottom."""
    middle = TOP + ROW * (len(lines) - 1) / 2
    tracks = tuple(
        _track(number, name, href, TOP + ROW * row, stops, middle)
        for row, (number, name, href, stops) in enumerate(lines)
    )
    deepest = max(
        station.y + 30 + LEADING * len(station.words)
        for track in tracks
        for station in track.stations
    )
    return TransitMap(WIDTH, round(deepest + 10), tracks, (TERMINUS, middle))


def _track(number: int, name: str, href: str, y: float, stops: list[Stop], middle: float) -> Track:
    start, end = LEFT + 62, TERMINUS - 2 * BEND
    spacing = (end - start) / len(stops)
    stations = tuple(
        Station(stop, round(start + spacing * index, 1), y, wrap(stop.title, spacing - 14))
        for index, stop in enumerate(stops)
    )
    return Track(number, name, href, y, _path(y, middle), stations)


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
