"""Writes the numbers of pages into a book that has been laid out.

CSS has target-counter for "p. 12", but WeasyPrint then lays out every page with a reference at
least twice: the number is not known the first time. Here the style reserves the width of a number,
with digits of one width (--page, set by render.py), and the number is written into its place after
the layout. It cannot move anything, so one layout is enough.
"""

from __future__ import annotations

from collections.abc import Mapping

from weasyprint.document import Document

from metropolis.pdf.paper import walk_boxes

DIGITS = 2  # of the page numbers of most books
_PAD = "\u2007"  # a space as wide as a digit


def write_page_numbers(document: Document, digits: int, places: Mapping[str, int]) -> None:
    """Replaces the reserved digits after each link by the number of the page that it leads to.

    `places`: that number by id; a link that leads nowhere keeps the digits (and is reported)."""
    zeros = "0" * digits
    for page in document.pages:
        for box in walk_boxes(page):
            if box.element_tag == "a::after" and zeros in box.text:
                number = str(places.get(box.element.get("href")[1:], zeros))
                text = box.text.replace(zeros, number.rjust(digits, _PAD))
                box.text = box.pango_layout.text = text
