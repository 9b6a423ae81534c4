"""One publication at a time: a lock that the system gives back whatever happens to its holder.

flock, never a file that says "locked": a process that is killed leaves no lock behind. Who waits is
let in in the order of coming, and is told what is under way, since when, and about how long it
takes; what is told decides nothing."""

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
from typing import IO

from metropolis.text_file import write_file

_LOOK = 0.2  # seconds between two looks at the lock
_TELL = 10  # seconds between two words to whoever waits


class LockedTooLongError(Exception):
    """Somebody else's publication did not end in time; the message says what was under way."""


@dataclass(frozen=True)
class Work:
    """What a lock is held for, in words for those who wait; how many seconds it takes, and at most
    (0: not known)."""

    what: str = "Another publication"
    expected: float = 0
    longest: float = 0


@contextmanager
def locked(
    file: Path, say: Callable[[str], None], longest: float = 300, work: Work | None = None
) -> Iterator[None]:
    """Holds the lock; while another holds it, waits at most `longest` seconds and says for what."""
    # Python closes the file in child processes: a daemon that a build left behind could not keep
    # the lock.
    with file.open("a") as handle:
        with _place_in_line(file.with_suffix(".line")) as count_before:
            started = time.monotonic()
            told = started - _TELL
            while (before := count_before()) or not try_lock(handle):
                now = time.monotonic()
                if now - told >= _TELL:
                    say(f"Waiting. {_under_way(file, before)}")
                    told = now
                if now - started > longest:
                    raise LockedTooLongError(_under_way(file, before))
                time.sleep(_LOOK)
        holder = file.with_suffix(".json")
        _write_holder(holder, work or Work())
        try:
            yield
        finally:
            with suppress(OSError):
                holder.unlink(missing_ok=True)


def try_lock(handle: IO[str]) -> bool:
    """Whether the lock on an open file was free; it is held from now on."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _place_in_line(folder: Path) -> Iterator[Callable[[], int]]:
    """How many live processes came before this one. Where no place can be kept (a full disk),
    nobody is before."""
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
        yield lambda: sum(_is_alive(other) for other in _before(folder, place))
    finally:
        place.unlink(missing_ok=True)
        os.close(handle)


def _before(folder: Path, place: Path) -> list[Path]:
    try:
        return [
            other for other in folder.iterdir() if other.name[0] != "." and other.name < place.name
        ]
    except OSError:
        return []


def _is_alive(place: Path) -> bool:
    """Whether somebody holds this place; one that was left by a killed process is cleared away."""
    try:
        with place.open("a") as handle:
            if not try_lock(handle):
                return True
            place.unlink(missing_ok=True)
    except OSError:
        return False
    return False


def _write_holder(file: Path, work: Work) -> None:
    record = {
        "what": work.what,
        "since": time.time(),
        "expected": work.expected,
        "longest": work.longest,
    }
    with suppress(OSError):  # only words for others hang on it
        write_file(file, json.dumps(record))


def _under_way(file: Path, before: int) -> str:
    """`ana's push of main (3f2a9c10ab) has been under way for 12 s. It takes about 35 s, and 180 s
    at most.`"""
    others = "" if before < 1 else f" {before} more {'is' if before == 1 else 'are'} before you."
    try:
        record = json.loads(file.with_suffix(".json").read_text("utf-8"))
        words = (
            f"{record['what']} has been under way for"
            f" {max(0, time.time() - record['since']):.0f} s."
        )
        expected, longest = float(record["expected"]), float(record["longest"])
    except (OSError, ValueError, KeyError, TypeError):
        return f"Another publication is under way.{others}"
    if expected and longest:
        words += f" It takes about {expected:.0f} s, and {longest:.0f} s at most."
    elif longest:
        words += f" It takes {longest:.0f} s at most."
    return words + others
