"""What an edition holds, in which order, under which number. Read by book.py and by the check of data/editions.yml.

A number is a place in the whole book: a pack of chosen pages keeps the numbers of the book, so that "§ 3.2" is the same
section in every edition and in every language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from metropolis.data.fields import Label
from metropolis.data.models import Edition

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Chapter:
    """A page of the site. `number` as printed: "3.2", "A" in the annexes, "" without a place in the book."""

    name: str
    number: str

    @property
    def slug(self) -> str:
        """The first half of every id in the chapter: "action-plan-line-1"."""
        return self.name.replace("/", "-")


@dataclass(frozen=True)
class OutlinePart:
    """`kind` is one of data/editions.yml, or "rest": the pages of a pack that the book does not carry."""

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
        """All chapters, in order."""
        return tuple(chapter for part in self.parts for chapter in part.chapters)

    def choose(self, names: Collection[str]) -> Outline:
        """A pack of these pages, in the book's order; pages that the book does not carry follow, unnumbered."""
        parts = [
            replace(part, chapters=tuple(chapter for chapter in part.chapters if chapter.name in names))
            for part in self.parts
        ]
        own = {chapter.name for chapter in self.chapters}
        rest = tuple(Chapter(name, "") for name in names if name not in own)
        parts = [part for part in parts if part.chapters]
        return Outline((*parts, *([OutlinePart("rest", "", None, rest)] if rest else ())), is_pack=True)


def book_outline(book: Edition, names: Sequence[str]) -> Outline:
    """The whole book; `names` are all pages of the site, a folder's in the order in which the book shows them."""
    parts = []
    numbered = 0
    letters = iter(LETTERS)  # through all annexes; edition_problems refuses more pages than letters
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
    """(pages, selectors that find none): "vision" is a page, "action-plan/" a folder with all its pages."""
    pages: dict[str, None] = {}
    unknown = []
    for selector in selectors:
        page = next((name for name in (selector, f"{selector}/index") if name in names), None)
        found = [name for name in names if name.startswith(selector)] if selector.endswith("/") else []
        if page is not None:
            found = [page]
        # A folder begins with its own page.
        found.sort(key=lambda name: not name.endswith("/index"))
        pages.update(dict.fromkeys(found))
        if not found:
            unknown.append(selector)
    return list(pages), unknown
