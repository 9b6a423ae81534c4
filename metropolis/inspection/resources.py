"""Nothing is loaded from anywhere else: no page calls a third party, and every file that a page loads is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from metropolis.inspection.facts import PageFacts
from metropolis.inspection.links import Site
from metropolis.problem import Problem

_LOADS = (
    "//script/@src | //img/@src | //source/@src | //video/@src | //audio/@src | //iframe/@src | //object/@data |"
    " //use/@href | //image/@href | //link[not(@rel='canonical' or @rel='alternate')]/@href"
)
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")


def check_resources(site: Site, pages: list[PageFacts], site_dir: Path) -> Iterator[Problem]:
    """Pages' resources, addresses in style attributes, and addresses in style sheets."""
    for page in pages:
        addresses = [str(address) for address in page.tree.xpath(_LOADS)]
        addresses += [part.strip().split(" ")[0] for value in page.tree.xpath("//@srcset") for part in value.split(",")]
        addresses += [
            found for style in page.tree.xpath("//@style | //style/text()") for found in _CSS_ADDRESS.findall(style)
        ]
        for address in dict.fromkeys(addresses):
            yield from _check(site, page, address)
    for sheet in sorted(site_dir.rglob("*.css")):
        path = sheet.relative_to(site_dir).as_posix()
        for address in _CSS_ADDRESS.findall(sheet.read_text("utf-8")):
            if address.startswith(("http:", "https:", "//")):
                yield Problem(
                    path,
                    0,
                    0,
                    f"The style sheet loads “{address}” from elsewhere.",
                    how="Serve the file from this site.",
                )
            elif not address.startswith("data:") and not (sheet.parent / address.partition("#")[0]).is_file():
                yield Problem(path, 0, 0, f"The style sheet loads “{address}”, which does not exist.")


def _check(site: Site, page: PageFacts, address: str) -> Iterator[Problem]:
    if address.startswith("data:"):
        return
    file, _ = site.target(page, address)
    if file is None:
        yield Problem(
            page.path,
            0,
            0,
            f"The page loads “{address}” from elsewhere.",
            how="Serve the file from this site.",
        )
    elif file not in site.files:
        yield Problem(page.path, 0, 0, f"The page loads “{address}”, which does not exist.")
