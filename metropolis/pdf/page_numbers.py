"""Writes the numbers of pages into the parts of a book that are printed already. CSS has
target-counter for "p. 12", but WeasyPrint then lays out every page with a reference at least twice,
and the number may be that of a page in another part. Here the style leaves room for a number, with
digits of one width (--page, set by render.py). All ten digits are drawn there, so that the part has
their glyphs. Then a mark replaces them in the page's content, and binding.py writes the glyphs of
the number in the place of the mark: nothing moves, and nothing is drawn again."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from weasyprint.document import Document, Page

from metropolis.pdf.paper import walk_boxes

DIGITS = 2  # of the page numbers of most books
_PAD = "\u2007"  # a space as wide as a digit
_DIGITS = "0123456789"
_SIGNS = f"{_PAD}{_DIGITS}"
_GLYPH = re.compile(rb"[0-9a-f]{4}")  # its number in a page's content
# A text in a page's content: strings of glyphs, and numbers that move what follows (ISO 32000-1,
# 9.4.3, TJ).
_STRING_OR_SHIFT = re.compile(rb"<([0-9a-f]*)>|(-?[0-9.]+)")
# Where a number goes: the id of what is on that page, the room in digits, the glyphs of the signs.
_MARK = re.compile(rb"<page:([0-9a-f]*):([0-9]+):([0-9a-f]+)>")


def draw_all_digits(document: Document, digits: int) -> None:
    """Before a part is drawn: puts all signs of numbers in each place that is left for one."""
    zeros = "0" * digits
    for page in document.pages:
        for box in _references(page, zeros):
            box.text = box.pango_layout.text = box.text.replace(zeros, _SIGNS)


def mark_numbers(document: Document, streams: Iterable[Any], digits: int) -> None:
    """After a part is drawn: puts a mark in the place of the signs in the pages' content."""
    for page, stream in zip(document.pages, streams, strict=True):
        parts = stream.stream
        begins = {
            int(parts[at - 1]["MCID"]): at
            for at, part in enumerate(parts)
            if part == b"BDC" and "MCID" in parts[at - 1]
        }
        for box in _references(page, _SIGNS):
            at = begins[stream._tags[box]["mcid"]]
            while not parts[at].endswith(b"] TJ"):
                at += 1
            id = box.element.get("href")[1:].encode().hex()
            parts[at] = _marked(parts[at], box.text.index(_SIGNS), f"page:{id}:{digits}")


def write_numbers(content: bytes, places: Mapping[str, int]) -> bytes:
    """A page's content with the numbers of pages. `places`: by id; 0 for what is on no page."""

    def glyphs(mark: re.Match[bytes]) -> bytes:
        id, digits = bytes.fromhex(mark[1].decode()).decode(), int(mark[2])
        signs = dict(zip(_SIGNS, _GLYPH.findall(mark[3]), strict=True))
        number = str(places.get(id, 0)).rjust(digits, _PAD)
        return b"<%b>" % b"".join(signs[sign] for sign in number)

    return _MARK.sub(glyphs, content)


def write_number(words: str, page: int) -> str:
    """The words of a link, as a screen reader says them, with the number of its page."""
    return words.replace(_DIGITS, str(page))


def has_numbers(content: bytes) -> bool:
    """Whether numbers are to be written into a page's content."""
    return _MARK.search(content) is not None


def _references(page: Page, words: str) -> Iterator[Any]:
    """The boxes after links of the book that have these words."""
    for box in walk_boxes(page):
        is_after_link = box.element_tag == "a::after" and box.element.get("href", "")[:1] == "#"
        if is_after_link and words in box.text:
            yield box


def _marked(text: bytes, start: int, name: str) -> bytes:
    """A text whose signs, from character `start` on, are replaced by the mark `name`. Each of its
    characters has one glyph."""
    tokens: list[bytes] = []
    for string, shift in _STRING_OR_SHIFT.findall(text):
        tokens += [b"<%b>" % glyph for glyph in _GLYPH.findall(string)] or [shift]
    glyphs = [at for at, token in enumerate(tokens) if token.startswith(b"<")]
    first, last = glyphs[start], glyphs[start + len(_SIGNS) - 1]
    signs = b"".join(_GLYPH.findall(b"".join(tokens[first : last + 1])))
    before, after = b"".join(tokens[:first]), b"".join(tokens[last + 1 :])
    return b"[%b<%b:%b>%b] TJ" % (before, name.encode(), signs, after)
