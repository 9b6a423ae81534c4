"""Where Python-Markdown puts each word of a page. Our own reading and Python-Markdown's must agree,
or what was checked is not what is published. So each word gets two letters of a script that no page
uses: in the rendered page they say whether it is lost, doubled, or in another block."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import count, pairwise
from xml.etree import ElementTree

from markdown import Markdown
from markdown.treeprocessors import Treeprocessor
from markdown.util import HTML_PLACEHOLDER_RE

from metropolis.content.code_spans import CONTAINER
from metropolis.content.html_tags import is_allowed
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, Edit, apply_edits

# CJK ideographs of extension B, letters that no page's language has: two of them are a number.
_FIRST, _BASE = 0x20000, 40_000
_LETTER = f"[{chr(_FIRST)}-{chr(_FIRST + _BASE - 1)}]"
_MARK = re.compile(f"({_LETTER})({_LETTER})")
# In the text of a block, for the elements of emphasis: private characters, which no page can hold.
STARTS = {"em": "\ue000", "strong": "\ue001"}
ENDS = {"em": "\ue002", "strong": "\ue003"}
_WORD = re.compile(rf"[^\W_]+|{BLANK}+")  # a call is one word, whatever it writes
_LINE_HEAD = re.compile(f"^{CONTAINER}", re.MULTILINE)
# Of these the signs are no words: the words between them are.
_SIGNS = ("link", "tag", "attributes", "mark", "entity")
_LEAVES = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("td", "th"), "cell"),
    **{"pre": "code", "p": "paragraph", "dt": "term", "dd": "definition"},
}
_CONTAINERS = {"blockquote": "quotation", "li": "item"}


@dataclass(frozen=True)
class Place:
    """Where words come out: `containers` and `leaf`, named as in blocks.py. `element` is the number
    of the innermost in the page, `number` the item's in its list, as readers see it."""

    containers: tuple[str, ...] = ()
    leaf: str = "paragraph"
    element: int = 0
    number: int | None = None


@dataclass(frozen=True)
class Rendered:
    """The places where each word comes out, by its start in the page; `early` is the first word
    that comes out before one that is written above it, or -1. `texts` has what readers get of each
    block: a mark behind each word, STARTS and ENDS, "x" for code, stored escapes."""

    words: dict[int, list[Place]]
    early: int
    texts: tuple[str, ...]
    _starts: list[int]

    def words_around(self, text: str, offset: int) -> tuple[int, int]:
        """Where the words before and behind `offset` start in the page, or -1."""
        before, behind = _MARK.findall(text[:offset])[-1:], _MARK.findall(text[offset:])[:1]
        return self._start(before), self._start(behind)

    def _start(self, marks: list[tuple[str, str]]) -> int:
        number = _number(*marks[0]) if marks else -1
        return self._starts[number] if 0 <= number < len(self._starts) else -1


def render_words(page: Page, converter: Markdown) -> Rendered:
    """What the `converter`, which is new and not used again, makes of the words of a page."""
    text, starts = _marked(page)
    collector = _Collector(converter)
    # Escaped signs are still stored as such: "unescape", which comes last, has priority 0.
    converter.treeprocessors.register(collector, "words", 0.5)
    converter.convert(text)
    words: dict[int, list[Place]] = {start: [] for start in starts}
    for number, place in collector.found:
        if number < len(starts):
            words[starts[number]].append(place)
    # Notes come out last, wherever they are written.
    order = [number for number, place in collector.found if "note" not in place.containers]
    early = next((starts[b] for a, b in pairwise(order) if b < a < len(starts)), -1)
    texts = tuple(map("".join, collector.texts.values()))
    return Rendered(words, early, texts, starts)


def _marked(page: Page) -> tuple[str, list[int]]:
    """The page's body with a mark behind each word, and where each word starts."""
    calls = [(call.start, call.end) for call in page.calls]
    text = re.sub(_LETTER, "x", page.text.blank(calls).text)
    # Tags that a page may not have: as words, they do not change the words around them.
    others = [one.start for one in page.scanned.of("tag") if not is_allowed(text, one.start)]
    text = apply_edits(text, [(start, start + 1, "x") for start in others])
    signs = [(one.start, one.end) for one in page.inlines if one.kind in _SIGNS]
    only_words = apply_edits(text, [(start, end, " " * (end - start)) for start, end in signs])
    # A mark behind the number of an item would make a word of it.
    only_words = _LINE_HEAD.sub(lambda found: " " * len(found[0]), only_words)
    marks: list[Edit] = []
    starts: list[int] = []
    for block in page.blocks:
        # The first line of code names its language.
        start = text.index("\n", block.start) if block.kind == "code" else block.start
        for found in _WORD.finditer(only_words, start, block.end):
            high, low = divmod(len(starts), _BASE)  # _number reads it back
            marks.append((found.end(), found.end(), chr(_FIRST + high) + chr(_FIRST + low)))
            starts.append(found.start())
    return apply_edits(text, marks, page.body_start).replace(BLANK, "x"), starts


def _number(high: str, low: str) -> int:
    return (ord(high) - _FIRST) * _BASE + ord(low) - _FIRST


class _Collector(Treeprocessor):
    """Reads the tree that Python-Markdown has made."""

    def __init__(self, converter: Markdown) -> None:
        super().__init__(converter)
        self.found: list[tuple[int, Place]] = []  # a word's number
        self.texts: dict[int, list[str]] = {}  # of each block, by its element
        self._elements = count(1)

    def run(self, root: ElementTree.Element) -> None:
        self._read(root, Place(), None)

    def _read(self, element: ElementTree.Element, around: Place, number: int | None) -> None:
        place = self._place(element, around, number)
        tag = str(element.tag)
        text = self.texts.setdefault(place.element, [])
        text.append(STARTS.get(tag, ""))
        self._collect(element.text or element.get("alt"), place, is_code=tag == "code")
        items = count(1)
        for child in element:
            self._read(child, place, next(items) if element.tag == "ol" else None)
            self._collect(child.tail, place)
        text.append(ENDS.get(tag, "\n" if tag == "br" else ""))

    def _place(self, element: ElementTree.Element, around: Place, number: int | None) -> Place:
        tag, css = str(element.tag), element.get("class", "").split()
        container = _CONTAINERS.get(tag, "")
        if tag == "div":
            container = "note" if "footnote" in css else "box" if "admonition" in css else ""
        if element.get("id", "").startswith("fn:"):
            container = ""  # the list of notes is Python-Markdown's own
        here = next(self._elements)
        if container:
            return Place((*around.containers, container), "paragraph", here, number)
        if "admonition-title" in css:
            return replace(around, leaf="title", element=here)
        return replace(around, leaf=_LEAVES[tag], element=here) if tag in _LEAVES else around

    def _collect(self, text: str | None, place: Place, is_code: bool = False) -> None:
        for piece, where in self._unfolded(text or "", place):
            self.found += [(_number(*mark), where) for mark in _MARK.findall(piece)]
        self.texts.setdefault(place.element, []).append("x" if is_code else text or "")

    def _unfolded(self, text: str, place: Place) -> Iterator[tuple[str, Place]]:
        """The text, and the code blocks that Python-Markdown has stored to insert there later."""
        yield text, place
        for placeholder in HTML_PLACEHOLDER_RE.finditer(text):
            html = str(self.md.htmlStash.rawHtmlBlocks[int(placeholder[1])])
            if html.startswith("<pre"):
                yield html, replace(place, leaf="code", element=next(self._elements))
