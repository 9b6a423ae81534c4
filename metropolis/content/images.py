"""Whether an image is of the kind that its name says, and how many pixels it unfolds to, read from
its head: a picture of one colour takes kilobytes on the way and half a gigabyte in a browser."""

from __future__ import annotations

import re
import struct

IMAGE_SUFFIXES = (".jpg", ".png", ".svg", ".webp")
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
_KINDS = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL),
}
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 16_383  # pixels: beyond it WebP ends, and graphics cards refuse
_PNG = b"\x89PNG\r\n\x1a\n"
# The segments of JPEG that contain the size: all frames. Other segments have numbers between.
_JPEG_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_JPEG_ALONE = {0x00, 0x01, *range(0xD0, 0xD9)}  # marks without a segment
_MOST_SEGMENTS = 1000


def check_image(content: bytes, suffix: str) -> list[tuple[str, str]]:
    """What is wrong with the kind or the size of a picture, and how to fix it."""
    if suffix not in _KINDS:
        return []
    if not _KINDS[suffix].match(content):
        what = f"The file is not the {suffix} image that its name says."
        return [(what, f"Export it again as {suffix[1:].upper()}.")]
    return check_picture_size(content)


def check_picture_size(content: bytes, most_pixels: int = MOST_PIXELS) -> list[tuple[str, str]]:
    """What is wrong with the size of a PNG, JPEG or WebP, and how to fix it."""
    size = picture_size(content)
    if size is None:
        return [("The picture does not tell its size.", "Export it again.")]
    width, height = size
    if not width or not height:
        return [(f"The picture is empty: it has {width} × {height} pixels.", "Export it again.")]
    how = "Export it smaller: 2,500 pixels are enough for the widest screen."
    what = f"The picture has {width:,} × {height:,} pixels;"
    if width * height > most_pixels:
        return [(f"{what} {most_pixels:,} are allowed in all.", how)]
    if max(width, height) > LONGEST_SIDE:
        return [(f"{what} {LONGEST_SIDE:,} are allowed on a side.", how)]
    return []


def picture_size(content: bytes) -> tuple[int, int] | None:
    """Width and height in pixels; None where the head does not tell them."""
    try:
        if content.startswith(_PNG) and content[12:16] == b"IHDR":
            width, height = struct.unpack_from(">II", content, 16)
            return width, height
        if content.startswith(b"\xff\xd8"):
            return _jpeg(content)
        if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
            return _webp(content)
    except (struct.error, IndexError, ValueError):
        return None
    return None


def _jpeg(content: bytes) -> tuple[int, int] | None:
    """The largest frame before the picture itself; a preview in another segment is passed."""
    largest: tuple[int, int] | None = None
    position = 2
    for _ in range(_MOST_SEGMENTS):
        position = content.index(b"\xff", position)
        while content[position + 1] == 0xFF:  # filling, as long as it likes
            position = len(content) - len(content[position:].lstrip(b"\xff")) - 1
        mark = content[position + 1]
        if mark in (0xD9, 0xDA):
            return largest
        if mark in _JPEG_ALONE:
            position += 2
            continue
        if mark in _JPEG_FRAMES:
            height, width = struct.unpack_from(">HH", content, position + 5)
            if largest is None or width * height >= largest[0] * largest[1]:
                largest = (width, height)
        position += 2 + struct.unpack_from(">H", content, position + 2)[0]
    return None


def _webp(content: bytes) -> tuple[int, int] | None:
    kind = content[12:16]
    if kind == b"VP8X":
        width = int.from_bytes(content[24:27], "little") + 1
        height = int.from_bytes(content[27:30], "little") + 1
        return width, height
    if kind == b"VP8L" and content[20] == 0x2F:
        bits = int.from_bytes(content[21:25], "little")
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if kind == b"VP8 " and content[23:26] == b"\x9d\x01\x2a":
        width, height = struct.unpack_from("<HH", content, 26)
        return width & 0x3FFF, height & 0x3FFF
    return None
