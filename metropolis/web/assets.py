"""Our style sheets and scripts, with a hash in their name: browsers cache them for a year."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from metropolis.background import Background
from metropolis.cache import Cache
from metropolis.maps.world import land_symbol
from metropolis.web.output import Output

STYLES = ("tokens", "base", "frame", "components", "print")
# The scripts of every page, and those that are loaded as one file when the search is first opened.
SCRIPTS = ("site", "filters", "members-map")
SEARCH_SCRIPTS = ("search-words", "search-ranking", "search")
# In tokens.css, the place of the font's hashed name.
FONT_PLACE = 'url("metropolis-sans.woff2")'


@dataclass(frozen=True)
class Assets:
    """`files` maps names under assets/ to their content; `font_file` may still be in the making."""

    style: str
    scheme: str
    script: str
    search: str
    font: str
    world: str
    files: dict[str, bytes]
    font_file: Background[bytes]


def build_assets(theme_dir: Path, font_key: str, font_file: Background[bytes]) -> Assets:
    """Reads theme/styles and theme/scripts. `font_file` is a WOFF2, `font_key` its digest."""
    files: dict[str, bytes] = {}

    def add(stem: str, suffix: str, data: bytes) -> str:
        name = f"{stem}.{hashlib.sha256(data).hexdigest()[:10]}{suffix}"
        files[name] = data
        return name

    css = "\n".join((theme_dir / "styles" / f"{name}.css").read_text("utf-8") for name in STYLES)
    font_name = f"metropolis-sans.{font_key[:10]}.woff2"
    # Without comments and indentation. Compression does the rest.
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = "\n".join(stripped for line in css.splitlines() if (stripped := line.strip()))
    css = css.replace(FONT_PLACE, f'url("{font_name}")')
    style = add("site", ".css", css.encode())
    scheme = add("scheme", ".js", (theme_dir / "scripts/scheme.js").read_bytes())
    script = add("site", ".js", _scripts(theme_dir, SCRIPTS))
    search = add("search", ".js", _scripts(theme_dir, SEARCH_SCRIPTS))
    topology = (theme_dir / "maps" / "land-110m.json").read_bytes()
    cache = Cache(theme_dir.parent / ".cache")
    world = add("world", ".svg", cache.remember("drawings", topology, land_symbol).encode())
    return Assets(style, scheme, script, search, font_name, world, files, font_file)


def _scripts(theme_dir: Path, names: Iterable[str]) -> bytes:
    return b"\n".join((theme_dir / "scripts" / f"{name}.js").read_bytes() for name in names)


def write_assets(assets: Assets, output: Output) -> None:
    for name, data in assets.files.items():
        output.write(f"assets/{name}", data)
    output.write(f"assets/{assets.font}", assets.font_file.result())
