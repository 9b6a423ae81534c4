"""Whether a page is built alike in every language: no reader of one language sees a section or a
figure that is lost. The order of words is each language's own: paragraphs are compared."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from metropolis.content.headings import section_at
from metropolis.content.image_words import compare_descriptions
from metropolis.content.macro_signature import Signatures, identity
from metropolis.content.outside_address import is_translated_address, neutral_address
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.content.pairing import Groups, Paired, Passages, pair_sections, passages_by_section
from metropolis.content.part_order import Part, compare_parts
from metropolis.content.prose import Passage
from metropolis.content.shapes import find_shapes
from metropolis.problem import Problem

# A translation's path -> its source, itself, and how they differ.
Compared = dict[str, tuple[Page, Page, list[Problem]]]


def check_structure(
    pages: Iterable[Page],
    source_locale: str,
    signatures: Signatures,
    compared: Compared | None = None,
) -> list[Problem]:
    """What differs from the source page; `compared` has results for the same two pages."""
    pages = list(pages)
    sources = {page.name: page for page in pages if page.locale == source_locale}
    compared = {} if compared is None else compared
    problems: list[Problem] = []
    for page in pages:
        source = sources.get(page.name)
        if page.locale != source_locale and source is not None:
            known = compared.get(page.path)
            if known is None or known[0] is not source or known[1] is not page:
                known = compared[page.path] = (source, page, _differences(source, page, signatures))
            problems += known[2]
    return problems


def _differences(source: Page, page: Page, signatures: Signatures) -> list[Problem]:
    theirs, mine = passages_by_section(source, signatures), passages_by_section(page, signatures)
    paired = dict(pair_sections(source, page, theirs, mine, signatures))
    problems = _compare_headings(source, page, theirs, mine)
    # Where a heading is lost or moved, what is below it would only repeat that.
    order = dict(pairwise([*theirs, ""]))
    same = {anchor for anchor, after in pairwise([*mine, ""]) if order.get(anchor) == after}
    problems += _compare_sections(source, page, paired, signatures)
    problems += compare_descriptions(source, page)
    for anchor, section in paired.items():
        if anchor in same and mine[anchor]:
            problems += _compare_paragraphs(section, mine[anchor][0])
    return problems


def _headings(page: Page) -> list[Part]:
    how = "Give it the same level."
    pinned = [one for one in page.headings if one.anchor]
    return [
        Part(f"{'#' * one.level} … {{ #{one.anchor} }}", one.anchor, one.start, one.line, how)
        for one in pinned
    ]


def _compare_headings(source: Page, page: Page, theirs: Passages, mine: Passages) -> list[Problem]:
    expected, found = _headings(source), _headings(page)
    before = dict(pairwise(part.name for part in reversed(expected)))

    def place(part: Part, where: int) -> int:
        """A missing heading stood after as many passages as its source has before it."""
        previous = before.get(part.name, "")
        own, count = mine.get(previous, []), len(theirs.get(previous, []))
        number = min(count, len(own)) - 1
        return own[number].start if number > 0 else where

    return compare_parts(source, page, expected, found, place=place)


def _compare_sections(
    source: Page, page: Page, paired: Mapping[str, Paired], signatures: Signatures
) -> list[Problem]:
    """Calls and links of each section that both have; of others, the heading says enough."""
    their_groups = {anchor: one.their_groups for anchor, one in paired.items()}
    groups = {anchor: one.groups for anchor, one in paired.items()}
    their_parts, parts = [*_parts(source, signatures)], [*_parts(page, signatures)]
    parts = _with_translated_addresses(parts, their_parts, page.locale)
    expected = _by_section(source, their_groups, their_parts)
    found = _by_section(page, groups, parts)
    starts = {section.anchor: section.start for section in page.sections}
    problems: list[Problem] = []
    for anchor, own in found.items():
        at = starts.get(anchor, page.body_start)

        def place(part: Part, where: int, section: Paired = paired[anchor]) -> int:
            return max(where, section.counterpart(part.start))

        problems += compare_parts(source, page, expected.get(anchor, []), own, at, place)
    return problems


def _with_translated_addresses(parts: list[Part], expected: list[Part], locale: str) -> list[Part]:
    """The parts of a translation; a link to a translated page has the key of the source's link."""
    keys = {part.key for part in parts}
    free = [part for part in expected if part.address and part.key not in keys]
    known = {part.key for part in expected}
    found: list[Part] = []
    for part in parts:
        is_unknown = part.address and part.key not in known
        twins = (
            one
            for one in (free if is_unknown else ())
            if is_translated_address(part.address, locale, one.address)
        )
        twin = next(twins, None)
        if twin:
            free.remove(twin)
        found.append(replace(part, key=twin.key) if twin else part)
    return found


def _by_section(
    page: Page, groups: Mapping[str, Groups], parts: Iterable[Part]
) -> dict[str, list[Part]]:
    """The parts of each section in the order of its passages; those of one passage are sorted."""
    sections: dict[str, list[tuple[tuple[int, int], str, Part]]] = {name: [] for name in groups}
    for part in parts:
        anchor = section_at(page.sections, part.start)
        if anchor in groups:
            sections[anchor].append((groups[anchor].place(part.start), part.key, part))
    return {
        anchor: [part for _, _, part in sorted(parts, key=lambda item: item[:2])]
        for anchor, parts in sections.items()
    }


def _parts(page: Page, signatures: Signatures) -> Iterator[Part]:
    def part(key: str, name: str, start: int, how: str, address: str = "") -> Part:
        return Part(key, name, start, page.text.place(start)[0], how, address)

    for call in page.calls:
        name = f"call of {call.name}"
        yield part(identity(call, signatures), name, call.start, "Write the same call.")
    for link in page.links:
        sign = "!" if link.is_image else ""
        how = "Show the same image." if link.is_image else "Lead it to the same place."
        key = f"{sign}[…]({neutral_address(link.address)})"
        yield part(key, f"{sign}link", link.start, how, link.address)
    for note in page.footnotes:
        key, how = f"[^{note.name}]{':' if note.is_text else ''}", "Give it the same name."
        yield part(key, f"footnote {note.is_text}", note.start, how)
    for kind, text, start in find_shapes(page):
        yield part(text, kind, start, "Give it the same shape.")


def _compare_paragraphs(paired: Paired, heading: Passage) -> Iterator[Problem]:
    """Paragraphs of the section `heading` that are lost (an error), joined or split (advice)."""
    if paired.pairs is None:
        what = f"“{excerpt(heading.words)}” has {len(paired.mine)} paragraphs, list items and rows,"
        what = f"{what} and {len(paired.theirs)} in {paired.source.path}."
        yield paired.page.problem(heading.start, what, how="Build it as it is built there.")
    for pair in paired.pairs or ():
        before = [heading, *paired.mine][pair.translation.start]
        theirs = paired.theirs[pair.source.start : pair.source.stop]
        mine = paired.mine[pair.translation.start : pair.translation.stop]
        if {one.kind for one in (*theirs, *mine)} == {"paragraph"} and len(theirs) != len(mine):
            yield _other_number(paired, theirs, mine, before.start)


def _other_number(
    paired: Paired, theirs: Sequence[Passage], mine: Sequence[Passage], place: int
) -> Problem:
    """Counterparts that are not one and one. Of items and rows, the shape says enough."""
    source, text = paired.source, paired.page.text
    line = source.text.place(theirs[0].first)[0] if theirs else 0
    if not mine:
        words = excerpt(theirs[0].words)
        what = f"A paragraph is missing: {source.path} has it on line {line}, “{words}”."
        return text.problem(place, what, how="Add it below this line.")
    if not theirs:
        what = f"This paragraph has no counterpart in {source.path}."
        how = "Add it there, or delete it."
    elif len(theirs) > len(mine):
        what = f"This paragraph joins {len(theirs)} of {source.path}, from line {line} on."
        how = "Split it as there."
    else:
        what = f"These {len(mine)} paragraphs are one in {source.path}, on line {line}."
        how = "Join them as there."
    return text.problem(mine[0].first, what, how=how, severity="advice")
