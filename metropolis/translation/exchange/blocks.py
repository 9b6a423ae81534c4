"""A page cut into blocks: what a translator gets one at a time, each with its place in the file.

Cut by offsets and not rebuilt from a syntax tree: the blocks, and what stands between them, are the page's own bytes,
so that a page whose blocks are put back is the same file. A heading's anchor, a list's bullets and a table's bars stand
between the blocks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from metropolis.content.front_matter import TEXTS
from metropolis.content.page import Page
from metropolis.content.sections import find_sections, section_at

# What stands before a line's own text: quotation marks, bullets and numbers, the mark of a footnote's text.
_LEAD = re.compile(r"(?: *(?:>|[-*+](?= )|\d+[.)](?= )|\[\^[^\]\n]*\]:(?= )))* *")
_OPENING = re.compile(r"[-*+]|\d[.)]|\]:")
_HEADING = re.compile(r"#{1,6} +")
_ATTRIBUTES = re.compile(r"\n *\{ [^{}\n]* \} *$")
_CELL = re.compile(r"(?:\\.|[^|\\\n])+")
_HEADER_TEXT = re.compile(rf"^({'|'.join(TEXTS)}): *(\"[^\"\n]*\"|'(?:''|[^'\n])*'|[^\n]*?) *$", re.MULTILINE)


@dataclass(frozen=True)
class Block:
    """`id` is stable: page, section's anchor and ordinal in the section, "vision#peace/3"; `text` is the words to show.

    `start` and `end` are what is replaced in the page's text; for a text of the header, its quotation marks too.
    """

    id: str
    kind: str
    anchor: str
    text: str
    start: int
    end: int

    @property
    def is_header(self) -> bool:
        """Whether it is the page's title or description."""
        return self.kind in TEXTS


def cut(page: Page) -> list[Block]:
    """The blocks of `page` in the order of the file; those of the header first, in its first section."""
    sections = find_sections(page)
    first = sections[0].anchor if sections else ""
    blocks = list(_header(page, first))
    count: dict[str, int] = {}
    for kind, start, end in _spans(page):
        anchor = section_at(sections, start)
        count[anchor] = count.get(anchor, 0) + 1
        name = f"{page.name}#{anchor}/{count[anchor]}"
        blocks.append(Block(name, kind, anchor, page.text.text[start:end], start, end))
    return blocks


def by_section(blocks: Iterable[Block]) -> dict[str, list[Block]]:
    """The blocks of each section's text, without those of the header."""
    found: dict[str, list[Block]] = {}
    for block in blocks:
        if not block.is_header:
            found.setdefault(block.anchor, []).append(block)
    return found


def section_spans(page: Page) -> dict[str, tuple[int, int]]:
    """Where each section's text stands; what comes before the title belongs to the first."""
    sections = find_sections(page)
    if not sections:
        return {"": (page.body_start, len(page.text.text))}
    return {one.anchor: (page.body_start if one.is_first else one.start, one.end) for one in sections}


def replace_blocks(text: str, start: int, end: int, replacements: Iterable[tuple[Block, str]]) -> str:
    """What stands from `start` to `end` of `text`, with the blocks in it replaced."""
    pieces: list[str] = []
    for block, new in sorted(replacements, key=lambda pair: pair[0].start):
        pieces += [text[start : block.start], new]
        start = block.end
    return "".join(pieces) + text[start:end]


def _header(page: Page, anchor: str) -> Iterator[Block]:
    if page.front_matter is None:
        return
    texts = {"title": page.front_matter.title, "description": page.front_matter.description}
    for match in _HEADER_TEXT.finditer(page.text.text, 0, page.body_start):
        name = f"{page.name}#{anchor}/{match[1]}"
        yield Block(name, match[1], anchor, texts[match[1]], match.start(2), match.end(2))


def _spans(page: Page) -> Iterator[tuple[str, int, int]]:
    """Kind and place of each block of the body."""
    headings = {heading.start: heading for heading in page.headings}
    kind, quotes, start, end = "", 0, 0, 0
    for offset, line in _lines(page):
        lead = _LEAD.match(line)
        depth = lead[0].count(">") if lead else 0
        words = lead.end() if lead else 0
        goes_on = bool(kind) and depth in (0, quotes) and not _OPENING.search(line[:words])
        is_single = offset in headings or line[words:].startswith("|")
        if kind and (not goes_on or is_single or not line[words:].strip(" ")):
            yield kind, start, _without_attributes(page, start, end)
            kind = ""
        if heading := headings.get(offset):
            marks = _HEADING.match(line)
            first = offset + (marks.end() if marks else heading.level)
            yield "heading", first, first + len(heading.text)
        elif is_single:
            yield from _cells(offset, line)
        elif line[words:].strip(" "):
            if not kind:
                kind, quotes, start = _kind(line[:words]), depth, offset + words
            end = offset + len(line.rstrip(" "))
    if kind:
        yield kind, start, _without_attributes(page, start, end)


def _lines(page: Page) -> Iterator[tuple[int, str]]:
    offset = page.body_start
    for line in page.live.text[offset:].split("\n"):
        yield offset, line
        offset += len(line) + 1


def _kind(lead: str) -> str:
    marker = lead.rstrip(" ")[-1:]
    if marker == ":":
        return "footnote"
    if marker == ">":
        return "quotation"
    return "item" if marker else "paragraph"


def _without_attributes(page: Page, start: int, end: int) -> int:
    """The end of a block without the line of attributes that may stand below it."""
    match = _ATTRIBUTES.search(page.live.text, start, end)
    return match.start() if match else end


def _cells(offset: int, line: str) -> Iterator[tuple[str, int, int]]:
    for match in _CELL.finditer(line):
        words = match[0].strip(" ")
        if words:
            start = offset + match.start() + len(match[0]) - len(match[0].lstrip(" "))
            yield "cell", start, start + len(words)
