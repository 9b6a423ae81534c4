"""What a build leaves to the next one beside the stores: small facts of every page and file, read in one go.

Losing it costs time and nothing else: all that it says is found again from the pages and the files themselves.
"""

from __future__ import annotations

import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from metropolis.inspection.inspect import Inspected
from metropolis.site.output import Signature
from metropolis.site.share import Picture
from metropolis.store import Store, digest
from metropolis.toolkit import toolkit_digest


@dataclass(frozen=True, slots=True)
class PageNote:
    """What the steps after rendering ask of a page. `html` is the digest of its file."""

    html: str
    title: str
    picture: Picture | None


@dataclass(frozen=True)
class Journal:
    """`files`: what a file with a signature holds, of this build; `older` of the one before; `pages`: by their keys;
    `pictures`: digests of share pictures, by what they show; `inspected`: what the inspection saw, all of it right.
    """

    files: dict[Signature, bytes] = field(default_factory=dict)
    older: dict[Signature, bytes] = field(default_factory=dict)
    pages: Mapping[str, PageNote] = field(default_factory=dict)
    pictures: Mapping[str, str] = field(default_factory=dict)
    inspected: Inspected | None = None


def read_journal(root: Path) -> Journal:
    """That of the last build; an empty one where there is none."""
    kept = _store(root).get(_key())
    if kept is None:
        return Journal()
    journal: Journal = pickle.loads(kept)  # its hash was right: a build of this code wrote it
    return journal


def write_journal(root: Path, journal: Journal) -> None:
    """Keeps it for the next build."""
    store = _store(root)
    store.put(_key(), pickle.dumps(journal, pickle.HIGHEST_PROTOCOL))
    store.keep(_key())
    store.prune()


def _store(root: Path) -> Store:
    return Store(root / ".cache" / "journal", limit=256_000_000)


def _key() -> str:
    return digest(toolkit_digest())
