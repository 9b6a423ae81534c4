"""What is kept of each page while a site is inspected: what other pages' checks ask of it, and what it needs."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from typing import TypeVar

from metropolis.inspection.addresses import Addresses
from metropolis.inspection.facts import Identity, PageFacts


@dataclass(frozen=True, slots=True)
class Outline(Identity):
    """`html` is the digest of the page's file; `links` are the files of this site that readers get to from here,
    `needs` the others that the page names or loads. Each sorted, and shared by all pages that name them."""

    html: str
    anchors: frozenset[str]
    links: tuple[str, ...]
    needs: tuple[str, ...]

    @property
    def identity(self) -> tuple[str, str, str, str, bool]:
        """What counterparts and the sitemap are judged by."""
        return self.path, self.locale, self.lang, self.text_lang, self.has_noindex


def outline(page: PageFacts, html: str, addresses: Addresses) -> Outline:
    """The outline of a page, whose file has the digest `html`."""

    def files(named: Iterable[str]) -> set[str]:
        places = (addresses.follow(page.path, address) for address in set(named))  # the menu stands at the foot too
        return {place.file for place in places if place.kind == "ours"}

    links = files(link.address for link in page.links)
    needs = files(reference.address for reference in (*page.mentions, *page.loads)) - links
    return Outline(
        page.path,
        page.locale,
        page.lang,
        page.text_lang,
        page.has_noindex,
        html,
        _one(frozenset(sys.intern(detail.text) for detail in page.ids)),
        tuple(map(sys.intern, sorted(links))),
        _one(tuple(map(sys.intern, sorted(needs)))),
    )


_held: dict[object, object] = {}
Kept = TypeVar("Kept", bound=Hashable)


def _one(value: Kept) -> Kept:
    """The value; one that many pages have in common is held once."""
    kept: Kept = _held.setdefault(value, value)  # type: ignore[assignment]
    return kept
