"""One publication at a time: flock, which the system releases whatever happens to its holder.
Processes get the lock in the order in which they asked, and are informed what is in progress."""

from __future__ import annotations

import fcntl
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TypeVar

from metropolis.problem import Say
from metropolis.text_file import write_file

_POLL_TIME = 0.2  # seconds between two attempts
_REPORT_TIME = 10  # seconds between two messages to those who wait
Found = TypeVar("Found")


class LockedTooLongError(Exception):
    """Another publication did not end in time; the message says what was in progress."""


@dataclass(frozen=True)
class Work:
    """What a lock is held for, as a subject; the seconds expected, and at most (0: unknown)."""

    what: str = "Another publication"
    expected: float = 0
    longest: float = 0

    @property
    def times(self) -> str:
        """`It takes about 35 s, and 180 s at most.`"""
        about = f"about {self.expected:.0f} s, and " if self.expected else ""
        return f" It takes {about}{self.longest:.0f} s at most." if self.longest else ""


@contextmanager
def locked(file: Path, say: Say, longest: float = 300, work: Work | None = None) -> Iterator[None]:
    """Holds the lock. Waits at most `longest` seconds for it, and says what for."""
    # Python closes the file in child processes: a daemon that a build left behind cannot keep it.
    with file.open("a") as handle:
        with _place_in_line(file.with_suffix(".line")) as count_before:
            wait_for(
                lambda: count_before() == 0 and try_lock(handle),
                lambda: _in_progress(file, count_before()),
                say,
                longest,
            )
        holder, work = file.with_suffix(".json"), work or Work()
        with suppress(OSError):
            record = {"what": work.what, "times": work.times, "since": time.time()}
            write_file(holder, json.dumps(record))
        try:
            yield
        finally:
            with suppress(OSError):
                holder.unlink(missing_ok=True)


def wait_for(
    attempt: Callable[[], Found], in_progress: Callable[[], str], say: Say, longest: float
) -> Found:
    """The first true result of `attempt`; LockedTooLongError after `longest` seconds."""
    started = time.monotonic()
    reported = started - _REPORT_TIME
    while not (found := attempt()):
        now = time.monotonic()
        if now - reported >= _REPORT_TIME:
            say(f"Waiting. {in_progress()}")
            reported = now
        if now - started > longest:
            raise LockedTooLongError(in_progress())
        time.sleep(_POLL_TIME)
    return found


def try_lock(handle: IO[str]) -> bool:
    """Locks an open file if nobody else holds it; returns whether it did."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _place_in_line(folder: Path) -> Iterator[Callable[[], int]]:
    """Yields a function that counts the live processes before this one; 0 on a full disk."""
    place = None
    try:
        folder.mkdir(exist_ok=True)
        handle, name = tempfile.mkstemp(dir=folder, prefix=".")
        place = folder / f"{time.time_ns():020d}-{os.getpid()}"
        fcntl.flock(handle, fcntl.LOCK_EX)
        os.rename(name, place)  # noqa: PTH104  whoever sees the name sees it locked
    except OSError:
        yield lambda: 0
        return
    try:
        yield lambda: _count_before(folder, place)
    finally:
        place.unlink(missing_ok=True)
        os.close(handle)


def _count_before(folder: Path, place: Path) -> int:
    """How many processes hold a place before this one; removes the places of killed processes."""
    count = 0
    with suppress(OSError):
        for other in folder.iterdir():
            if other.name[0] != "." and other.name < place.name:
                with suppress(OSError), other.open("a") as handle:
                    if try_lock(handle):
                        other.unlink(missing_ok=True)
                    else:
                        count += 1
    return count


def _in_progress(file: Path, before: int) -> str:
    """`Ana's push has been in progress for 12 s. It takes about 35 s, and 180 s at most.`"""
    others = "" if before < 1 else f" {before} more {'is' if before == 1 else 'are'} before you."
    try:
        record = json.loads(file.with_suffix(".json").read_text("utf-8"))
        seconds = max(0, time.time() - record["since"])
        words = f"{record['what']} has been in progress for {seconds:.0f} s.{record['times']}"
    except (OSError, ValueError, KeyError, TypeError):
        words = "Another publication is in progress."
    return words + others
