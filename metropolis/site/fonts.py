"""The site's one font, cut down to the characters that the site shows.

The source is IBM Plex Sans (SIL Open Font Licence, theme/fonts/LICENSE.txt), whose licence keeps the name "Plex" for
unchanged files: the cut-down one is therefore called Metropolis Sans. Cutting takes seconds, so that the result is
kept under .cache/ by what it depends on.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterable
from importlib.metadata import version
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

SOURCE = "ibm-plex-sans-roman.woff2"
FAMILY = "Metropolis Sans"
WEIGHTS = (400, 700)
FEATURES = ["kern", "liga", "locl", "ccmp", "mark", "mkmk", "tnum", "lnum", "case", "ordn"]
# What a language of the Latin script may need at any time, whether a page shows it today or not.
ALWAYS = (
    set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
    | {ord(c) for c in "ẵșțŞş‐‑–—‘’“”…\u2009\u202f€µμ→←↗•−²³₂"}
)  # fmt: skip
_NAME_IDS = (1, 3, 4, 6, 16)


def cut_font(theme_dir: Path, cache_dir: Path, characters: Iterable[str]) -> bytes:
    """The font as WOFF2, with `characters`, the weights from 400 to 700, and nothing else. Same input, same bytes."""
    source = theme_dir / "fonts" / SOURCE
    wanted = sorted(ALWAYS | {ord(character) for character in characters})
    key = hashlib.sha256(
        source.read_bytes()
        + repr((wanted, WEIGHTS, FEATURES, FAMILY, version("fonttools"), version("brotli"))).encode()
    ).hexdigest()
    kept = cache_dir / "fonts" / f"{key}.woff2"
    if kept.is_file():
        return kept.read_bytes()
    data = _cut(source, wanted)
    kept.parent.mkdir(parents=True, exist_ok=True)
    part = kept.with_suffix(".part")
    part.write_bytes(data)
    part.replace(kept)
    return data


def _cut(source: Path, wanted: list[int]) -> bytes:
    font = TTFont(source, recalcTimestamp=False)
    font = instancer.instantiateVariableFont(font, {"wdth": 100, "wght": WEIGHTS})
    between = io.BytesIO()
    font.flavor = None
    font.save(between)  # the subsetter needs the tables as written, not as the instancer left them
    between.seek(0)
    font = TTFont(between, recalcTimestamp=False)
    options = subset.Options(hinting=False, layout_features=FEATURES, name_IDs=["*"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=wanted)
    cutter.subset(font)
    for record in font["name"].names:
        if record.nameID in _NAME_IDS:
            record.string = FAMILY if record.nameID != 6 else FAMILY.replace(" ", "")
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()
