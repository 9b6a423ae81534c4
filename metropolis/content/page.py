"""A page as its author wrote it, read once. Calls and code are found first; the rest, `live`, is
markup, of which all else is a view, made at its first use."""

from __future__ import annotations

import posixpath
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from metropolis.content.blocks import Block, find_blocks
from metropolis.content.files import list_entries, list_pages, read_page_text
from metropolis.content.footnotes import Footnote, find_footnotes, find_lone_notes
from metropolis.content.front_matter import FrontMatter, read_front_matter
from metropolis.content.headings import (
    Heading,
    HeadingLike,
    Section,
    find_accidental,
    find_headings,
    find_sections,
)
from metropolis.content.inlines import Anchor, Inline, Link, Scan, scan_text
from metropolis.content.limits import check_limits
from metropolis.content.page_text import PageText
from metropolis.content.repetition import Repetition, find_repetitions
from metropolis.inputs import Known, digest
from metropolis.problem import Problem, Severity
from metropolis.project import Project


@dataclass(frozen=True)
class Page(Scan):
    """`name` is the path in its language without ending: "challenges/index". Its `problems` are
    also those of its header."""

    path: str
    locale: str
    name: str
    text: PageText
    front_matter: FrontMatter | None
    body_start: int

    @property
    def links(self) -> tuple[Link, ...]:
        return self.scanned.links

    @cached_property
    def anchors(self) -> tuple[Anchor, ...]:
        return tuple(
            Anchor(item[1:], one.start)
            for one in self.inlines
            if one.kind == "attributes"
            for item in self.attributes(one)
            if item[0] == "#"
        )

    def attributes(self, one: Inline) -> list[str]:
        """The items of an attribute list: "#anchor", ".class", "lang=fr"."""
        return self.live.text[one.start + 2 : one.end - 2].split(" ")

    @cached_property
    def footnotes(self) -> tuple[Footnote, ...]:
        return tuple(find_footnotes(self.live, self.inlines))

    @cached_property
    def lone_notes(self) -> tuple[dict[str, Footnote], dict[str, Footnote]]:
        """The marks without a text, and the texts without a mark, by their names."""
        return find_lone_notes(self.footnotes)

    @cached_property
    def headings(self) -> tuple[Heading, ...]:
        return tuple(find_headings(self.live, self.anchors))

    @cached_property
    def accidental_headings(self) -> tuple[HeadingLike, ...]:
        return tuple(find_accidental(self.live, self.headings))

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        return tuple(find_sections(self.headings, len(self.text.text)))

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """What its author sees: paragraphs, items, cells …, with their containers."""
        return find_blocks(self.live, self.body_start, self.code, self.headings)

    @cached_property
    def repetitions(self) -> tuple[Repetition, ...]:
        return tuple(find_repetitions(self.text, self.blocks))

    def is_repeated(self, offset: int) -> bool:
        """Whether `offset` is in a paragraph that only says again what the one above it says."""
        number = bisect_right(self.repetitions, offset, key=lambda one: one.start) - 1
        return number >= 0 and offset < self.repetitions[number].end

    def indented(self, *indents: str) -> Iterator[Block]:
        """The blocks whose first line begins so: Markdown makes code of them, which is reported."""
        is_code = False
        for block in self.blocks:
            is_next = is_code or not block.containers  # a "+" inside begins no list
            is_code = is_next and self.live.line_of(block.start).startswith(indents)
            if is_code:
                yield block

    @cached_property
    def body(self) -> str:
        """The page's own text, below its header."""
        return self.text.text[self.body_start :]

    @property
    def recorded(self) -> dict[str, str]:
        """The fingerprints in the header, by section; none if the header cannot be read."""
        return dict(self.front_matter.fingerprints) if self.front_matter else {}

    def path_of(self, address: str) -> str:
        """The path from the folder of its language to which an address in it leads."""
        return posixpath.normpath(posixpath.join(posixpath.dirname(self.name), address))

    def problem(
        self, at: int, what: str, expected: str = "", how: str = "", severity: Severity = "error"
    ) -> Problem:
        return self.text.problem(at, what, expected, how, severity)

    @cached_property
    def known(self) -> Known[Self]:
        """The page as an input: all of it comes from its text and its names."""
        return Known(digest(self.path, self.locale, self.name, self.text.text), self)


def read_page(path: str, locale: str, name: str, text: str) -> tuple[Page, list[Problem]]:
    """The page that `text` holds, and what in its header, calls and code cannot be read."""
    whole = PageText(path, text)
    header, begin, problems = read_front_matter(whole)
    scan = scan_text(whole, begin)
    found = {**vars(scan), "front_matter": header, "body_start": begin}
    found["problems"] = (*problems, *scan.problems)
    page = Page(path=path, locale=locale, name=name, text=whole, **found)
    return page, list(page.problems)


def read_pages(
    project: Project, before: Mapping[str, Page] | None = None
) -> tuple[list[Page], list[Problem]]:
    """Every page of every locale, by path, and problems; the same pages as `before` are reused."""
    before = before or {}
    pages: list[Page] = []
    problems: list[Problem] = []
    entries = list_entries(project)
    for locale in project.all_locales:
        for name, entry in list_pages(entries, locale.code).items():
            text, found = read_page_text(entry)
            known = before.get(entry.path)
            if known is not None and known.text.text == text:
                pages.append(known)
            elif text is not None:
                page, found = read_page(entry.path, locale.code, name, text)
                if beyond := check_limits(page):
                    found = beyond  # and no other check sees it
                elif page.body.strip():
                    pages.append(page)
                else:
                    what, how = "The page has no text.", "Write it, or delete the file."
                    header = found if page.body_start else []
                    found = [*header, page.problem(page.body_start, what, how=how)]
            problems += found
    return pages, problems
