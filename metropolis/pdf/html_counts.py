"""Counts paragraphs, lists, tables … and headings in the book's HTML. Each time a book is made,
they are compared with the tags of the finished file (tag_tree.py)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

# HTML element -> structure type, where each element has exactly one structure element.
COUNTED = {
    "p": "P", "ul": "L", "ol": "L", "dl": "L", "table": "Table", "caption": "Caption",
    "figcaption": "Caption",
    "thead": "THead", "tr": "TR", "th": "TH", "td": "TD", "svg": "Figure", "img": "Figure",
    "blockquote": "BlockQuote",
}  # fmt: skip
# An empty cell keeps its place in the row.
_NEVER_EMPTY = {"svg", "img", "td", "th"}


@dataclass(frozen=True)
class Counts:
    """`kinds`: structure type -> how many; `headings`: (level, words) in reading order."""

    kinds: Counter[str]
    headings: tuple[tuple[int, str], ...]


def count_html(text: str) -> Counts:
    """What the book's HTML requires. Elements that show nothing are not counted."""
    body = html.document_fromstring(text).find("body")
    kinds: Counter[str] = Counter()
    headings = []
    for element in body.iter():
        tag = element.tag
        if not isinstance(tag, str) or not (
            tag in _NEVER_EMPTY
            or element.text_content().strip()
            or element.xpath(".//img | .//svg")
        ):
            continue
        if tag in COUNTED:
            kinds["TOC" if tag == "ol" and _is_contents(element) else COUNTED[tag]] += 1
        elif tag == "li":
            kinds["TOCI" if _is_contents(element) else "LI"] += 1
        elif tag in {"div", "dt"} and element.getparent().tag == "dl":
            kinds["LI"] += 1
        elif tag == "span" and element.get("class") == "footnote":
            kinds["Note"] += 1
        elif tag in {"h1", "h2", "h3", "h4", "h5", "h6"}:
            headings.append((int(tag[1]), squeezed(element.text_content())))
        if tag == "a" and element.get("href"):
            kinds["Link"] += 1
    return Counts(kinds, tuple(headings))


def squeezed(words: str) -> str:
    """The text without white space and hyphens, because lines break at both."""
    return "".join(words.split()).translate({ord(character): None for character in "-\u2010\u00ad"})


def _is_contents(element: HtmlElement) -> bool:
    return any(parent.tag == "nav" for parent in element.iterancestors())
