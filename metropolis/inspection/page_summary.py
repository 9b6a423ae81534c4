"""What the inspection stores about each page: the facts that checks of other pages need."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from metropolis.inspection.destinations import Addresses
from metropolis.inspection.facts import Identity, PageFacts


@dataclass(frozen=True, slots=True)
class PageSummary(Identity):
    """What other pages' checks need to know about a page.

    `html` is the digest of the page's file. `links` are the files of this site that it links to,
    `needs` the others that it names or loads. Both are sorted and shared between pages."""

    html: str
    anchors: frozenset[str]
    links: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, str, str, str, bool]:
        """The facts on which the checks of counterparts and of the sitemap depend."""
        return self.path, self.locale, self.lang, self.text_lang, self.has_noindex


def summarise(page: PageFacts, html: str, addresses: Addresses) -> PageSummary:
    """The summary of a page; `html` is the digest of its file."""

    def files(named: Iterable[str]) -> set[str]:
        # A set, because the menu is repeated in the foot.
        places = (addresses.follow(page.path, address) for address in set(named))
        return {place.file for place in places if place.kind == "ours"}

    links = files(link.address for link in page.links)
    needs = files(reference.address for reference in (*page.mentions, *page.loads)) - links
    identity = (page.path, page.locale, page.lang, page.text_lang, page.has_noindex)
    anchors = _shared(frozenset(sys.intern(detail.text) for detail in page.ids))
    shared_needs = _shared(tuple(map(sys.intern, sorted(needs))))
    shared_links = tuple(map(sys.intern, sorted(links)))
    return PageSummary(*identity, html, anchors, shared_links, shared_needs)


_held: dict[object, object] = {}
Kept = TypeVar("Kept", bound=Hashable)


def _shared(value: Kept) -> Kept:
    """The value, in memory only once even if many pages have it."""
    kept: Kept = _held.setdefault(value, value)  # type: ignore[assignment]
    return kept
