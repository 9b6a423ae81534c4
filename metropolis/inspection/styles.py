"""Finds the addresses that a browser loads for a style sheet."""

from __future__ import annotations

import re

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# A namespace looks like an address, but browsers do not fetch it.
_NAMESPACE = re.compile(r"@namespace\b[^;]*;", re.IGNORECASE)
_LOAD = re.compile(
    r"""\b(?:url|src)\(\s*(?:"([^"]*)"|'([^']*)'|([^()"'\s]*))\s*\)|@import\s*(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)
_IMAGE_SET = re.compile(r"image-set\(((?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)
_STRING = re.compile(r"""(?<!\()\s*(?:"([^"]*)"|'([^']*)')\s+[\d.]+(?:x|dppx|dpi|dpcm)\b""")


def addresses_in_style(text: str) -> list[tuple[str, int]]:
    """(address, line from 1) of all that CSS loads: `url()`, `@import`, `image-set()`."""
    if "(" not in text and "@" not in text:
        return []
    live = _NAMESPACE.sub(_blank, _COMMENT.sub(_blank, text))
    found = [(match.start(), _first(match)) for match in _LOAD.finditer(live)]
    for images in _IMAGE_SET.finditer(live):
        found += [
            (images.start(1) + match.start(), _first(match))
            for match in _STRING.finditer(images[1])
        ]
    return [(address.strip(), live.count("\n", 0, start) + 1) for start, address in sorted(found)]


def _first(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group is not None), "")


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
