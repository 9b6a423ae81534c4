"""The one scan of a page's text: what is among the words of its blocks and is not a word. Calls are
found first, because Jinja expands them anywhere, then code; the rest, `live`, is markup. What only
looks like a link, a tag or an attribute list is a stray, which three modules reject."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from metropolis.content.call_grammar import Call, find_foreign_calls, scan_calls
from metropolis.content.code_spans import CONTAINER, Span, find_code
from metropolis.content.page_text import BLANK, PageText
from metropolis.problem import Problem

# Without parentheses, quotes, backslashes and entities, which make another address of one.
ADDRESS = r"(?:(?!&#?[A-Za-z0-9]+;)[A-Za-z0-9._~:/?#@!$*+,;=%&-])+"
_SCHEME = r"(?!(?!(?:https?|mailto):)[^/?#()\s]*:)"  # none, or one of these
_ITEM = r"(?:#[A-Za-z0-9_-]+|\.[a-z][a-z0-9-]*|lang=\"?[a-z]{2,3}(?:-[A-Za-z0-9]+)*\"?)"
ATTRIBUTES = re.compile(rf"\{{ {_ITEM}(?: {_ITEM})* \}}")
_MARK = r"\^[^\[\]{}<\\\n]+\](?!\()"
_TAG = rf"[A-Za-z/!?{BLANK}]"  # what makes a tag of the "<" before it
# Python-Markdown knows no escape of "<", a mark before "(" may be a link's words for it, and no tag
# may hide in a mark or in an escape. Stars between spaces emphasise nothing.
_SIGN = re.compile(
    rf"(?P<end>\n *\n)|(?P<escape>\\(?:[^\w\s<&]|_|<(?!{_TAG}))?)|(?P<entity>&#?[A-Za-z0-9]+;)"
    r"|(?P<emphasis>(?<![\s*])\*++|(?<!\*)\*++(?!\s)|(?<![^\W_])_+(?![\s_])|(?<![\s_])_+(?![^\W_]))"
    rf"|(?P<mark>\[{_MARK})|(?P<opening>!?\[(?!{_MARK}))"
    rf"|(?P<target>\]\({_SCHEME}{ADDRESS}\))|(?P<closing>\]\(?)"
    rf"|(?P<attributes>{ATTRIBUTES.pattern})|(?P<braces>\{{[^{{}}\n]{{0,200}}\}}|[{{}}])"
    rf"|(?P<tag><[A-Za-z/!?][^<>\n]*>)|(?P<open_tag><(?={_TAG}))"
)
# One of these begins each: a search for it skips all other characters ten times as fast.
_FIRST = re.compile(r"[\n\\&*_\[!\]{}<]")
# A link whose address is elsewhere, `[words][name]`, and what gives it one: `[name]: address`.
_REFERENCE = re.compile(r"\]\s?\[(?!\^|\d+\])[^\[\]]*\]")  # `table[1][2]` is none
# The address of any link, also of one that a page may not have.
TARGET = re.compile(r"\]\((?:[^()\"\n]|\"[^\"\n]*\"|\([^()\n]*\))*\)")
_CONTAINER = re.compile(CONTAINER)
_UNREAD = re.compile(r"<(!--|(?:script|style|pre|svg|math)\b)(?:(?<=--)|[^<>]*>)", re.I)


@dataclass(frozen=True)
class Inline:
    """`kind`: call, code, emphasis, escape, entity, tag, mark (of a note), attributes, link (its
    signs and its address). Of a stray: link (from its words to its address), target (from the end
    of its words to that of the link), tag, attributes, reference, definition (its name, with the
    colon)."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True)
class Link:
    """A link or image: its words (an image's description), its address, and the offsets of both."""

    words: str
    address: str
    start: int
    address_start: int
    is_image: bool


@dataclass(frozen=True)
class Anchor:
    """An anchor that an attribute list pins, and where the list starts."""

    name: str
    start: int


@dataclass(frozen=True)
class Inlines:
    """In their order: what is written as it has to be, the links among it, and the strays. `signs`
    are all signs of markup; of these, an `opening` and a `closing` are brackets, a `target` is a
    bracket and an address, and an `end` is that of a paragraph."""

    inlines: tuple[Inline, ...]
    links: tuple[Link, ...]
    strays: tuple[Inline, ...]
    signs: tuple[Inline, ...]

    def of(self, kind: str) -> list[Inline]:
        """The inlines and the strays of a kind, in their order."""
        found = [one for one in (*self.inlines, *self.strays) if one.kind == kind]
        return sorted(found, key=lambda one: one.start)


@dataclass(frozen=True)
class Scan:
    """`live` is the text that Markdown reads as markup: calls, code and a header are blank, places
    the same. `call_spans` includes rejected calls; `problems`: what in calls and code cannot be
    read; `has_open_code`: it is not known where code ends."""

    calls: tuple[Call, ...]
    call_spans: tuple[Span, ...]
    code: tuple[Span, ...]
    live: PageText
    problems: tuple[Problem, ...]
    has_open_code: bool

    @property
    def rejected(self) -> list[Span]:
        """What was meant as a call and is none."""
        starts = {call.start for call in self.calls}
        return [span for span in self.call_spans if span[0] not in starts]

    @cached_property
    def scanned(self) -> Inlines:
        """The inlines and links, and what looks like one without being written as one."""
        scanner = _Scanner(self.live)
        scanner.read()
        found = [Inline("call", *span) for span in self.call_spans]
        found += [Inline("code", *span) for span in self.code]
        ordered = sorted([*found, *scanner.found], key=lambda one: one.start)
        links, strays = tuple(scanner.links), tuple(scanner.strays)
        return Inlines(tuple(ordered), links, strays, tuple(scanner.signs))

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """What is among the words and is not a word: calls, code, links, tags, signs."""
        return self.scanned.inlines


def scan_text(text: PageText, body_start: int = 0) -> Scan:
    calls, refused, rejected = scan_calls(text)
    spans = (*((call.start, call.end) for call in calls), *refused)
    without_calls = text.blank([(0, body_start), *spans])
    code, problems = find_code(without_calls)
    live = without_calls.blank(code)
    foreign, more = find_foreign_calls(live)
    unread = [*foreign, *_find_unread(live.text)]
    live = live.blank(unread) if unread else live
    spans, every = (*spans, *foreign), (*rejected, *more, *problems)
    return Scan(tuple(calls), spans, tuple(code), live, every, bool(problems))


def _find_unread(text: str) -> Iterator[Span]:
    """What stands in comments, and in elements whose content is no text: their tags are refused,
    and that says enough."""
    position, endless = 0, set[str]()
    while opening := _UNREAD.search(text, position):
        name, position = opening[1].lower(), opening.end()
        if name in endless:
            continue
        end = re.compile("-->" if name == "!--" else f"</{name}", re.I).search(text, position)
        if end is None:
            endless.add(name)
        else:
            yield position, end.start()
            position = end.end()


class _Scanner:
    """`opened` has the brackets that nothing has closed in the paragraph."""

    def __init__(self, live: PageText) -> None:
        self.live = live
        self.found: list[Inline] = []
        self.links: list[Link] = []
        self.strays: list[Inline] = []
        self.signs: list[Inline] = []
        self.opened: list[tuple[int, bool]] = []
        self.head = (-1, -1)  # where the last line that was looked at begins, and its own text
        self.has_escaped_opening = False

    def read(self) -> None:
        text, position = self.live.text, 0
        while first := _FIRST.search(text, position):
            sign, position = _SIGN.match(text, first.start()), first.end()
            if sign is None:
                continue
            kind, position = str(sign.lastgroup), sign.end()
            self.signs.append(Inline(kind, *sign.span()))
            if kind == "opening":
                self.opened.append((sign.end() - 1, sign[0] == "!["))
            elif kind in ("target", "closing"):
                position = self._close(sign)
            elif kind == "end":
                self.opened.clear()
                self.has_escaped_opening = False
            elif kind in ("braces", "open_tag"):
                stray = "tag" if kind == "open_tag" else "attributes"
                self.strays.append(Inline(stray, *sign.span()))
            else:
                self.found.append(self.signs[-1])
                self.has_escaped_opening |= sign[0] == "\\["

    def _close(self, sign: re.Match[str]) -> int:
        """Makes a link, or a stray, of a closing bracket; returns where the scan continues."""
        start, is_image = self.opened.pop() if self.opened else (-1, False)
        address_start = sign.start() + 2
        self._find_reference(start, sign.start())
        if start < 0 and self.has_escaped_opening:  # `\[words](address)` is text
            self.has_escaped_opening = False
        elif start >= 0 and sign.lastgroup == "target":
            words = (self.live.original or self.live.text)[start + 1 : sign.start()]
            address = sign[0][2:-1]
            self.links.append(Link(words, address, start - is_image, address_start, is_image))
            self.found.append(Inline("link", start - is_image, start + 1))
            self.found.append(Inline("link", *sign.span()))
            return sign.end()
        elif len(sign[0]) > 1:
            stray_start = sign.start() if start < 0 else start - is_image
            self.strays.append(Inline("link", stray_start, address_start))
            if target := TARGET.match(self.live.text, sign.start()):
                self.strays.append(Inline("target", *target.span()))
        return min(sign.end(), address_start)

    def _find_reference(self, start: int, end: int) -> None:
        """Adds the stray that the brackets from `start` to `end` begin, if they do."""
        text = self.live.text
        if reference := _REFERENCE.match(text, end):
            self.strays.append(Inline("reference", start if start >= 0 else end, reference.end()))
        elif start >= 0 and text.startswith(":", end + 1) and self._is_at_head(start):
            self.strays.append(Inline("definition", start, end + 2))

    def _is_at_head(self, start: int) -> bool:
        """Whether a line has only signs of lists and quotations before `start`."""
        line = self.live.line_starts[self.live.place(start)[0] - 1]
        if line != self.head[0]:  # a line is looked at once, however many brackets it has
            found = _CONTAINER.match(self.live.text, line)
            self.head = (line, found.end() if found else line)
        return start == self.head[1]
