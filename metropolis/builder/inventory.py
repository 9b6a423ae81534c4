"""What a build leaves to the next one in one piece: small facts of every page and file.

Thanks to it a build that finds a page in its place does not even read it. Losing it costs time and
nothing else: all that it says is found again from the pages and the files themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from metropolis.cache import Cache, Entry
from metropolis.inspection.inspect import Inspected
from metropolis.web.output import Signature
from metropolis.web.social_cards import Picture


@dataclass(frozen=True, slots=True)
class PageNote:
    """What the steps after rendering ask of a page. `html` is the digest of its file."""

    html: str
    title: str
    picture: Picture | None


@dataclass(frozen=True)
class Inventory:
    """Facts, each known by what it was found from.

    `files`: the SHA-256 of a file with a signature, of this build, `older` of the one before;
    `pages` by their keys in the cache; `pictures`: the digests of share pictures by theirs;
    `inspected`: what the inspection saw, all of it right.
    """

    files: dict[Signature, bytes] = field(default_factory=dict)
    older: dict[Signature, bytes] = field(default_factory=dict)
    pages: Mapping[str, PageNote] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    inspected: Inspected | None = None


def new_journal(_: None) -> Inventory:
    """That of a first build."""
    return Inventory()


def inventory_entry(root: Path) -> Entry[None, Inventory]:
    """Where the last build has left its journal, and the next one will."""
    return Cache(root / ".cache").entry("journal", None, new_journal)
