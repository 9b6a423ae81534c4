"""Makes theme/fonts/metropolis-sans.woff2 from IBM Plex Sans: one width, the weights from 400 to
700, under our name.

usage: python tools/font.py      Run when the source font is replaced; a build then only cuts
characters, in a second."""

from __future__ import annotations

from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

from metropolis.web.font import FAMILY, NARROWED, WEIGHTS

FONTS = Path(__file__).parent.parent / "theme/fonts"
SOURCE = FONTS / "ibm-plex-sans-roman.woff2"
_NAME_IDS = (1, 3, 4, 6, 16)


def main() -> None:
    """Writes the font."""
    font = TTFont(SOURCE, recalcTimestamp=False)
    font = instancer.instantiateVariableFont(font, {"wdth": 100, "wght": WEIGHTS})
    for record in font["name"].names:
        if record.nameID in _NAME_IDS:
            record.string = FAMILY if record.nameID != 6 else FAMILY.replace(" ", "")
    font.flavor = "woff2"
    font.save(FONTS / NARROWED)
    print(f"Wrote {(FONTS / NARROWED).relative_to(FONTS.parent.parent)}.")


if __name__ == "__main__":
    main()
