"""The site's one font, cut down to the characters that the site shows.

The source is IBM Plex Sans (SIL Open Font Licence, theme/fonts/LICENSE.txt), whose licence keeps the name "Plex" for
unchanged files: the changed one is therefore called Metropolis Sans. tools/font.py has taken the widths and weights out
that the site does not use, which takes most of the time; what is cut here is kept under .cache/ by what it depends on.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from metropolis.aside import Aside
from metropolis.store import Store, digest

NARROWED = "metropolis-sans.woff2"
FAMILY = "Metropolis Sans"
WEIGHTS = (400, 700)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum", "case", "ordn"]
# What a language of the Latin script may need at any time, whether a page shows it today or not.
ALWAYS = (
    set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
    | {ord(c) for c in "ẵșțŞş‐‑–—‘’“”…\u2009\u202f€µμ→←↗•−²³₂"}
)  # fmt: skip


def cut_font(theme_dir: Path, cache_dir: Path, characters: Iterable[str]) -> tuple[str, Aside[bytes]]:
    """The font as WOFF2, with `characters`, the weights from 400 to 700, and nothing else. Same input, same bytes.

    Its key comes first: pages name the font after it, and need not wait until it is cut.
    """
    source = theme_dir / "fonts" / NARROWED
    wanted = sorted(ALWAYS | {ord(character) for character in characters})
    made_by = repr((wanted, FEATURES, version("fonttools"), version("brotli")))
    key = digest(source.read_bytes(), Path(__file__).read_bytes(), made_by)
    store = Store(cache_dir / "fonts", limit=4_000_000)
    kept = store.get(key)
    store.keep(key)

    def cut() -> bytes:
        data = kept or _cut(source, wanted)
        if kept is None:
            store.put(key, data)
            store.prune()
        return data

    return key, Aside(cut, is_short=kept is not None)


def _cut(source: Path, wanted: list[int]) -> bytes:
    from fontTools import subset  # most builds find the font cut
    from fontTools.ttLib import TTFont

    font = TTFont(source, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=FEATURES, name_IDs=["*"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
