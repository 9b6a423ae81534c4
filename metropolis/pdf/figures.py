"""Makes a page's drawings fit for the book: vectors with their own style and a title, bars as plain boxes.

WeasyPrint draws an inline SVG apart from the page's style sheet, reads its alternative text from <title> only, and
follows no link inside it. Web-only signs (icons) go.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement


def prepare_figures(chapter: HtmlElement, style: str, land: str) -> None:
    """Changes every SVG under `chapter`. `style` is theme/book/figures.css, `land` the map's path data."""
    for svg in list(chapter.iter("svg")):
        if svg.get("aria-hidden") == "true":
            _decoration(svg)
            continue
        for use in list(svg.iter("use")):
            path = etree.SubElement(svg, "path", {"class": use.get("class", ""), "d": land})
            use.getparent().replace(use, path)
        for link in svg.iter("a"):
            link.tag = "g"
            link.attrib.pop("href", None)
            link.attrib.pop("aria-label", None)
        title = etree.Element("title")
        title.text = svg.attrib.pop("aria-label", "")
        sheet = etree.Element("style")
        sheet.text = style
        svg.insert(0, sheet)
        svg.insert(0, title)
        # Without it, html5 parsing keeps the element out of the SVG namespace when the book is read again.
        svg.set("xmlns", "http://www.w3.org/2000/svg")
        svg.attrib.pop("role", None)


def _decoration(svg: HtmlElement) -> None:
    """A bar of a chart becomes a box whose width says the share; anything else is an icon, and goes."""
    fill = next((rect for rect in svg.iter("rect") if "bar-fill" in rect.get("class", "")), None)
    if fill is None:
        svg.drop_tree()
        return
    track = etree.Element("span", {"class": "bar-track"})
    style = f"width: {fill.get('width')}%"
    etree.SubElement(track, "span", {"class": fill.get("class", ""), "style": style})
    track.tail = svg.tail
    svg.getparent().replace(svg, track)
