"""The pool: files with a hash in their name, which stay available for a while after their release,
for pages that are still open. Beside a release they are second names and take no space."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from metropolis.folders import entries
from metropolis.problem import Problem
from metropolis.publish import seal
from metropolis.publish.places import Places

_POOLED = "assets"
_STAYS = 90 * 86_400  # seconds
_NAME = "the pool of hashed files"


def fill_pool(places: Places, release: Path, sealed: seal.Seal) -> None:
    """Gives the hashed files of a release their second name; replaces damaged ones."""
    marks = seal.read_seal(places.pool_seal)
    new = {path: mark for path, mark in sealed.items() if path.rpartition("/")[0] == _POOLED}
    for path, mark in new.items():
        target = places.pool / path
        is_same = target.exists() and target.samefile(release / path)
        if not is_same and not seal.has(target, mark.sha256):
            for folder in (places.pool, target.parent):
                folder.mkdir(exist_ok=True)
                folder.chmod(seal.READABLE_FOLDER)  # whatever this account's umask is
            link = Path(tempfile.mktemp(prefix=".new-", dir=target.parent))
            os.link(release / path, link)
            link.replace(target)
    known = seal.make_seal(places.pool) if marks is None else {**marks, **new}
    if known != marks:
        seal.write_seal(places.pool_seal, known)


def repair_pool(places: Places, releases: Iterable[str]) -> list[Problem]:
    """Repairs the pool from `releases`, which are whole; removes old and strange files."""
    for commit in releases:
        fill_pool(places, places.release(commit), seal.read_seal(places.seal(commit)) or {})
    file = places.pool_seal
    marks = seal.read_seal(file)
    if marks is None:
        return []
    found = seal.damages(places.pool, marks, seal.is_due(file))
    for path in found:
        if (places.pool / path).is_dir():
            (places.pool / path).chmod(seal.READABLE_FOLDER)
        else:
            (places.pool / path).unlink(missing_ok=True)
    gone = {*found, *_remove_expired(places)}
    if gone or seal.is_due(file):
        seal.write_seal(file, {path: mark for path, mark in marks.items() if path not in gone})
    return [Problem(_NAME, 0, 0, what) for what in found.values()]


def pool_problems(places: Places) -> list[Problem]:
    """A problem for each file that is not what its release had; every file is read."""
    marks = seal.read_seal(places.pool_seal)
    found = {} if marks is None else seal.damages(places.pool, marks, is_thorough=True)
    return [Problem(_NAME, 0, 0, what) for what in found.values()]


def _remove_expired(places: Places) -> set[str]:
    """Removes the files that no release has had for the whole time; returns their paths."""
    # The system changes this time (ctime) when a file loses its other name.
    latest = time.time() - _STAYS
    found = entries(places.pool)
    gone = {path for path, state in found if state.st_nlink == 1 and state.st_ctime < latest}
    for path in gone:
        (places.pool / path).unlink(missing_ok=True)
    return gone
