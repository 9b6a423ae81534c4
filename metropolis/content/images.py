"""Whether an image is of the kind that its name says. Drawings are read by drawings.py."""

from __future__ import annotations

import re
from pathlib import Path

IMAGE_SUFFIXES = (".jpg", ".png", ".svg", ".webp")

_HEADS = {
    ".png": re.compile(rb"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"),
    ".jpg": re.compile(rb"\xff\xd8\xff"),
    ".webp": re.compile(rb"RIFF.{4}WEBPVP8[ LX]", re.DOTALL),
}


def check_image(file: Path) -> list[tuple[str, str]]:
    """What is wrong with the kind of the picture `file`, and how to mend it."""
    head = _HEADS.get(file.suffix)
    if head is None:
        return []
    with file.open("rb") as content:
        if head.match(content.read(32)):
            return []
    how = f"Export it again as {file.suffix[1:].upper()}."
    return [(f"The file is not the {file.suffix} image that its name says.", how)]
