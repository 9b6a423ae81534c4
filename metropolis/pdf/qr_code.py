"""The QR code that leads from a page of the book to the live page of the site."""

from __future__ import annotations

import segno
from lxml import etree
from lxml.html import HtmlElement
from lxml.html.builder import E

_INK, _PAPER = "#141b2d", "#ffffff"
_QUIET_ZONE = 4  # modules, as ISO/IEC 18004 asks


def qr_code(address: str, alternative: str) -> HtmlElement:
    """A link to `address` around its QR code, drawn as vectors; `alternative` is its text."""
    # A book is printed and photocopied: level M repairs 15 % of the code.
    drawing = segno.make(address, error="m", micro=False).svg_inline(
        border=_QUIET_ZONE, omitsize=True, svgclass=None, lineclass=None, dark=_INK, light=_PAPER,
        title=alternative,
    )  # fmt: skip
    svg = etree.fromstring(drawing)
    # Without it, the HTML5 parser puts the title outside the SVG namespace.
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    return E.a(svg, {"class": "qr-code"}, href=address)
