"""The numbered content of an edition. For book.py and the check of data/editions.yml. A number is a
position in the whole book. A pack of chosen pages keeps the numbers of the book, so "§ 3.2" is the
same section in every edition and language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from metropolis.data.fields import Label
from metropolis.data.models import Edition

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Chapter:
    """A page of the site. `number` as printed: "3.2", "A" in annexes, "" outside the book."""

    name: str
    number: str

    @property
    def slug(self) -> str:
        """The first half of every id in the chapter: "action-plan-line-1"."""
        return self.name.replace("/", "-")


@dataclass(frozen=True)
class OutlinePart:
    """`kind` is from data/editions.yml, or "rest" for pages of a pack that are not in the book."""

    kind: str
    number: str
    title: Label | None
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Outline:
    """The parts, in order. `is_pack`: chosen pages, without part openers."""

    parts: tuple[OutlinePart, ...]
    is_pack: bool = False

    @property
    def chapters(self) -> tuple[Chapter, ...]:
        return tuple(chapter for part in self.parts for chapter in part.chapters)

    def has_opener(self, part: OutlinePart) -> bool:
        """Whether a page with the part's title comes before its chapters."""
        return not self.is_pack and part.kind != "opening"

    def choose(self, names: Collection[str]) -> Outline:
        """A pack of these pages in the book's order; pages outside the book follow unnumbered."""
        parts = [
            replace(part, chapters=tuple(one for one in part.chapters if one.name in names))
            for part in self.parts
        ]
        own = {chapter.name for chapter in self.chapters}
        rest = tuple(Chapter(name, "") for name in names if name not in own)
        parts.append(OutlinePart("rest", "", None, rest))
        return Outline(tuple(part for part in parts if part.chapters), is_pack=True)


def book_outline(book: Edition, names: Sequence[str]) -> Outline:
    """The whole book; `names` are all pages of the site, in the book's order within each folder."""
    parts = []
    numbered = 0
    # One series for all annexes; edition_problems rejects more pages than letters.
    letters = iter(LETTERS)
    for part in book.parts:
        pages, _ = select(part.pages, names)
        number = ""
        if part.kind == "part":
            numbered += 1
            number = str(numbered)
            chapters = [Chapter(name, f"{number}.{place}") for place, name in enumerate(pages, 1)]
        elif part.kind == "annexes":
            chapters = [Chapter(name, next(letters, "")) for name in pages]
        else:
            chapters = [Chapter(name, "") for name in pages]
        parts.append(OutlinePart(part.kind, number, part.title, tuple(chapters)))
    return Outline(tuple(parts))


def select(selectors: Iterable[str], names: Sequence[str]) -> tuple[list[str], list[str]]:
    """(pages, selectors without a match): "vision" is a page, "action-plan/" a whole folder."""
    pages: dict[str, None] = {}
    unknown = []
    for selector in selectors:
        page = [name for name in (selector, f"{selector}/index") if name in names][:1]
        inside = [name for name in names if selector.endswith("/") and name.startswith(selector)]
        # A folder begins with its index page.
        found = page or sorted(inside, key=lambda name: not name.endswith("/index"))
        pages.update(dict.fromkeys(found))
        if not found:
            unknown.append(selector)
    return list(pages), unknown
