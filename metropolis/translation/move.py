"""Moves a page or a section in every language: its files, the links to it, and the acceptances of
its translations. Pure: it returns the texts. page_references.py finds names of pages elsewhere."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from metropolis.content.given_names import refuse_anchor
from metropolis.content.headings import Section, anchor_of_title
from metropolis.content.inlines import Link
from metropolis.content.page import Page, read_page
from metropolis.content.page_text import Edit, apply_edits
from metropolis.problem import Problem
from metropolis.translation.accept import write_fingerprints
from metropolis.translation.acceptance import Acceptance, Author, Log

Edits = dict[str, list[Edit]]  # by the names of pages


@dataclass(frozen=True)
class MoveTarget:
    """A page by its name ("challenges/resilience"), or a section of it by its anchor."""

    page: str
    anchor: str = ""

    def __str__(self) -> str:
        return f"{self.page}#{self.anchor}" if self.anchor else self.page


@dataclass
class Move:
    """`pages` are texts by path, `removed` files, `lines` those of each log; `links`: rewritten."""

    pages: dict[str, str] = field(default_factory=dict)
    removed: list[str] = field(default_factory=list)
    lines: dict[str, list[Acceptance]] = field(default_factory=dict)
    links: int = 0


def move(
    pages: Iterable[Page], old: MoveTarget, new: MoveTarget, logs: Mapping[str, Log], author: Author
) -> tuple[Move, list[Problem]]:
    by_locale: dict[str, dict[str, Page]] = {}
    for page in pages:
        by_locale.setdefault(page.locale, {})[page.name] = page
    found, problems = Move(), list[Problem]()
    for locale, own in by_locale.items():
        if old.page not in own:
            continue
        moving = _Moving(own[old.page], old, new)
        told = {problem.what for problem in problems}  # what every language has is one problem
        problems += [one for one in moving.check(own) if one.what not in told]
        if not problems:
            moving.write(own, found)
            found.lines[locale] = list(moving.lines(logs.get(locale, Log()), author))
    return (Move() if problems else found), problems


@dataclass(frozen=True)
class _Moving:
    page: Page
    old: MoveTarget
    new: MoveTarget

    @property
    def span(self) -> tuple[int, int]:
        """The text that moves to another page, a section with its subsections; else empty."""
        if not self.old.anchor:
            return 0, len(self.page.text.text)
        headings = [one for one in self.page.headings if one.anchor]
        number = [one.anchor for one in headings].index(self.old.anchor)
        start, level = headings[number].start, headings[number].level
        if self.old.page == self.new.page:
            return start, start
        below = (one.start for one in headings[number + 1 :] if one.level <= level)
        return start, next(below, len(self.page.text.text))

    @property
    def renamed(self) -> tuple[str, str]:
        """The anchor that gets another name; a title has the anchor of its page."""
        if self.old.anchor:
            return self.old.anchor, self.new.anchor
        return anchor_of_title(self.old.page), anchor_of_title(self.new.page)

    @property
    def anchors(self) -> list[str]:
        """The anchors that get another page or another name."""
        start, end = self.span
        moved = [one.name for one in self.page.anchors if start <= one.start < end]
        return moved if end > start else [self.old.anchor]

    def target_of(self, place: MoveTarget) -> MoveTarget:
        if place.page != self.old.page:
            return place
        was, now = self.renamed
        if place.anchor == was:
            return MoveTarget(self.new.page, now)
        is_moved = not self.old.anchor or place.anchor in self.anchors
        return MoveTarget(self.new.page, place.anchor) if is_moved else place

    def check(self, own: Mapping[str, Page]) -> Iterator[Problem]:
        text, target = self.page.text, own.get(self.new.page)
        section = next((one for one in self.page.sections if one.anchor == self.old.anchor), None)
        if not self.old.anchor:
            was, now = self.renamed
            if target is not None:
                yield target.problem(0, "This page exists.", how="Choose another name.")
            elif was != now and now in self.anchors:
                what = f"A section has the anchor “#{now}”, which the page's title will have."
                yield text.problem(0, what, how="Move the section to another anchor first.")
        elif section is None:
            what = f"The page has no section “{self.old.anchor}”."
            yield text.problem(0, what, "A section has the same anchor in every language.")
        elif problem := refuse_anchor(self.page.live, section.start, self.new.anchor):
            yield problem
        elif target is None:
            what = f"There is no page “{self.new.page}” to move the section to."
            yield text.problem(section.start, what, how="Write the page first.")
        else:
            yield from self._check_section(section, target)

    def _check_section(self, section: Section, target: Page) -> Iterator[Problem]:
        start, end = self.span
        if section.is_first:
            what = "The first section stays with its page, and has the page's name."
            yield self.page.problem(start, what, how="Move the page.")
            return
        taken = {anchor.name for anchor in target.anchors}
        for anchor in self.anchors:
            name = self.target_of(MoveTarget(self.old.page, anchor)).anchor
            if name in taken:
                what = f"The page “{target.name}” already has an anchor “#{name}”."
                yield self.page.problem(start, what, how="Choose another.")
        own = self.page.footnotes
        inside = {note.name for note in own if start <= note.start < end}
        elsewhere = {note.name for note in own if not start <= note.start < end}
        elsewhere |= {note.name for note in target.footnotes} if end > start else set()
        for name in sorted(inside & elsewhere):
            what = f"The note “[^{name}]” is also outside of the section."
            how = "Give the section notes of its own, with their texts at its end."
            yield self.page.problem(start, what, how=how)

    def write(self, own: Mapping[str, Page], found: Move) -> None:
        edits = {page.name: list(self._link_edits(page)) for page in own.values()}
        found.links += sum(map(len, edits.values()))
        edits[self.old.page] += self._anchor_edits()
        if not self.old.anchor:
            path = self.page.path.removesuffix(f"{self.old.page}.md") + f"{self.new.page}.md"
            text = apply_edits(self.page.text.text, edits.pop(self.old.page))
            prints = self._moved_prints(self.page.recorded)
            found.pages[path] = _with_fingerprints(self.page, text, prints)
            found.removed.append(self.page.path)
        else:
            edits[self.old.page] += self._level_edits(own[self.new.page])
            self._write_section(own, edits, found)
        for name, changes in edits.items():
            if changes:
                found.pages[own[name].path] = apply_edits(own[name].text.text, changes)

    def _write_section(self, own: Mapping[str, Page], edits: Edits, found: Move) -> None:
        """The page without the section, and the other page with the section at its end."""
        page, target, (start, end) = self.page, own[self.new.page], self.span
        here = edits.pop(page.name)
        rest = apply_edits(page.text.text, here, 0, start) + apply_edits(page.text.text, here, end)
        prints = page.recorded
        if target is page:
            found.pages[page.path] = _with_fingerprints(page, rest, self._moved_prints(prints))
            return
        gone = prints.keys() & set(self.anchors)
        moved = self._moved_prints({anchor: prints.pop(anchor) for anchor in gone})
        body = apply_edits(target.text.text, edits.pop(target.name)).rstrip("\n")
        joined = f"{body}\n\n{apply_edits(page.text.text, here, start, end).strip()}\n"
        found.pages[page.path] = _with_fingerprints(page, rest.rstrip("\n") + "\n", prints)
        found.pages[target.path] = _with_fingerprints(target, joined, {**target.recorded, **moved})

    def _moved_prints(self, prints: Mapping[str, str]) -> dict[str, str]:
        place = {anchor: self.target_of(MoveTarget(self.page.name, anchor)) for anchor in prints}
        return {place[anchor].anchor: text for anchor, text in prints.items()}

    def _link_edits(self, page: Page) -> Iterator[Edit]:
        """The addresses to change in one page: of links to what moves, and of links in it."""
        start, end = self.span if page is self.page else (0, 0)
        for link in page.links:
            if link.address.startswith("/") or ":" in link.address:
                continue
            owner = self.new.page if start <= link.start < end else page.name
            there = _place_of(page, link)
            target = there if link.is_image else self.target_of(there)
            if owner != page.name or target != there:
                address = _address(owner, target, link)
                if address != link.address:
                    yield link.address_start, link.address_start + len(link.address), address

    def _anchor_edits(self) -> Iterator[Edit]:
        was, now = self.renamed
        written = re.compile(rf"#{re.escape(was)}(?![\w-])")
        for anchor in self.page.anchors if was != now else ():
            if anchor.name == was and (match := written.search(self.page.text.text, anchor.start)):
                yield (*match.span(), f"#{now}")

    def _level_edits(self, target: Page) -> Iterator[Edit]:
        """Raises headings that move, so that none is skipped after the last one there."""
        start, end = self.span
        moved = [one for one in self.page.headings if start <= one.start < end]
        surplus = moved[0].level - target.headings[-1].level - 1 if moved else 0
        for heading in moved if surplus > 0 else ():
            yield heading.start, heading.start + surplus, ""

    def lines(self, log: Log, author: Author) -> Iterator[Acceptance]:
        """The log lines of the moved sections: the same texts, accepted in another place."""
        recorded = self.page.recorded
        for section in self.page.sections:
            here = MoveTarget(self.page.name, section.anchor)
            there = self.target_of(here)
            line = log.last(here.page, here.anchor, recorded.get(section.anchor, ""))
            if there != here and line is not None and section.anchor in recorded:
                moved = replace(line, page=there.page, section=there.anchor, by=author.name)
                yield replace(moved, date=author.date, how="move", reason=f"Moved from {here}.")


def _place_of(page: Page, link: Link) -> MoveTarget:
    """The target of a link; that of an image is its path."""
    path, _, anchor = link.address.partition("#")
    if not path:
        return MoveTarget(page.name, anchor)
    whole = page.path_of(path)
    return MoveTarget(whole if link.is_image else whole.removesuffix(".md"), anchor)


def _address(owner: str, target: MoveTarget, link: Link) -> str:
    anchor = f"#{target.anchor}" if target.anchor else ""
    if target.page == owner and anchor and link.address.startswith("#"):
        return anchor
    ending = "" if link.is_image else ".md"
    return posixpath.relpath(target.page + ending, posixpath.dirname(owner) or ".") + anchor


def _with_fingerprints(page: Page, text: str, recorded: Mapping[str, str]) -> str:
    new, _ = read_page(page.path, page.locale, page.name, text)
    return write_fingerprints(new, recorded) if recorded or page.front_matter else text
