"""Checks that style sheets load nothing from other sites, and that everything they load exists."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.inspection.destinations import SiteFiles
from metropolis.inspection.page_links import SERVE_IT
from metropolis.problem import Problem

_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
# A namespace looks like an address, but browsers do not fetch it.
_NAMESPACE = re.compile(r"@namespace\b[^;]*;", re.IGNORECASE)
_LOAD = re.compile(
    r"""\b(?:url|src)\(\s*(?:"([^"]*)"|'([^']*)'|([^()"'\s]*))\s*\)|@import\s*(?:"([^"]*)"|'([^']*)')""",
    re.IGNORECASE,
)
_IMAGE_SET = re.compile(r"image-set\(((?:[^()]|\([^()]*\))*)\)", re.IGNORECASE)
_STRING = re.compile(r"""(?<!\()\s*(?:"([^"]*)"|'([^']*)')\s+[\d.]+(?:x|dppx|dpi|dpcm)\b""")


def check_sheets(site: SiteFiles) -> Iterator[Problem]:
    for path in sorted(site.files):
        if path.endswith(".css"):
            yield from _check_sheet(site, path)


def _check_sheet(site: SiteFiles, path: str) -> Iterator[Problem]:
    try:
        text = (site.site_dir / path).read_text("utf-8")
    except UnicodeDecodeError:
        what = "The style sheet is not written in UTF-8."
        yield Problem(path, 0, 0, what, how="Save its source as UTF-8.")
        return
    for address, line in addresses_in_style(text):
        target = site.follow(path, address)
        if target.kind == "scheme" and target.scheme == "data":
            continue
        if target.kind != "ours":
            what = f"The style sheet loads “{address}”, which is not on this site."
            yield Problem(path, line, 1, what, how=SERVE_IT)
        elif target.file not in site.files:
            what = f"The style sheet loads “{address}”, which does not exist."
            near = site.near_file(target)
            how = f"Did you mean “{near}”?" if near else "Fix the address."
            yield Problem(path, line, 1, what, how=how)


def addresses_in_style(text: str) -> list[tuple[str, int]]:
    """(address, line from 1) of all that CSS loads: `url()`, `@import`, `image-set()`."""
    if "(" not in text and "@" not in text:
        return []
    live = _NAMESPACE.sub(_blank, _COMMENT.sub(_blank, text))
    found = [(match.start(), _first(match)) for match in _LOAD.finditer(live)]
    for images in _IMAGE_SET.finditer(live):
        start = images.start(1)
        found += [(start + one.start(), _first(one)) for one in _STRING.finditer(images[1])]
    return [(address.strip(), live.count("\n", 0, start) + 1) for start, address in sorted(found)]


def _first(match: re.Match[str]) -> str:
    return next((group for group in match.groups() if group is not None), "")


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match[0])
