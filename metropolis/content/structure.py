"""Whether a page is built alike in every language: no reader of one language sees a section or a
figure that is lost. The order of words is each language's own: paragraphs are compared."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from metropolis.cache import Cache
from metropolis.content.calls import wrong_calls
from metropolis.content.headings import section_at
from metropolis.content.image_words import compare_descriptions
from metropolis.content.macro_signature import Signatures, identity
from metropolis.content.outside_address import is_counterpart, neutral_address
from metropolis.content.page import Page
from metropolis.content.pairing import Paired, join_sections, pair_sections
from metropolis.content.paragraphs import compare_paragraphs, tell_other_version
from metropolis.content.part_order import Part, compare_parts
from metropolis.content.shapes import find_shapes
from metropolis.inputs import Known
from metropolis.problem import Problem

Placed = tuple[tuple[int, int], Part]  # a part of a section, and its place there


@dataclass(frozen=True)
class Translation:
    page: Known[Page]
    source: Known[Page]
    signatures: Known[Signatures]


def check_structure(
    pages: Collection[Page],
    source_locale: str,
    signatures: Known[Signatures],
    cache: Cache,
) -> list[Problem]:
    """What differs from the source page. The `cache` has the results for the same two pages."""
    sources = {page.name: page for page in pages if page.locale == source_locale}
    problems: list[Problem] = []
    for page in pages:
        source = sources.get(page.name)
        if page.locale != source_locale and source is not None:
            inputs = Translation(page.known, source.known, signatures)
            problems += cache.remember("parity", inputs, find_differences, hold=True)
    return problems


def find_differences(inputs: Translation) -> list[Problem]:
    source, page = inputs.source.value, inputs.page.value
    signatures = inputs.signatures.value
    paired = dict(pair_sections(source, page, signatures))
    problems = [*_compare_headings(source, page, paired), *compare_descriptions(source, page)]
    if other_version := tell_other_version(page, source, paired.values()):
        return [*problems, other_version]
    problems += _compare_sections(source, page, paired, signatures)
    anchors = [[section.anchor for section in one.sections] for one in (source, page)]
    after, own = (dict(pairwise([*some, ""])) for some in anchors)
    for anchor, section in paired.items():
        found = compare_paragraphs(section)
        # Below a heading that is lost or moved, many would only repeat that.
        problems += found if len(found) == 1 or after.get(anchor) == own.get(anchor) else ()
    return problems


def _headings(page: Page) -> list[Part]:
    found: list[Part] = []
    for one in page.headings:
        anchor = f" {{ #{one.anchor} }}" if one.anchor else ""
        key, name = f"{'#' * one.level} …{anchor}", f"heading {one.anchor}"
        found.append(Part(key, name, one.start, "Write the same."))
    return found


def _compare_headings(source: Page, page: Page, paired: Mapping[str, Paired]) -> list[Problem]:
    expected, found = _headings(source), _headings(page)
    into = join_sections(source, page)

    def place(part: Part, where: int) -> int:
        """A missing heading stood before what is below it."""
        section = paired.get(into.get(section_at(source.sections, part.start), ""))
        return max(where, section.counterpart(part.start)) if section else where

    return compare_parts(source, page, expected, found, page.body_start, place)


def _compare_sections(
    source: Page, page: Page, paired: Mapping[str, Paired], signatures: Signatures
) -> list[Problem]:
    """Calls and links of each section that both have; of others, the heading says enough."""
    expected = _by_section(source, page, paired, signatures)
    found = _by_section(page, source, paired, signatures)
    starts = {section.anchor: section.start for section in page.sections}
    problems: list[Problem] = []
    for anchor, section in paired.items():
        theirs, own = _with_texts(section, expected[anchor], found[anchor])
        own = _with_translated_addresses(own, theirs, page.locale)
        if [part.key for _, part in own] != [part.key for _, part in theirs]:
            own = _without_wrong_calls(page, own, theirs, signatures)
            theirs = _without_wrong_calls(source, theirs, own, signatures)
            own = _without_loose_links(own, theirs, source)
            theirs = _without_loose_links(theirs, own, page)

        def place(part: Part, where: int, section: Paired = section) -> int:
            return max(where, section.counterpart(part.start))

        begin = starts.get(anchor, page.body_start)
        ordered = (_in_order(theirs), _in_order(own))
        problems += compare_parts(source, page, *ordered, begin, place)
    return problems


def _with_texts(section: Paired, theirs: list[Placed], own: list[Placed]) -> list[list[Placed]]:
    """The parts, with each paragraph that is a list on the other page, if no list is lost."""
    groups, how = (section.their_groups, section.groups), "Give it the same shape."
    sides = [list(theirs), list(own)]
    for parts, places, starts in zip(sides, groups, section.texts_for_lists, strict=True):
        parts += [(places.place(at), Part("running text", "list", at, how)) for at in starts]
    there, here = ([part.name for _, part in parts].count("list") for parts in sides)
    return sides if there == here else [theirs, own]


def _with_translated_addresses(
    own: list[Placed], theirs: list[Placed], locale: str
) -> list[Placed]:
    """The parts of a translation, where a link to a page's translation has the source's key. The
    articles of an encyclopedia have other names: those of one passage are paired in order."""
    found = list(own)
    free = [theirs[index] for index in _only_in(theirs, own)]
    for index in _only_in(own, theirs):
        place, part = own[index]
        for twin in free:
            if twin[0] == place and is_counterpart(part.address, locale, twin[1].address):
                found[index] = (place, replace(part, key=twin[1].key))
                free.remove(twin)
                break
    return found


def _only_in(parts: list[Placed], others: list[Placed], are_calls: bool = False) -> list[int]:
    """The indexes of links, or of calls, that `others` do not have, or not as often."""
    known = Counter(part.key for _, part in others)
    found = []
    for index, (_, part) in enumerate(parts):
        known[part.key] -= 1
        is_kind = part.key.startswith("{{") if are_calls else part.address
        if is_kind and known[part.key] < 0:
            found.append(index)
    return found


def _without_wrong_calls(
    page: Page, own: list[Placed], others: list[Placed], signatures: Signatures
) -> list[Placed]:
    """The parts of `page`. A wrong call is reported as that: here it passes for the call in its
    place on the other page, first of the same passage and of the same name, and without one it is
    left out."""
    wrong = wrong_calls(page, signatures)
    free = _only_in(others, own, are_calls=True)
    found: list[Placed] = []
    for place, part in own:
        if part.start in wrong and free:
            near = [one for one in free if others[one][0] == place] or free
            twin = next((one for one in near if others[one][1].name == part.name), near[0])
            free.remove(twin)
            part = replace(part, key=others[twin][1].key)
        elif part.start in wrong and all(part.key != other.key for _, other in others):
            continue
        found.append((place, part))
    return found


def _by_section(
    page: Page, other: Page, paired: Mapping[str, Paired], signatures: Signatures
) -> dict[str, list[Placed]]:
    """The parts of a page in each section. Those of a section or a passage that the `other` page
    lacks are left out: that it is lost says enough."""
    into = join_sections(page, other)
    sections: dict[str, list[Placed]] = {name: [] for name in paired}
    for part in _parts(page, signatures):
        anchor = section_at(page.sections, part.start)
        section = paired.get(into.get(anchor, anchor))
        if section is None or anchor in section.lone:
            continue
        if part.is_shape or not section.is_alone(page, part.start):
            place = section.groups_of(page).place(part.start)
            sections[into.get(anchor, anchor)].append((place, part))
    return sections


def _without_loose_links(parts: list[Placed], others: list[Placed], page: Page) -> list[Placed]:
    """The parts without links that the other `page` has in another form: that is reported there."""
    lost = {index for index in _only_in(parts, others) if _is_loose(parts[index][1].address, page)}
    return [one for index, one in enumerate(parts) if index not in lost]


def _is_loose(address: str, page: Page) -> bool:
    """Whether an address stands in a page once more than in its links."""
    links = sum(link.address == address for link in page.links)
    return len(re.findall(rf"(?<![\w/.#-]){re.escape(address)}(?![\w#/-])", page.live.text)) > links


def _in_order(parts: Iterable[Placed]) -> list[Part]:
    """In the order of the passages; those of one passage are sorted."""
    return [part for _, part in sorted(parts, key=lambda item: (item[0], item[1].key))]


def _parts(page: Page, signatures: Signatures) -> Iterator[Part]:
    for call in page.calls:
        name = f"call of {call.name}"
        yield Part(identity(call, signatures), name, call.start, "Write the same call.")
    for start, end in page.rejected:
        yield Part(page.text.text[start:end], "rejected call", start, "")
    for link in page.links:
        sign = "!" if link.is_image else ""
        how = "Show the same image." if link.is_image else "Lead it to the same place."
        key = f"{sign}[…]({neutral_address(link.address)})"
        yield Part(key, f"{sign}link", link.address_start, how, link.address)
    for note in page.footnotes:
        key, how = f"[^{note.name}]{':' if note.is_text else ''}", "Give it the same name."
        yield Part(key, f"footnote {note.is_text}", note.start, how)
    for kind, text, start in find_shapes(page):
        yield Part(text, kind, start, "Give it the same shape.")
