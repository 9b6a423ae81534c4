"""Whether a page is built alike in every language: no reader of one language sees a section or a
figure that is lost. The order of words is each language's own: paragraphs are compared."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from metropolis.cache import Cache
from metropolis.content.headings import section_at
from metropolis.content.image_words import compare_descriptions
from metropolis.content.macro_signature import Signatures, identity
from metropolis.content.outside_address import neutral_address, twin_hosts
from metropolis.content.page import Page
from metropolis.content.pairing import Paired, join_sections, pair_sections
from metropolis.content.paragraphs import compare_paragraphs, sum_up, tell_other_version
from metropolis.content.part_matching import leads_nowhere, match_parts, take_moved
from metropolis.content.part_order import Part, compare_parts, tell_moved
from metropolis.content.shapes import find_shapes
from metropolis.inputs import Known
from metropolis.problem import Problem


@dataclass(frozen=True)
class Translation:
    """`lost`: addresses in the source that lead nowhere, which is reported there. `behind`: the
    sections whose source has changed since they were translated."""

    page: Known[Page]
    source: Known[Page]
    signatures: Known[Signatures]
    lost: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()


def check_structure(
    pages: Collection[Page],
    source_locale: str,
    signatures: Known[Signatures],
    cache: Cache,
    lost: Mapping[str, tuple[str, ...]] | None = None,
    behind: Mapping[str, tuple[str, ...]] | None = None,
) -> list[Problem]:
    """What differs from the source page. The `cache` has the results for the same two pages. `lost`
    are the addresses of a page, by its path, that lead nowhere; `behind` are the sections of a
    translation, by its path, whose source has changed since: what they lack is advice."""
    sources = {page.name: page for page in pages if page.locale == source_locale}
    problems: list[Problem] = []
    for page in pages:
        source = sources.get(page.name)
        if page.locale != source_locale and source is not None:
            broken = (lost or {}).get(source.path, ())
            old = (behind or {}).get(page.path, ())
            inputs = Translation(page.known, source.known, signatures, broken, old)
            problems += cache.remember("parity", inputs, find_differences, hold=True)
    return problems


def find_differences(inputs: Translation) -> list[Problem]:
    source, page = inputs.source.value, inputs.page.value
    signatures = inputs.signatures.value
    paired = dict(pair_sections(source, page, signatures))
    own_anchors = [section.anchor for section in page.sections]
    new = set(inputs.behind).difference(own_anchors)  # reported by the status
    headings = _compare_headings(source, page, paired, new)
    problems = [*compare_descriptions(source, page)]
    if other_version := tell_other_version(page, source, paired.values()):
        return [*headings, *problems, other_version]
    problems += _compare_sections(inputs, paired)
    anchors = [section.anchor for section in source.sections if section.anchor not in new]
    after, own = (dict(pairwise([*some, ""])) for some in (anchors, own_anchors))
    for anchor, section in paired.items():
        found = compare_paragraphs(section)
        # Below a heading that is lost or moved, many would only repeat that.
        is_alone = len(found) == 1 or after.get(anchor) == own.get(anchor)
        problems += sum_up(section, found) if is_alone else ()
    return [*headings, *_softened(page, problems, inputs.behind)]


def _softened(page: Page, problems: list[Problem], behind: Container[str]) -> Iterator[Problem]:
    """Advice for what differs in the sections that are `behind`: nobody has lost it."""
    starts = page.text.line_starts
    for one in problems:
        is_behind = section_at(page.sections, starts[one.line - 1]) in behind
        yield replace(one, severity="advice") if is_behind else one


def _headings(page: Page, new: Container[str] = ()) -> list[Part]:
    """Without the `new` ones. Those that are reported anyway count as right: one whose level skips
    another, and one that is not written as a heading."""
    own = (one for one in page.headings if one.anchor not in new)
    whole = [(one.start, one.level, one.anchor) for one in own]
    whole += [(one.start, len(one.signs), "") for one in page.accidental_headings]
    found: list[Part] = []
    above: list[int] = []  # the levels of the headings that this one stands below, and its own
    for start, level, name in sorted(whole):
        above = [*(one for one in above if one < level), level]
        anchor = f" {{ #{name} }}" if name else ""
        key = f"{'#' * len(above)} …{anchor}"
        found.append(Part(key, f"heading {name}", start, "Write the same."))
    return found


def _compare_headings(
    source: Page, page: Page, paired: Mapping[str, Paired], new: Container[str]
) -> list[Problem]:
    expected, found = _headings(source, new), _headings(page)
    into = join_sections(source, page)

    def place(part: Part, where: int) -> int:
        """A missing heading stood before what is below it."""
        section = paired.get(into.get(section_at(source.sections, part.start), ""))
        return max(where, section.counterpart(part.start)) if section else where

    return compare_parts(source, page, expected, found, page.body_start, place)


def _compare_sections(inputs: Translation, paired: Mapping[str, Paired]) -> list[Problem]:
    """Calls and links of each section that both have; of others, the heading says enough."""
    source, page = inputs.source.value, inputs.page.value
    expected = _by_section(inputs, source, page, paired)
    found = _by_section(inputs, page, source, paired)
    starts = {section.anchor: section.start for section in page.sections}
    hosts = twin_hosts(*((link.address for link in one.links) for one in (page, source)))
    sections: dict[str, tuple[list[Part], list[Part]]] = {}
    for anchor, section in paired.items():
        theirs, own = _with_texts(section, expected[anchor], found[anchor])
        known = (inputs.signatures.value, inputs.lost, hosts)
        sections[anchor] = match_parts(section, theirs, own, *known)
    problems = [tell_moved(source, page, one) for one in take_moved(list(sections.values()))]
    for anchor, (theirs, own) in sections.items():

        def place(part: Part, where: int, section: Paired = paired[anchor]) -> int:
            return max(where, section.counterpart(part.start))

        begin = starts.get(anchor, page.body_start)
        problems += compare_parts(source, page, _sorted(theirs), _sorted(own), begin, place)
    return problems


def _sorted(parts: list[Part]) -> list[Part]:
    """In the order of the passages; within one, each language has its own."""
    return sorted(parts, key=lambda part: (part.place, part.key))


def _with_texts(section: Paired, theirs: list[Part], own: list[Part]) -> list[list[Part]]:
    """The parts, with each paragraph that is a list on the other page, if no list is lost."""
    groups, how = (section.their_groups, section.groups), "Give it the same shape."
    sides = [list(theirs), list(own)]
    for parts, places, starts in zip(sides, groups, section.texts_for_lists, strict=True):
        parts += [Part("running text", "list", at, how, place=places.place(at)) for at in starts]
    there, here = ([part.name for part in parts].count("list") for parts in sides)
    return sides if there == here else [theirs, own]


def _by_section(
    inputs: Translation, page: Page, other: Page, paired: Mapping[str, Paired]
) -> dict[str, list[Part]]:
    """The parts of a page in each section. Those of a section or a passage that the `other` page
    lacks are left out: that it is lost says enough."""
    into = join_sections(page, other)
    sections: dict[str, list[Part]] = {name: [] for name in paired}
    for part in _parts(inputs, page):
        anchor = section_at(page.sections, part.start)
        section = paired.get(into.get(anchor, anchor))
        if section is None or anchor in section.lone:
            continue
        if page.is_repeated(part.start) and not section.groups_of(page).is_inside(part.start):
            continue
        if part.is_shape or not section.is_alone(page, part.start):
            place = section.groups_of(page).place(part.start)
            sections[into.get(anchor, anchor)].append(replace(part, place=place))
    return sections


def _parts(inputs: Translation, page: Page) -> Iterator[Part]:
    for call in page.calls:
        name = f"call of {call.name}"
        yield Part(
            identity(call, inputs.signatures.value), name, call.start, "Write the same call."
        )
    for start, end in page.rejected:
        yield Part(page.text.text[start:end], "rejected call", start, "")
    anchors = {f"#{anchor.name}" for anchor in page.anchors}
    lost = inputs.lost if page is inputs.source.value else ()
    for link in (one for one in page.links if not leads_nowhere(one, lost)):
        sign = "!" if link.is_image else ""
        how = "Show the same image." if link.is_image else "Lead it to the same place."
        # An anchor that the page lacks is reported there: its name says nothing. Who answers a
        # letter may be another in each language.
        is_lost = link.address.startswith("#") and link.address not in anchors
        address = "#" if is_lost else neutral_address(link.address)
        key = f"{sign}[…]({'mailto:' if address.startswith('mailto:') else address})"
        yield Part(key, f"{sign}link", link.address_start, how, link.address)
    # A note without a mark or a text is reported on its page, and a text is where its mark is.
    alone = set().union(*inputs.page.value.lone_notes, *inputs.source.value.lone_notes)
    for note in page.footnotes:
        if not note.is_text and note.name not in alone:
            yield Part(f"[^{note.name}]", "footnote", note.start, "Give it the same name.")
    for kind, text, start in find_shapes(page):
        yield Part(text, kind, start, "Give it the same shape.")
