"""A unit's text in a file: words and numbered placeholders.

A translation may have a fixed piece that its source has not (`<span lang="fr">`), or lack one. Such
a piece gets a placeholder named by its content, so that the name means the same however the page
has changed meanwhile."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metropolis.translation.exchange.protection import CLOSE, OPEN, Piece


@dataclass(frozen=True)
class Placeholder:
    """Stands for a fixed piece of its unit."""

    id: str

    def __str__(self) -> str:
        return f"{OPEN}{self.id}{CLOSE}"


Line = tuple[str | Placeholder, ...]


def number(pieces: Iterable[Piece]) -> tuple[Line, dict[str, Piece]]:
    """A source as a line, and what each of its placeholders stands for."""
    line: list[str | Placeholder] = []
    fixed: dict[str, Piece] = {}
    for piece in pieces:
        if piece.is_fixed:
            fixed[str(len(fixed) + 1)] = piece
        line.append(Placeholder(str(len(fixed))) if piece.is_fixed else piece.text)
    return tuple(line), fixed


def match(pieces: Iterable[Piece], fixed: Mapping[str, Piece]) -> tuple[Line, dict[str, Piece]]:
    """A translation as a line in its source's placeholders, and those that only it has."""
    line: list[str | Placeholder] = []
    others: dict[str, Piece] = {}
    free: dict[str, list[str]] = {}  # ids by what they stand for, the first one last
    for id, piece in reversed(list(fixed.items())):
        free.setdefault(piece.text, []).append(id)
    for piece in pieces:
        if not piece.is_fixed:
            line.append(piece.text)
            continue
        if ids := free.get(piece.text):
            id = ids.pop()
        else:
            id = "x" + hashlib.sha256(piece.text.encode()).hexdigest()[:6]
            others[id] = piece
        line.append(Placeholder(id))
    return tuple(line), others


def pieces_of(line: Line, fixed: Mapping[str, Piece]) -> tuple[Piece, ...]:
    """The pieces that a line stands for; its placeholders must be known."""
    return tuple(Piece(part, False) if isinstance(part, str) else fixed[part.id] for part in line)


def restore(line: Line, fixed: Mapping[str, Piece]) -> str:
    """The text that a line stands for."""
    return "".join(piece.text for piece in pieces_of(line, fixed))


def tidy(parts: Iterable[str | Placeholder]) -> Line:
    """The line with neighbouring words joined, without the spaces at its ends: tools add and remove
    them."""
    line: list[str | Placeholder] = []
    for part in parts:
        if isinstance(part, str) and line and isinstance(line[-1], str):
            line[-1] += part
        else:
            line.append(part)
    if line and isinstance(line[0], str):
        line[0] = line[0].lstrip(" \t\n")
    if line and isinstance(line[-1], str):
        line[-1] = line[-1].rstrip(" \t\n")
    return tuple(part for part in line if part != "")


def count(line: Line) -> Counter[str]:
    """How often each placeholder is in a line."""
    return Counter(part.id for part in line if isinstance(part, Placeholder))
