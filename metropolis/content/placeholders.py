"""What macros write is stored while Markdown reads the page, and inserted into its HTML: no label
can be Markdown, and Markdown reads nothing in vain (half of a page's time)."""

from __future__ import annotations

import re

from metropolis.markup import Markup, finished, in_html, words_of

# A place is a number between two characters for private use: no page and no data may hold them
# (content/characters.py, data/fields.py), and for Markdown they are letters like others.
_OPEN, _CLOSE = "\ue000", "\ue001"
_NUMBER = re.compile(rf"{_OPEN}(\d+){_CLOSE}")
# A block alone on its line; a tag with places in its attributes (alt words); a place among words.
_PLACE = re.compile(
    rf"<div>{_OPEN}(?P<block>\d+){_CLOSE}</div>"
    rf"|(?P<tag><[^<>{_OPEN}]*{_OPEN}[^<>]*>)"
    rf"|{_OPEN}(?P<inline>\d+){_CLOSE}"
)
_ID = re.compile(r'<[^<>]* id="([^"<>]+)"')


class Placeholders:
    def __init__(self) -> None:
        self._kept: list[Markup] = []

    def take(self, given: str, is_block: bool) -> str:
        """Stores what a call gave, a text or markup; returns its placeholder in the Markdown."""
        self._kept.append(in_html(given))
        place = f"{_OPEN}{len(self._kept) - 1}{_CLOSE}"
        if not is_block:
            return place
        return f"<div>{place}</div>" if given else ""

    def put_back(self, html: str) -> Markup:
        """The HTML that Markdown has made, whole again."""

        def fill(found: re.Match[str]) -> str:
            if found["tag"]:
                return self.put_back_words(found["tag"])
            return self._at(found["block"] or found["inline"])

        return finished(_PLACE.sub(fill, html))

    def put_back_words(self, html: str) -> Markup:
        """A heading's words, or a tag's, whole again, without the tags of what was stored."""
        return finished(_NUMBER.sub(lambda number: in_html(words_of(self._at(number[1]))), html))

    @property
    def anchors(self) -> set[str]:
        """The anchors in it, which Markdown has not seen."""
        return {anchor for kept in self._kept for anchor in _ID.findall(kept)}

    def _at(self, number: str) -> Markup:
        place = int(number) if len(number) < 9 else len(self._kept)
        return self._kept[place] if place < len(self._kept) else finished("")
