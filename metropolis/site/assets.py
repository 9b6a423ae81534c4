"""Our style sheets and scripts: put together, named after their content, written beside the pages.

Names carry a hash so that a server may let browsers keep them for a year.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from metropolis.maps.world import land_symbol

STYLES = ("tokens", "base", "frame", "components", "print")
SCRIPTS = ("scheme", "site")
# Stands in tokens.css where the font's hashed name goes.
FONT_PLACE = 'url("metropolis-sans.woff2")'


@dataclass(frozen=True)
class Assets:
    """`files` maps names under assets/ to their content."""

    style: str
    scheme: str
    script: str
    font: str
    world: str
    files: dict[str, bytes]


def build_assets(theme_dir: Path, font: bytes) -> Assets:
    """Reads theme/styles and theme/scripts; `font` is the site's font as WOFF2."""
    files: dict[str, bytes] = {}

    def add(stem: str, suffix: str, data: bytes) -> str:
        name = f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{suffix}"
        files[name] = data
        return name

    css = "\n".join((theme_dir / "styles" / f"{name}.css").read_text("utf-8") for name in STYLES)
    font_name = add("metropolis-sans", ".woff2", font)
    css = _without_css_comments(css).replace(FONT_PLACE, f'url("{font_name}")')
    style = add("site", ".css", css.encode())
    scheme, script = (add(name, ".js", (theme_dir / "scripts" / f"{name}.js").read_bytes()) for name in SCRIPTS)
    world = add("world", ".svg", land_symbol(theme_dir / "maps" / "land-110m.json").encode())
    return Assets(style, scheme, script, font_name, world, files)


def _without_css_comments(css: str) -> str:
    """The style sheet without comments and indentation; nothing cleverer, compression does the rest."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    return "\n".join(stripped for line in css.splitlines() if (stripped := line.strip()))


def write_assets(assets: Assets, site_dir: Path) -> None:
    """Writes the files under `site_dir`/assets."""
    folder = site_dir / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in assets.files.items():
        (folder / name).write_bytes(data)
