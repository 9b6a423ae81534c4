"""The web manifest and its icons, for phones that add the site to their home screen."""

from __future__ import annotations

import io
import json

from PIL import Image, ImageDraw

from metropolis.web.social_cards import INK, PAPER

SIZES = (192, 512)
# The sign of theme/assets/favicon.svg, in its own 40 units.
_SIGN = (
    ((181, 18, 62), ((9, 25), (9, 12), (20, 23))),
    ((11, 92, 173), ((31, 25), (31, 12), (20, 23))),
    ((14, 122, 75), ((11, 31), (29, 31))),
)
_DRAWN = 4  # Drawn larger, then reduced: Pillow draws no soft edges.


def web_manifest(name: str, locale: str, prefix: str) -> str:
    """The manifest of a language as JSON. Icons have addresses from the site's root."""
    root = "../" if prefix else ""
    icons = [{"src": f"{root}assets/favicon.svg", "sizes": "any", "type": "image/svg+xml"}]
    icons += [
        {"src": f"{root}assets/icon-{size}.png", "sizes": f"{size}x{size}", "type": "image/png"}
        for size in SIZES
    ]
    manifest = {
        "name": name,
        "short_name": "Metropolis",
        "lang": locale,
        "start_url": "./",
        "display": "browser",
        "background_color": "#ffffff",
        "theme_color": "#141b2d",
        "icons": icons,
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1) + "\n"


def icon(size: int) -> bytes:
    """The sign as PNG, `size` pixels wide."""
    wide = size * _DRAWN
    unit = wide / 40
    image = Image.new("RGB", (wide, wide), PAPER)
    pen = ImageDraw.Draw(image)
    pen.ellipse((2 * unit, 2 * unit, 38 * unit, 38 * unit), outline=INK, width=round(3 * unit))
    for colour, points in _SIGN:
        path = [(x * unit, y * unit) for x, y in points]
        pen.line(path, colour, round(5 * unit), joint="curve")
        for x, y in (path[0], path[-1]):
            half = 2.5 * unit
            pen.ellipse((x - half, y - half, x + half, y + half), colour)
    out = io.BytesIO()
    image.resize((size, size), Image.Resampling.LANCZOS).save(out, "PNG", optimize=True)
    return out.getvalue()
