"""Prepares a page's drawings for the book: vectors with their own style and title. WeasyPrint does
not apply the page's style sheet to an inline SVG, reads its alternative text only from <title>, and
ignores links inside it. Icons are for the web only and are removed."""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement


def prepare_figures(chapter: HtmlElement, style: str, land: str) -> None:
    """Changes every SVG. `style` is theme/book/figures.css, `land` the map's path data."""
    for svg in list(chapter.iter("svg")):
        if svg.get("aria-hidden") == "true":
            svg.drop_tree()
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
        # Without it, the HTML5 parser puts the element outside the SVG namespace.
        svg.set("xmlns", "http://www.w3.org/2000/svg")
        svg.attrib.pop("role", None)
