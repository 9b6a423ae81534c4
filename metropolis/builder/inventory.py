"""What a build stores for the next one: small facts about every page and file. With them, a build
does not even read a page that is already in its place; without them, it finds them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from metropolis.cache import Cache, CacheEntry
from metropolis.inspection.page_summary import PageSummary
from metropolis.project import Project
from metropolis.web.output import Signature
from metropolis.web.social_cards import Picture


@dataclass(frozen=True, slots=True)
class PageNote:
    """What the steps after rendering need of a page. `html` is the digest of its file."""

    html: str
    title: str
    picture: Picture | None


@dataclass(frozen=True)
class Inventory:
    """Facts by the key of their source: `files` the SHA-256 by file signature, `older` those of the
    build before, `pages` by cache key, `pictures` digests of cards; `summaries` by path."""

    files: dict[Signature, bytes] = field(default_factory=dict)
    older: dict[Signature, bytes] = field(default_factory=dict)
    pages: Mapping[str, PageNote] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    summaries: Mapping[str, PageSummary] = field(default_factory=dict)


def new_inventory(_: tuple[str, tuple[str, ...]]) -> Inventory:
    """The inventory of a first build."""
    return Inventory()


def inventory_entry(project: Project) -> CacheEntry[tuple[str, tuple[str, ...]], Inventory]:
    """The cache entry in which the inventory is stored. Summaries depend on address and languages:
    a site with others has another inventory."""
    site = (project.site_url, project.codes)
    return Cache(project.root / ".cache").entry("inventory", site, new_inventory)
