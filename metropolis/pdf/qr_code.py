"""The QR codes that lead from pages of the book to live pages of the site."""

from __future__ import annotations

import segno
from lxml import etree
from lxml.html import HtmlElement
from lxml.html.builder import E

from metropolis.cache import Cache

_INK, _PAPER = "#141b2d", "#ffffff"
_QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks


def qr_link(address: str, alternative: str, cache: Cache) -> HtmlElement:
    """A link to `address` around its QR code, drawn as vectors; `alternative` is its text. A code
    takes four milliseconds, and a build has a hundred of them."""
    svg = etree.fromstring(cache.remember("drawings", address, draw_code))
    # Without it, the HTML5 parser puts the title outside the SVG namespace.
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    svg.insert(0, E.title(alternative))
    return E.a(svg, {"class": "qr-code"}, href=address)


def draw_code(address: str) -> str:
    # A book is printed and photocopied: level M repairs 15 % of the code.
    return segno.make(address, error="m", micro=False).svg_inline(
        border=_QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None, dark=_INK, light=_PAPER
    )
