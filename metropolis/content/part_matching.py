"""What passes for its counterpart, though it is not written alike: a link to the same page in
another language, and what is reported elsewhere, such as a wrong call or a link without its end."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from metropolis.content.calls import wrong_calls
from metropolis.content.inlines import Link
from metropolis.content.macro_signature import Signatures
from metropolis.content.outside_address import Hosts, are_twins, is_counterpart
from metropolis.content.page import Page
from metropolis.content.pairing import Paired
from metropolis.content.part_order import Moved, Part

_ADDRESS = re.compile(r"[\w:/.#?&=%~+@-]+")
_LEADING = re.compile(r"^[#/]|:|\.md(?:#|$)")  # an address that leads to a page, or to a site


def leads_nowhere(link: Link, lost: Collection[str] = ()) -> bool:
    """Whether the form of an address is wrong, or it is one of the `lost`: that is reported."""
    return link.address in lost or (not link.is_image and not _LEADING.search(link.address))


def match_parts(
    section: Paired,
    theirs: list[Part],
    own: list[Part],
    signatures: Signatures,
    lost: Collection[str],
    hosts: Hosts,
) -> tuple[list[Part], list[Part]]:
    """The parts of a section of the source and of its translation, as they are to be compared;
    `lost` are addresses of the source that lead nowhere, `hosts` those that stand for another."""
    source, page = section.source, section.page
    own = _with_translated_addresses(own, theirs, page.locale, hosts)
    if [part.key for part in own] != [part.key for part in theirs]:
        own = list(_without_wrong_calls(page, own, theirs, signatures))
        theirs = list(_without_wrong_calls(source, theirs, own, signatures))
        own = _without_loose_links(own, theirs, source, section, lost)
        theirs = _without_loose_links(theirs, own, page, section)
        own, theirs = (
            list(_without_lost(own, theirs, page, section)),
            list(_without_lost(theirs, own, source, section)),
        )
    return theirs, own


def take_moved(sections: Sequence[tuple[list[Part], list[Part]]]) -> list[list[Moved]]:
    """Takes the links and calls out of the sections' parts that a translation has in another
    section than its source, and gives them: those of the same two sections together."""
    unlike = [
        (number, theirs, own)
        for number, (theirs, own) in enumerate(sections)
        if [part.key for part in theirs] != [part.key for part in own]
    ]
    free: dict[str, deque[tuple[int, Part]]] = {}
    for number, theirs, own in unlike:
        for part in _odd_parts(theirs, own):
            free.setdefault(part.key, deque()).append((number, part))
    moved: dict[tuple[int, int], list[Moved]] = {}
    for number, theirs, own in unlike if free else ():
        for part in _odd_parts(own, theirs):
            if free.get(part.key):
                its_number, twin = free[part.key].popleft()
                moved.setdefault((its_number, number), []).append((twin, part))
    taken = {id(part) for changes in moved.values() for change in changes for part in change}
    for parts in (parts for section in sections for parts in section if taken):
        parts[:] = [part for part in parts if id(part) not in taken]
    return list(moved.values())


def _odd_parts(parts: list[Part], others: list[Part]) -> list[Part]:
    """The links and calls that `others` do not have, or not as often."""
    indexes = [*_only_in(parts, others), *_only_in(parts, others, are_calls=True)]
    return [parts[index] for index in indexes]


def _with_translated_addresses(
    own: list[Part], theirs: list[Part], locale: str, hosts: Hosts
) -> list[Part]:
    """The parts of a translation, where a link to a page's translation has the source's key. The
    articles of an encyclopedia have other names: those of one passage are paired in order."""
    found = list(own)
    free = [theirs[index] for index in _only_in(theirs, own)]
    for index in _only_in(own, theirs):
        part = own[index]
        for twin in free:
            if twin.place == part.place and (
                is_counterpart(part.address, locale, twin.address)
                or are_twins(part.address, twin.address, hosts)
            ):
                found[index] = replace(part, key=twin.key)
                free.remove(twin)
                break
    return found


def _only_in(parts: list[Part], others: list[Part], are_calls: bool = False) -> list[int]:
    """The indexes of links, or of calls, that `others` do not have, or not as often; first, those
    of one place are counterparts."""
    free = Counter((part.place, part.key) for part in others)
    rest: list[int] = []
    for index, part in enumerate(parts):
        free[part.place, part.key] -= 1
        if free[part.place, part.key] < 0:
            rest.append(index)
    known = Counter(key for _, key in free.elements())
    found: list[int] = []
    for index in rest:
        part = parts[index]
        known[part.key] -= 1
        is_kind = part.key.startswith("{{") if are_calls else part.address
        if is_kind and known[part.key] < 0:
            found.append(index)
    return found


def _without_wrong_calls(
    page: Page, own: list[Part], others: list[Part], signatures: Signatures
) -> Iterator[Part]:
    """The parts of `page`. A wrong call passes for the call in its place on the other page, first
    of the same passage and of the same name; without one it is left out."""
    wrong = wrong_calls(page, signatures)
    free = [others[index] for index in _only_in(others, own, are_calls=True)]
    known = {other.key for other in others}
    for part in own:
        if part.start in wrong and free:
            near = [one for one in free if one.place == part.place] or free
            twin = next((one for one in near if one.name == part.name), near[0])
            free.remove(twin)
            yield replace(part, key=twin.key)
        elif part.start not in wrong or part.key in known:
            yield part


def _without_loose_links(
    parts: list[Part],
    others: list[Part],
    page: Page,
    section: Paired,
    lost: Collection[str] = (),
) -> list[Part]:
    """The parts without links that the other `page` has in another form, or has `lost`."""
    groups = section.groups_of(page)
    strays = [one.start for one in page.scanned.strays if one.kind == "link"]
    strays += [one.start for one in page.links if leads_nowhere(one, lost)]
    places = [groups.place(start) for start in strays]
    odd = _only_in(parts, others)
    loose = _loose_addresses(page.live.text, page.links) if odd else ()
    left_out = set[int]()
    for index in odd:
        if parts[index].place in places:
            places.remove(parts[index].place)
            left_out.add(index)
        elif parts[index].address.removeprefix("mailto:") in loose:
            left_out.add(index)
    return [one for index, one in enumerate(parts) if index not in left_out]


def _without_lost(
    parts: list[Part], others: list[Part], page: Page, section: Paired
) -> Iterator[Part]:
    """The parts of `page` without lists, tables and code right below a passage that the other page
    lacks too: that it is lost says enough."""
    more = Counter(part.kind for part in parts) - Counter(part.kind for part in others)
    for part in parts:
        if part.is_shape and more[part.kind] and section.is_below_lost(page, part.start):
            more[part.kind] -= 1
        else:
            yield part


@lru_cache(maxsize=4)  # each section of a page is asked for
def _loose_addresses(text: str, links: tuple[Link, ...]) -> frozenset[str]:
    """What stands in a text once more than in its links."""
    found = Counter(address.rstrip(".,:;") for address in _ADDRESS.findall(text))
    found.subtract(link.address for link in links)
    return frozenset(address for address, count in found.items() if count > 0)
