"""The site's one font, reduced to the characters that the site shows. The source is IBM Plex Sans
(SIL Open Font Licence, theme/fonts/LICENSE.txt), whose licence reserves the name "Plex" for
unchanged files: ours is Metropolis Sans. tools/font.py has removed unused widths and weights."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from metropolis.background import Background
from metropolis.cache import Cache
from metropolis.inputs import digest

NARROWED = "metropolis-sans.woff2"
FAMILY = "Metropolis Sans"
WEIGHTS = (400, 700)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum", "case", "ordn"]
# Characters that a Latin language may need at any time, whether a page shows them today or not.
ALWAYS = (
    set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
    | {ord(c) for c in "ẵșțŞş‐‑–—‘’“”…\u2009\u202f€µμ→←↗•−²³₂"}
)  # fmt: skip


def cut_font(
    theme_dir: Path, cache_dir: Path, characters: Iterable[str]
) -> tuple[str, Background[bytes]]:
    """The font as WOFF2 with `characters`, the same bytes for the same input; and its digest, which
    is known first: pages name the font after it, and need not wait."""
    wanted = sorted(ALWAYS | {ord(character) for character in characters})
    makers = (version("fonttools"), version("brotli"), Path(__file__).read_bytes())
    inputs = Cut((theme_dir / "fonts" / NARROWED).read_bytes(), tuple(wanted), makers)
    entry = Cache(cache_dir).entry("fonts", inputs, cut)
    font = entry.read()
    work = entry.make if font is None else partial(bytes, font)
    return digest(inputs), Background(work, is_short=font is not None)


@dataclass(frozen=True)
class Cut:
    """The font file as WOFF2, the characters, the libraries and this module. The font's name
    depends on these alone: it does not change with our other code."""

    source: bytes
    characters: tuple[int, ...]
    makers: tuple[str, str, bytes]


def cut(inputs: Cut) -> bytes:
    from fontTools import subset  # Imported late: most builds find the font in the cache.
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(inputs.source), recalcTimestamp=False)
    options = subset.Options(
        hinting=False, layout_features=FEATURES, name_IDs=["*"], notdef_outline=True
    )
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=inputs.characters)
    cutter.subset(font)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
