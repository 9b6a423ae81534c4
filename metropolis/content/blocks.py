"""The blocks of a page as its author sees them, in one pass over the lines: the one place that
knows what a list or a table is. `agreement.py` reports where Python-Markdown sees other blocks."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass, field, replace

from metropolis.content.code_spans import Span, is_table_rule
from metropolis.content.headings import ATTRIBUTE_LIST, Heading
from metropolis.content.page_text import PageText

_ITEM = re.compile(r"([-*+]|\d{1,9}[.)])([ \t]+)(?=[^ \t])")
_QUOTATION = re.compile(r" *> ?")
_NOTE = re.compile(r"\[\^[^\]\n]+\]:(?: +|$)")
_BOX = re.compile(r"!!! *([\w-]+(?: +[\w-]+)*) *(?:(?<= )\"([^\"\n]*)\"? *)?$")
# Three spaces between the signs would make lists in lists of them.
RULE = re.compile(r"(?:(?:- {0,2}){3,}|(?:\* {0,2}){3,}|(?:_ {0,2}){3,}) *")
_CELL = re.compile(r"(?:\\.|[^|\\\n]|\\$)*(?:\||$)")
_NEAR = 2  # columns: what is further in than this belongs to the item above


@dataclass(frozen=True)
class Container:
    """What contains blocks; `kind`: quotation, item (of a list), note (footnote), box. `start` is
    the place of its sign, `column` how far in it is. `number` is that of an item of a numbered
    list, and `list_start` where the item's list begins; `name` is a box's kind ("note")."""

    kind: str
    start: int
    column: int = 0
    number: int | None = None
    list_start: int = 0
    has_bracket: bool = False
    name: str = ""


@dataclass(frozen=True)
class Block:
    """Words from `start` to `end` of the page; `kind`: heading, paragraph, cell, title (of a box),
    code. A cell of the line under a table's head is a `rule`. `containers` are those around it, the
    outermost first. `is_first`: it begins on the line of the innermost one's sign. A cell has the
    place of its `row`'s line, and its number in it from 0, its `column`."""

    kind: str
    start: int
    end: int
    containers: tuple[Container, ...] = ()
    is_first: bool = True
    row: int = -1
    column: int = 0

    @property
    def inside(self) -> str:
        """The kind of the innermost container; empty where there is none."""
        return self.containers[-1].kind if self.containers else ""

    @property
    def role(self) -> str:
        """What a paragraph is to readers: an item or a note if it begins one, a quotation."""
        is_own = self.inside == "quotation" or (self.is_first and self.inside in ("item", "note"))
        return self.inside if is_own else "paragraph"


def find_blocks(
    live: PageText, body_start: int, code: Iterable[Span], headings: Iterable[Heading]
) -> tuple[Block, ...]:
    """The blocks of a page in its order; `live` is its text without header, calls and code."""
    fences = [span for span in code if "\n" in live.original[span[0] : span[1]]]
    reader = _BlockReader(live, {heading.start: heading for heading in headings})
    return tuple(reader.blocks(body_start, fences))


@dataclass
class _BlockReader:
    """`stack` has the open containers, `start` is that of an open paragraph, or -1."""

    live: PageText
    headings: dict[int, Heading]
    stack: list[Container] = field(default_factory=list)
    start: int = -1
    end: int = -1
    inside: tuple[Container, ...] = ()
    is_first: bool = True
    is_after_blank: bool = True
    left: Container | None = None  # the last item, whose list the next one may go on with

    def blocks(self, offset: int, fences: list[Span]) -> Iterator[Block]:
        fence = next(ahead := iter(fences), None)
        for line in self.live.text[offset:].split("\n"):
            end = offset + len(line)
            if fence and fence[0] <= offset:
                if offset == fence[0]:
                    yield from self._close()
                    self.stack.clear()
                    yield Block("code", *fence)
                if end >= fence[1]:
                    fence = next(ahead, None)
            elif heading := self.headings.get(offset):
                yield from self._close()
                self.stack.clear()
                yield Block("heading", heading.words_start, heading.words_start + len(heading.text))
                self.is_after_blank = False
            else:
                yield from self._line(offset, line.rstrip(" "))
            offset = end + 1
        yield from self._close()

    def _close(self) -> Iterator[Block]:
        if self.start >= 0:
            yield Block("paragraph", self.start, self.end, self.inside, self.is_first)
        self.start = -1

    def _line(self, offset: int, line: str) -> Iterator[Block]:
        if not line:
            yield from self._close()
            self.is_after_blank = True
            while self.stack and self.stack[-1].kind == "quotation":
                self.stack.pop()
            return
        position = yield from self._enter(offset, line)
        rest = line[position:]
        if rest.startswith("|"):
            yield from self._close()
            yield from self._cells(offset, position, rest)
        elif RULE.fullmatch(rest) and (self.start < 0 or rest[0] != "-"):
            yield from self._close()
        elif rest and not ATTRIBUTE_LIST.fullmatch(rest):  # these belong to the block above
            if self.start < 0:
                self.start, self.inside = offset + position, tuple(self.stack)
                self.is_first = not self.stack or self.stack[-1].start >= offset
            self.end = offset + len(line)
        elif not rest:
            yield from self._close()
        is_head = bool(self.stack) and self.stack[-1].start >= offset
        self.is_after_blank = not rest and not is_head  # an empty line of a quotation

    def _enter(self, offset: int, line: str) -> Generator[Block, None, int]:
        """Leaves the containers that the line is no longer in, and enters those that it opens;
        returns where its own text begins. Without any sign it goes on with the paragraph above."""
        position = _skip(line, self._marks_of_quotations(line))
        is_new, is_opened = self.start < 0, False
        self.left = None
        while opened := self._sign(offset, line, position, is_new or is_opened):
            container, position, title = opened
            if not is_opened:
                yield from self._close()
                self._leave(container.column, is_sign=True)
            is_opened = True
            if container.kind == "item":
                container = replace(container, list_start=self._list_start(container))
            self.stack.append(container)
            if title:
                yield Block("title", *title, tuple(self.stack))
        if not is_opened and is_new and position < len(line):
            self._leave(position)
        return position

    def _marks_of_quotations(self, line: str) -> int:
        """Where the marks of the open quotations end. Those that the line lacks are left."""
        position = 0
        for index, container in enumerate(self.stack):
            if container.kind != "quotation":
                continue
            match = _QUOTATION.match(line, position)
            if match is None:
                if self.start < 0:
                    del self.stack[index:]
                break
            position = match.end()
        return position

    def _sign(
        self, offset: int, line: str, at: int, is_new: bool
    ) -> tuple[Container, int, Span | None] | None:
        """The container that the sign at `at` opens, where the line goes on, and a box's title."""
        start, is_in_item = offset + at, bool(self.stack) and self.stack[-1].kind == "item"
        if line.startswith(">", at):
            return Container("quotation", start, at), _skip(line, at + 1), None
        if (match := _ITEM.match(line, at)) and not RULE.fullmatch(line, at):
            number = int(match[1][:-1]) if match[1][0].isdigit() else None
            # A number inside a paragraph is a number: “in / 1985. The congress”.
            if is_new or is_in_item or number in (None, 1):
                item = Container("item", start, at, number, has_bracket=match[1][-1] == ")")
                return item, match.end(), None
        if match := _NOTE.match(line, at):
            return Container("note", start, at), match.end(), None
        if match := _BOX.match(line, at):
            first, last = match.span(2)
            title = (offset + first, offset + last) if last > first else None
            return Container("box", start, at, name=match[1]), len(line), title
        return None

    def _leave(self, column: int, is_sign: bool = False) -> None:
        """Leaves the containers that end before `column`; `is_sign`: it opens one."""
        while self.stack:
            last = self.stack[-1]
            if last.kind == "quotation" or column >= last.column + _NEAR:
                return
            if last.kind == "box" and not self.is_after_blank and not is_sign:
                return  # right under its head
            if last.kind == "item" and column > last.column - _NEAR:
                self.left = last
            self.stack.pop()

    def _list_start(self, item: Container) -> int:
        """Where the list of `item` began: with itself, or with the item that it follows."""
        left, self.left = self.left, None
        is_same = left is not None and (left.number is None) == (item.number is None)
        return left.list_start if left and is_same else item.start

    def _cells(self, offset: int, position: int, rest: str) -> Iterator[Block]:
        kind = "rule" if is_table_rule(rest) else "cell"
        start = offset + position + 1
        for column, match in enumerate(_CELL.finditer(rest, 1)):
            words = match[0].removesuffix("|").strip(" ") if match[0] else ""
            if words:
                first = start - 1 + _skip(rest, match.start())
                place = (first, first + len(words))
                yield Block(kind, *place, tuple(self.stack), True, offset, column)


def _skip(line: str, position: int) -> int:
    return position + len(line[position:]) - len(line[position:].lstrip(" "))
