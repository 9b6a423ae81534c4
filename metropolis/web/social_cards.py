"""The social card of each page: the picture that is shown with a link to it, drawn by Pillow. It
has the title and section, and by kind of page a map (members), a large figure (indicators),
stations (lines of action), years (milestones), or the three lines. One palette of few colours: it
weighs a few kilobytes, and the same words give the same bytes."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from metropolis.cache import Cache
from metropolis.inputs import Files
from metropolis.maps import projection
from metropolis.maps.names import Point
from metropolis.maps.world import read_rings
from metropolis.web.output import Output

WIDTH, HEIGHT = 1200, 630
INK, PAPER = (20, 27, 45), (255, 255, 255)
SIGNAL = (242, 183, 5)
LINES = ((255, 138, 163), (123, 188, 255), (87, 208, 155))
STEPS = 16  # From ink to paper: enough for the edges of letters.
MARGIN, TOP = 80, 72
TITLE_SIZES = (76, 66, 56, 48)
TITLE_LINES = 4
FACT_SIZES = (128, 104, 84, 60)
FONTS = "fonts/book"
LAND_FILE = "land-110m.json"
MAP = (620, 0, 1200, 490)  # left, top, right, bottom
# The width of the part of the world around one member, in map units.
_AROUND = 230.0


@dataclass(frozen=True, slots=True)
class Picture:
    """`path` under the site; `part` is the page's section; `line` 1-3 for a page of a line of
    action, with its `stations`; `fact`: figure or years; `points`: on its map, in map units."""

    path: str
    title: str
    part: str
    line: int | None = None
    fact: str = ""
    stations: int = 3
    points: tuple[Point, ...] = ()


def picture_path(locale: str, name: str) -> str:
    """The address of a page's card, from the site's root."""
    return f"assets/share/{locale}/{name.replace('/', '-')}.png"


@dataclass(frozen=True, slots=True)
class Drawing:
    """The inputs of a card: what it shows, the fonts by file name, the land if it has a map."""

    picture: Picture
    fonts: Files
    land: Files | None = None

    @property
    def width(self) -> int:
        """The room of a line of words, in pixels."""
        return (MAP[0] if self.land else WIDTH) - 2 * MARGIN


class Pictures:
    """Writes social cards. `digests` are those of their files, by the cache keys."""

    def __init__(self, theme_dir: Path, cache: Cache, digests: Mapping[str, str]) -> None:
        folder = theme_dir / FONTS
        self.fonts = Files.under(folder, folder.glob("*.ttf"))
        self.land = Files.under(theme_dir / "maps", [theme_dir / "maps" / LAND_FILE])
        self.digests: dict[str, str] = {}
        self._cache, self._known = cache, digests

    def write(self, output: Output, picture: Picture) -> None:
        """Writes a card. It is drawn only if it is not in the cache."""
        land = self.land if picture.points else None
        drawing = Drawing(replace(picture, path=""), self.fonts, land)
        entry = self._cache.entry("pictures", drawing, draw)
        known = self._known.get(entry.key)
        if known is None or not output.keep(picture.path, known):
            known = output.write(picture.path, entry.read() or entry.make())
        self.digests[entry.key] = known


def draw(drawing: Drawing) -> bytes:
    """The card as PNG."""
    picture, fonts = drawing.picture, drawing.fonts
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    pen = ImageDraw.Draw(image)
    if drawing.land:
        _draw_map(pen, drawing.land, picture.points)
    pen.text((MARGIN, TOP), "Metropolis", STEPS - 1, _font(fonts, "bold", 40))
    regular = _font(fonts, "regular", 32)
    for number, words in enumerate(_wrap(picture.part, regular, drawing.width)[:2]):
        pen.text((MARGIN, TOP + 72 + 36 * number), words, round(0.8 * (STEPS - 1)), regular)
    image.paste(_tracks(picture.line, picture.stations), (0, HEIGHT - 130))
    top, room = TOP + 140, HEIGHT - 130 - TOP - 150
    if picture.fact:
        sizes = [_font(fonts, "bold", size) for size in FACT_SIZES]
        room_across = WIDTH - 2 * MARGIN
        fitting = [font for font in sizes if font.getlength(picture.fact) <= room_across]
        pen.text((MARGIN, top - 20), picture.fact, STEPS - 1, [*fitting, sizes[-1]][0])
        top, room = top + 140, room - 140
    font, lines = _fit(picture.title, fonts, drawing.width, room)
    pen.multiline_text((MARGIN, top), "\n".join(lines), STEPS - 1, font, spacing=font.size * 0.12)
    image.putpalette(_palette())
    out = io.BytesIO()
    # A higher level takes three times as long, and saves two kilobytes.
    image.save(out, "PNG", bits=8, compress_level=3)
    return out.getvalue()


def _fit(
    title: str, fonts: Files, width: int, room: int
) -> tuple[ImageFont.FreeTypeFont, list[str]]:
    """The largest size at which the title fits; at the smallest one it is cut."""
    for size in TITLE_SIZES:
        font = _font(fonts, "bold", size)
        lines = _wrap(title, font, width)
        widest = max(map(font.getlength, title.split(" ")))
        if widest <= width and len(lines) <= TITLE_LINES and len(lines) * size * 1.2 <= room:
            return font, lines
    lines = lines[: min(TITLE_LINES, max(1, int(room // (font.size * 1.2))))]
    return font, [*lines[:-1], lines[-1].rstrip(" .,;:") + "…"]


def _wrap(words: str, font: ImageFont.FreeTypeFont, width: int) -> list[str]:
    lines: list[str] = []
    for word in words.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


@cache
def _font(fonts: Files, weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(io.BytesIO(fonts.read(f"ibm-plex-sans-{weight}.ttf")), size)


def _palette() -> list[int]:
    """Steps from ink to paper, then the colours of the lines, then the signal."""
    ramp = [
        tuple(
            round(ink + (paper - ink) * step / (STEPS - 1))
            for ink, paper in zip(INK, PAPER, strict=True)
        )
        for step in range(STEPS)
    ]
    return [channel for colour in (*ramp, *LINES, SIGNAL) for channel in colour]


@cache
def _tracks(line: int | None, stations: int) -> Image.Image:
    """The three lines, or the one line that the page belongs to with its own `stations`. They are
    drawn in palette colours at the final size: scaling would blur their edges."""
    image = Image.new("L", (WIDTH, 130), 0)
    pen = ImageDraw.Draw(image)
    for number, y in ((1, 20), (2, 65), (3, 110)):
        if line not in {None, number}:
            continue
        colour = STEPS + number - 1
        bent, straight = [(0, y), (520, y), (565, 65), (WIDTH, 65)], [(0, y), (WIDTH, y)]
        pen.line(straight if line or number == 2 else bent, colour, 12, joint="curve")
        for x in [160 + 140 * one for one in range(stations if line else 3)]:
            pen.ellipse((x - 15, y - 15, x + 15, y + 15), colour)
            pen.ellipse((x - 8, y - 8, x + 8, y + 8), 0)
    if not line:
        pen.ellipse((760 - 34, 65 - 34, 760 + 34, 65 + 34), STEPS + len(LINES))
        pen.ellipse((760 - 18, 65 - 18, 760 + 18, 65 + 18), 0)
    return image


def _draw_map(pen: ImageDraw.ImageDraw, land: Files, points: tuple[Point, ...]) -> None:
    """The land, with one point and its surroundings, or several on the whole world."""
    ground, shore, dot = 0, 3, STEPS + len(LINES)
    left, top, right, bottom = MAP
    if len(points) == 1:
        pen.rectangle((left, top, right, bottom), ground + 1)  # the sea
        scale = (right - left) / _AROUND
        x = left + (right - left) / 2 - points[0][0] * scale
        y = top + (bottom - top) / 2 - points[0][1] * scale
    else:
        scale = (right - left) / projection.WIDTH
        x, y = float(left), top + (bottom - top - projection.HEIGHT * scale) / 2
    # The part of the world that the map shows, in map units.
    begin = ((left - 1 - x) / scale, (top - 1 - y) / scale)
    end = ((right + 1 - x) / scale, (bottom + 1 - y) / scale)
    for ring, (west, north, east, south) in _rings(land):
        if west < end[0] and east > begin[0] and north < end[1] and south > begin[1]:
            pen.polygon([(x + a * scale, y + b * scale) for a, b in ring], shore)
    pen.rectangle((0, 0, left - 1, bottom), ground)
    pen.rectangle((0, bottom, right, bottom + 140), ground)
    for a, b in points:
        radius = 12 if len(points) == 1 else 4
        across, down = x + a * scale, y + b * scale
        pen.ellipse((across - radius, down - radius, across + radius, down + radius), dot)


@cache
def _rings(land: Files) -> tuple[tuple[tuple[Point, ...], tuple[float, float, float, float]], ...]:
    """The outlines of the land and the box of each (left, top, right, bottom), in map units."""
    found = []
    for ring in read_rings(land.read(LAND_FILE)):
        if len(ring) > 2 and min(latitude for _, latitude in ring) > -60:
            points = tuple(projection.to_map(longitude, latitude) for longitude, latitude in ring)
            across, down = zip(*points, strict=True)
            found.append((points, (min(across), min(down), max(across), max(down))))
    return tuple(found)
