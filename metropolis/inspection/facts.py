"""The facts of a built page that the inspection needs. Pages are parsed once, in built_file.py, and
every check reads these. A page has hundreds: named tuples take half the time of dataclasses."""

from __future__ import annotations

import sys
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from turbohtml import Element

from metropolis.inspection.destinations import Addresses


class ReferenceFact(NamedTuple):
    """An address that the page links to, names or loads; `owner` says where: "img src"."""

    address: str
    line: int
    owner: str


class AlternateFact(NamedTuple):
    """A claim in the head: the same page in the language `hreflang` is at `address`."""

    hreflang: str
    address: str
    line: int


class Refusal(NamedTuple):
    """Something that a page must not contain, whatever its origin, and how to fix it."""

    line: int
    column: int
    what: str
    how: str


def position_of(element: Element) -> tuple[int, int]:
    """Line and column, from 1; 0 for an element that the parser added."""
    line, column = element.position or (0, -1)
    return line, column + 1


@dataclass(slots=True)
class Identity:
    """`path` is the page's file from the site's root ("en/vision/index.html"), `locale` its
    folder's language, `lang` that of <html>, `text_lang` that of the article, if stated."""

    path: str
    locale: str
    lang: str
    text_lang: str
    has_noindex: bool = False

    @property
    def identity(self) -> tuple[str, str, str, str, bool]:
        """The facts on which the checks of counterparts and of the sitemap depend."""
        return self.path, self.locale, self.lang, self.text_lang, self.has_noindex

    @property
    def is_not_found(self) -> bool:
        """A 404 page has no address of its own: it is neither linked nor indexed."""
        return self.path.rpartition("/")[2] == "404.html"

    @property
    def is_fallback(self) -> bool:
        """The text replaces a missing translation, and is marked as such."""
        return self.text_lang not in ("", self.locale)

    @property
    def is_indexable(self) -> bool:
        """Whether search engines should index the page at this address."""
        return not (self.is_not_found or self.is_fallback or self.has_noindex)


@dataclass(slots=True)
class PageFacts(Identity):
    """All facts of a page, added while it is read. Browsers fetch `loads`, not `mentions`."""

    canonicals: list[ReferenceFact] = field(default_factory=list)
    alternates: list[AlternateFact] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)  # the line of each
    links: list[ReferenceFact] = field(default_factory=list)
    mentions: list[ReferenceFact] = field(default_factory=list)
    loads: list[ReferenceFact] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)


@dataclass(slots=True)
class PageSummary(Identity):
    """What is stored about a page. `html` is the digest of its file, `links` are the files of this
    site that it links to, `needs` those that it names or loads; both are sorted and shared."""

    html: str = ""
    anchors: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()


def summarise(page: PageFacts, html: str, addresses: Addresses) -> PageSummary:
    def files(named: Iterable[str]) -> set[str]:
        # A set, because the menu is repeated in the foot.
        places = (addresses.follow(page.path, address) for address in set(named))
        return {place.file for place in places if place.kind == "ours"}

    links = files(link.address for link in page.links)
    needs = files(reference.address for reference in (*page.mentions, *page.loads)) - links
    anchors = _shared(frozenset(map(sys.intern, page.ids)))
    shared_needs = _shared(tuple(map(sys.intern, sorted(needs))))
    shared_links = tuple(map(sys.intern, sorted(links)))
    return PageSummary(*page.identity, html, anchors, shared_links, shared_needs)


_held: dict[object, object] = {}
Kept = TypeVar("Kept", bound=Hashable)


def _shared(value: Kept) -> Kept:
    """The value, in memory only once even if many pages have it."""
    kept: Kept = _held.setdefault(value, value)  # type: ignore[assignment]
    return kept
