"""Splits a block's text into its words and what is not to be translated.

Calls, addresses, anchors, attributes, code, tags, footnote marks and the signs of emphasis are
fixed: a translator gets a placeholder for each. The words in a call, a link's words, an image's
description and an abbreviation's meaning are for the translator: `{{ term("axis", "axes") }}` is a
placeholder, the word “axes”, and a placeholder.

It reads the text alone, so that a new translation can be read in the same way: words that would be
markup would be split otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metropolis.content.call_grammar import scan_calls
from metropolis.content.calls import MacroSignature, free_words
from metropolis.content.inert import find_code
from metropolis.content.inlines import find_inlines
from metropolis.content.link_syntax import find_links
from metropolis.content.page_text import PageText

Span = tuple[int, int]

# The signs of a placeholder in a format without elements (PO).
OPEN, CLOSE = "⟦", "⟧"

_LINE_END = r"(?<! ) *\n[ >]+|(?<! ) {2,}\n"
_SIGN = re.compile(rf"{_LINE_END}|[{OPEN}{CLOSE}]")
# What a translation may omit: emphasis, escapes, entities, tags, ends of line with what opens the
# next.
_OPTIONAL = re.compile(
    rf"\*+|_+|\\[^\w\s]?|&#?[A-Za-z0-9]+;|</?[A-Za-z!][^<>\n]*>|<abbr title=\"|\">|{_LINE_END}",
    re.DOTALL,
)
_MEANING = re.compile(r' title="([^"\n]+)"')


@dataclass(frozen=True)
class Piece:
    """A part of a block's text: words, or what `is_fixed`."""

    text: str
    is_fixed: bool

    @property
    def is_optional(self) -> bool:
        """Whether a translation may omit this fixed piece."""
        return bool(_OPTIONAL.fullmatch(self.text))


def protect(text: str, signatures: Mapping[str, MacroSignature]) -> tuple[Piece, ...]:
    """The pieces of `text`, in their order; joined, they are `text`."""
    pieces: list[Piece] = []
    done = 0
    for start, end in sorted(_fixed(text, signatures)):
        if end > done:  # else an earlier piece has it already
            start = max(start, done)
            pieces += [Piece(text[done:start], False), Piece(text[start:end], True)]
            done = end
    return tuple(piece for piece in (*pieces, Piece(text[done:], False)) if piece.text)


def has_words(pieces: tuple[Piece, ...]) -> bool:
    """Whether there is anything to translate."""
    return any(
        character.isalnum() for piece in pieces if not piece.is_fixed for character in piece.text
    )


def _fixed(text: str, signatures: Mapping[str, MacroSignature]) -> list[Span]:
    """Where the fixed pieces are; some may overlap."""
    whole = PageText("", text)
    scan = scan_calls(whole)
    calls = [(call.start, call.end) for call in scan.calls]
    without_calls = whole.blank([*calls, *scan.refused])
    code, _ = find_code(without_calls)
    live = without_calls.blank(code)
    inlines = find_inlines(live, find_links(live)[0])
    fixed = [*scan.refused, *code]
    for call in scan.calls:
        fixed += _around((call.start, call.end), free_words(call, signatures))
    for one in inlines:
        meanings = _MEANING.finditer(text, one.start, one.end) if one.kind == "tag" else ()
        fixed += _around((one.start, one.end), [match.span(1) for match in meanings])
    rest = live.blank([(one.start, one.end) for one in inlines])
    return fixed + [sign.span() for sign in _SIGN.finditer(rest.text)]


def _around(span: Span, holes: Iterator[Span] | list[Span]) -> Iterator[Span]:
    """`span` without the holes in it."""
    start, end = span
    for hole_start, hole_end in holes:
        yield start, hole_start
        start = hole_end
    yield start, end
