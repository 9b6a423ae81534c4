"""What a build stores for the next one: small facts about every page and file. With them, a build
does not even read a page that is already in its place; without them, it finds them again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from metropolis.cache import Cache, CacheEntry
from metropolis.inspection.site_inspection import Inspected
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
    build before, `pages` by cache key, `pictures` digests of cards; `inspected` was found right."""

    files: dict[Signature, bytes] = field(default_factory=dict)
    older: dict[Signature, bytes] = field(default_factory=dict)
    pages: Mapping[str, PageNote] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    inspected: Inspected | None = None


def new_inventory(_: None) -> Inventory:
    """The inventory of a first build."""
    return Inventory()


def inventory_entry(root: Path) -> CacheEntry[None, Inventory]:
    """The cache entry in which the inventory is stored."""
    return Cache(root / ".cache").entry("inventory", None, new_inventory)
