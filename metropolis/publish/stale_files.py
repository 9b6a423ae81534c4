"""What killed processes left behind: builds, links, git's quarantine and git's locks."""

from __future__ import annotations

import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from metropolis.folders import empty_folder
from metropolis.publish.places import Places
from metropolis.publish.processes import running_processes
from metropolis.publish.staging import recover_cache

_OLD_QUARANTINE = 3600  # seconds: no push takes longer
# git holds a lock while it writes one file. If processes cannot be listed, this age decides.
_OLD_LOCK = 600  # seconds


def remove_leftovers(places: Places) -> None:
    """Removes everything that killed processes left; the caller holds the lock."""
    recover_cache(places)
    empty_folder(places.work)
    for link in places.root.glob(".current-*"):
        link.unlink(missing_ok=True)
    for folder in (places.repository / "objects").glob("tmp_objdir-incoming-*"):
        if time.time() - folder.stat().st_mtime > _OLD_QUARANTINE:
            shutil.rmtree(folder, ignore_errors=True)
    remove_stale_locks(places.repository)


def remove_stale_locks(repository: Path) -> list[Path]:
    """Removes the locks that no process can be holding; returns them. git never does: nobody could
    push to that ref again. While a process works inside the repository, a lock may be its own."""
    removed: list[Path] = []
    is_in_use = _is_in_use(repository)
    for lock in repository.rglob("*.lock"):
        with suppress(OSError):
            if not is_in_use or time.time() - lock.stat().st_mtime > _OLD_LOCK:
                lock.unlink()
                removed.append(lock)
    return removed


def _is_in_use(repository: Path) -> bool:
    """Whether another process works in the repository; True if processes cannot be listed."""
    inside = repository.resolve()
    try:
        processes = running_processes()
    except OSError:
        return True
    for process in processes:
        with suppress(OSError):  # it has ended, or belongs to somebody else
            place = Path(f"/proc/{process}/cwd").readlink()
            if process != os.getpid() and place.is_relative_to(inside):
                return True
    return not processes
