"""Splits a block's text into words, also those in calls and links, and numbered placeholders for
all other markup. It reads text alone: new words that would be markup are found in the same way."""

from __future__ import annotations

import hashlib
import html
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from metropolis.content.code_spans import Span
from metropolis.content.inlines import scan_text
from metropolis.content.macro_signature import Signatures, free_words
from metropolis.content.page_text import PageText
from metropolis.text_file import plain_lines

OPEN, CLOSE = "⟦", "⟧"  # the signs of a placeholder in a format without elements (PO)

_LINE_END = r"(?<! ) *\n[ >]+|(?<! ) {2,}\n"
_SIGN = re.compile(rf"{_LINE_END}|[{OPEN}{CLOSE}]")
# What a translation may omit: emphasis, escapes, entities, tags, ends of line.
_OPTIONAL = re.compile(
    rf"\*+|_+|\\[^\w\s]?|&#?[A-Za-z0-9]+;|</?[A-Za-z!][^<>\n]*>|<abbr title=\"|\">|{_LINE_END}",
    re.DOTALL,
)
_ENTITY = re.compile(r"&#?\w+;")
_MEANING = re.compile(r' title="([^"\n]+)"')


@dataclass(frozen=True)
class Piece:
    """A part of a block's text: words, or what `is_fixed`."""

    text: str
    is_fixed: bool

    @property
    def is_optional(self) -> bool:
        return bool(_OPTIONAL.fullmatch(self.text))


@dataclass(frozen=True)
class Placeholder:
    id: str

    def __str__(self) -> str:
        return f"{OPEN}{self.id}{CLOSE}"


Line = tuple[str | Placeholder, ...]
Pieces = tuple[Piece, ...]


def protect(text: str, signatures: Signatures) -> Pieces:
    """The pieces of `text`, in their order; joined, they are `text`."""
    pieces: list[Piece] = []
    done = 0
    for start, end in sorted(_fixed(text, signatures)):
        if end > done:  # else an earlier piece has it already
            start = max(start, done)
            pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
            done = end
    return tuple(piece for piece in (*pieces, Piece(text[done:], False)) if piece.text)


def has_words(pieces: Pieces) -> bool:
    return any(any(map(str.isalnum, piece.text)) for piece in pieces if not piece.is_fixed)


def _fixed(text: str, signatures: Signatures) -> list[Span]:
    """Where the fixed pieces are; some may overlap."""
    scan = scan_text(PageText("", text))
    words = {call.start: free_words(call, signatures) for call in scan.calls}
    fixed: list[Span] = []
    for one in scan.inlines:
        holes = words.get(one.start, [])
        if one.kind == "tag":
            holes = [match.span(1) for match in _MEANING.finditer(text, one.start, one.end)]
        fixed += _around((one.start, one.end), holes)
    rest = scan.live.blank([(one.start, one.end) for one in scan.inlines])
    return fixed + [sign.span() for sign in _SIGN.finditer(rest.text)]


def _around(span: Span, holes: Iterable[Span]) -> Iterator[Span]:
    start, end = span
    for hole_start, hole_end in holes:
        yield start, hole_start
        start = hole_end
    yield start, end


def number(pieces: Pieces) -> tuple[Line, dict[str, Piece]]:
    """A source as a line, and what each of its placeholders stands for."""
    numbered = enumerate((piece for piece in pieces if piece.is_fixed), 1)
    fixed = {str(number): piece for number, piece in numbered}
    return match(pieces, fixed)[0], fixed


def match(pieces: Iterable[Piece], fixed: Mapping[str, Piece]) -> tuple[Line, dict[str, Piece]]:
    """A translation as a line in its source's placeholders, and those that only it has (`<span
    lang="fr">`), named by their content, which a change of the page keeps."""
    line: list[str | Placeholder] = []
    others: dict[str, Piece] = {}
    free: dict[str, list[str]] = {}  # ids by what they stand for, the first one last
    for id, piece in reversed(list(fixed.items())):
        free.setdefault(piece.text, []).append(id)
    for piece in pieces:
        if not piece.is_fixed:
            line.append(piece.text)
            continue
        ids = free.get(piece.text)
        id = ids.pop() if ids else "x" + hashlib.sha256(piece.text.encode()).hexdigest()[:6]
        if id not in fixed:
            others[id] = piece
        line.append(Placeholder(id))
    return tuple(line), others


def pieces_of(line: Line, fixed: Mapping[str, Piece]) -> Pieces:
    """The pieces that a line stands for; its placeholders must be known."""
    return tuple(Piece(part, False) if isinstance(part, str) else fixed[part.id] for part in line)


def restore(line: Line, fixed: Mapping[str, Piece]) -> str:
    return "".join(piece.text for piece in pieces_of(line, fixed))


def tidy(parts: Iterable[str | Placeholder]) -> Line:
    """The line with its words joined, without spaces at its ends, with plain line ends, composed
    letters and no entities (`&#39;`; the page's own are placeholders): tools change them."""
    line: list[str | Placeholder] = []
    for part in parts:
        if isinstance(part, str) and line and isinstance(line[-1], str):
            line[-1] = _plain(line[-1] + part)
        else:
            line.append(_plain(part) if isinstance(part, str) else part)
    if line and isinstance(line[0], str):
        line[0] = line[0].lstrip(" \t\n")
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip(" \t\n")
    return tuple(part for part in line if part != "")


def _plain(text: str) -> str:
    text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    return unicodedata.normalize("NFC", plain_lines(text))


def count(line: Line) -> Counter[str]:
    return Counter(part.id for part in line if isinstance(part, Placeholder))
