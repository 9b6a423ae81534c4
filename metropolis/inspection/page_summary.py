"""What is kept of a built page that was read: enough to see whether something that it refers to is
missing. If so, it is read again, to say where."""

from __future__ import annotations

import sys
from collections.abc import Hashable
from dataclasses import dataclass
from typing import TypeVar

from metropolis.inspection.destinations import Addresses, SiteFiles
from metropolis.inspection.facts import Identity, PageFacts
from metropolis.inspection.page_links import check_path, fault_of_address


@dataclass(slots=True)
class PageSummary(Identity):
    """`html` is the digest of the page's file, `links` are the files of this site that it links to,
    `needs` those that it names or loads, `fragments` (file, anchor) what it links to within pages;
    all are sorted and shared. `is_sound`: nothing is wrong with the page itself."""

    html: str = ""
    anchors: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    fragments: tuple[tuple[str, str], ...] = ()
    is_sound: bool = False

    def refers_to_nothing_missing(self, site: SiteFiles) -> bool:
        is_there = site.files.issuperset(self.links) and site.files.issuperset(self.needs)
        return is_there and all(site.has_anchor(*fragment) for fragment in self.fragments)


def summarise(page: PageFacts, html: str, addresses: Addresses) -> PageSummary:
    # A 404 page is shown at any address: each of its own is judged by what it leads to.
    is_sound = not (page.is_not_found or page.refusals or any(check_path(page)))
    links: set[str] = set()
    needs: set[str] = set()
    fragments: set[tuple[str, str]] = set()
    parts = ((page.links, links), (page.mentions, needs), (page.loads, needs))
    for references, files in parts:
        # A set, because the menu is repeated in the foot.
        for address in {reference.address for reference in references}:
            target = addresses.follow(page.path, address)
            if fault_of_address(address, target, "", is_loaded=references is page.loads)[0]:
                is_sound = False
            elif target.kind == "ours":
                files.add(sys.intern(target.file))
                if target.anchor:
                    fragments.add((sys.intern(target.file), sys.intern(target.anchor)))
    return PageSummary(
        *page.identity,
        _shared(tuple(page.canonicals)),
        _shared(tuple(page.alternates)),
        html,
        _shared(frozenset(map(sys.intern, page.ids))),
        tuple(sorted(links)),
        _shared(tuple(sorted(needs - links))),
        _shared(tuple(sorted(fragments))),
        is_sound,
    )


_held: dict[object, object] = {}
Kept = TypeVar("Kept", bound=Hashable)


def _shared(value: Kept) -> Kept:
    """The value, in memory only once even if many pages have it."""
    kept: Kept = _held.setdefault(value, value)  # type: ignore[assignment]
    return kept
