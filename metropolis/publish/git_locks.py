"""Locks that a killed git left in the repository. Git never takes them back: nobody could push to
that ref again."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

# Git holds a lock for as long as it writes one file; where processes cannot be looked at, this age
# decides.
_OLD = 600  # seconds


def remove_stale_locks(repository: Path) -> list[Path]:
    """Removes the locks that no process can be holding; returns them.

    Git works inside the repository: while any process does, a lock may be its own.
    """
    removed: list[Path] = []
    is_in_use = _is_in_use(repository)
    for lock in repository.rglob("*.lock"):
        with suppress(OSError):
            if not is_in_use or time.time() - lock.stat().st_mtime > _OLD:
                lock.unlink()
                removed.append(lock)
    return removed


def _is_in_use(repository: Path) -> bool:
    """Whether a process other than this one works in the repository; True where nobody can tell."""
    inside = repository.resolve()
    try:
        processes = [entry for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    except OSError:
        return True
    for process in processes:
        with suppress(OSError):  # ended since, or somebody else's
            place = (process / "cwd").readlink()
            if int(process.name) != os.getpid() and place.is_relative_to(inside):
                return True
    return not processes
