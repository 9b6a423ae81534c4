"""Writes the numbers of pages into a book that has been laid out.

CSS has target-counter for "p. 12", but WeasyPrint then lays out every page with a reference at
least twice: the number is not known the first time. Here the style reserves the width of a number,
with digits of one width (theme/book/book.css, --page), and the number is written into its place
after the layout. It cannot move anything, so one layout is enough.
"""

from __future__ import annotations

from weasyprint.document import Document

from metropolis.pdf.paper import walk_boxes

DIGITS = 2  # of the page numbers of most books
_PAD = "\u2007"  # a space as wide as a digit


def reserved(digits: int) -> str:
    """The style sheet that keeps room for page numbers of so many digits."""
    return f'html {{ --page: "{"0" * digits}" }}'


def digits_needed(document: Document) -> int:
    """Of the last page's number."""
    return len(str(len(document.pages)))


def write_page_numbers(document: Document, digits: int) -> None:
    """Replaces the reserved digits after each link by the number of the page that it leads to."""
    places: dict[str, int] = {}
    for page_number, page in enumerate(document.pages, 1):
        for id in page.anchors:
            places.setdefault(id, page_number)  # what spans pages begins on the first
    zeros = "0" * digits
    for page in document.pages:
        for box in walk_boxes(page):
            if box.element_tag == "a::after" and zeros in box.text:
                number = str(places[box.element.get("href")[1:]])
                text = box.text.replace(zeros, number.rjust(digits, _PAD))
                box.text = box.pango_layout.text = text
