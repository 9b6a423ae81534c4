"""One publication at a time: a lock that the system gives back whatever happens to its holder.

flock, never a file that says "locked": a process that is killed leaves no lock behind.
"""

from __future__ import annotations

import fcntl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_LOOK = 0.2  # seconds


class LockedTooLongError(Exception):
    """Somebody else's publication did not end in time."""


@contextmanager
def locked(file: Path, say: Callable[[str], None], longest: float = 1200) -> Iterator[None]:
    """Holds the lock; while another holds it, waits and says so."""
    # Python closes the file in child processes: a daemon that a build left behind could not keep the lock.
    with file.open("a") as handle:
        started = time.monotonic()
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() - started > longest:
                    raise LockedTooLongError from None
                if time.monotonic() - started < _LOOK:
                    say("Another publication is under way; waiting for it to end…")
                time.sleep(_LOOK)
        yield
