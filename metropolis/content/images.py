"""Whether an image is only an image. An SVG is a document that can run programs and call other sites."""

from __future__ import annotations

import re
from pathlib import Path

IMAGE_SUFFIXES = (".jpg", ".png", ".svg", ".webp")

_HEADS = {".png": b"\x89PNG\r\n\x1a\n", ".jpg": b"\xff\xd8\xff", ".webp": b"RIFF"}

# Each with what it does, in words. Entities and declarations are refused because the rest could hide behind
# them.
_RUNNING = {
    r"<\s*(?:[\w.-]+:)?script|\bon[a-z]+\s*=|(?:java|vb)script:": "runs a program",
    r"<\s*(?:[\w.-]+:)?(?:foreignobject|iframe|image|use|a|animate|set|style|link)\b|@import": (
        "may hold other content"
    ),
    r"(?:href|src)\s*=\s*[\"'](?!#)|url\(\s*[\"']?(?!#)|data:": "calls another file",
    r"<!(?!--)|<\?(?!xml )|&(?!amp;|lt;|gt;|quot;|apos;)": "hides what it holds",
}


def check_image(file: Path) -> list[tuple[str, str]]:
    """What is wrong with the image `file`, and how to mend it."""
    content = file.read_bytes()
    if file.suffix != ".svg":
        head = _HEADS[file.suffix]
        how = f"Export it again as {file.suffix[1:].upper()}."
        return (
            [] if content.startswith(head) else [(f"The file is not the {file.suffix} image that its name says.", how)]
        )
    try:
        text = content.decode("utf-8").lower()
    except UnicodeDecodeError:
        return [("The drawing is not UTF-8 text.", "Export it again as plain SVG.")]
    return [
        (f"The drawing {does}: “{match[0].strip()}”.", "Export it again as plain SVG, shapes only.")
        for pattern, does in _RUNNING.items()
        if (match := re.search(pattern, text))
    ]
