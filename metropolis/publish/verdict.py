"""The verdict on a push: its release is built before the ref moves, in pre-receive, so that nobody
pulls a broken state. Only a push that passed the screening takes the lock, for a limited time."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from statistics import median

from metropolis.portable_names import shown
from metropolis.problem import RefusedError, Say
from metropolis.publish.lock import LockedTooLongError, Work, locked
from metropolis.publish.places import Places
from metropolis.publish.reconciliation import Reconciliation, is_right
from metropolis.publish.refs import NOBODY, TAG, Update, tip
from metropolis.publish.screening import Candidate, check_content, screen
from metropolis.publish.settings import Settings
from metropolis.publish.staging import make_release
from metropolis.text_file import write_file

_TIMES_KEPT = 5
_LONGEST_MOVE = 30  # seconds that git may take to move a ref after its hook has ended


def receive(
    places: Places, settings: Settings, updates: Iterable[Update], who: str, say: Say
) -> None:
    """Builds what the push publishes. Raises RefusedError, with the reason, if it is rejected."""
    candidates = screen(places, settings, updates, who)
    try:
        for candidate in candidates:
            if not places.release(candidate.commit).is_dir():
                check_content(places, settings, candidate, say)
        for candidate in candidates:
            _build(places, settings, candidate, who, say)
    except LockedTooLongError as in_progress:
        waited = f"Others were first, and you waited {settings.longest_wait} s."
        raise RefusedError(f"{waited} {in_progress} Push again in a few minutes.") from None


def _build(places: Places, settings: Settings, candidate: Candidate, who: str, say: Say) -> None:
    update, commit = candidate.update, candidate.commit
    what = f"The push of {shown(who)} to {shown(update.ref.split('/', 2)[2])} ({commit[:10]})"
    work = Work(what, expected_time(places), settings.longest_build)
    with locked(places.lock, say, settings.longest_wait, work):
        if (before := _wait_for_pending(places)) and not is_right(places, settings):
            # The hook of that push must now wait for our lock, but its readers should not.
            Reconciliation(places, settings, say).run(before, "published")
        expected = update.old if update.old != NOBODY else ""
        if tip(places, update.ref) != expected and not update.ref.startswith(TAG):
            raise RefusedError("A colleague published first. Type: git pull, then: git push.")
        if not places.release(commit).is_dir():
            started = time.monotonic()
            make_release(places, settings, commit, say)
            note_time(places, time.monotonic() - started)
        # git moves the ref after this process has ended, without the lock: the next must know.
        pending = {"ref": update.ref, "commit": commit, "process": os.getppid(), "who": who}
        places.pending.write_text(json.dumps(pending), "utf-8")


def _wait_for_pending(places: Places) -> str:
    """Waits until the push before has ended. Returns its pusher's name if its ref has moved."""
    try:
        pending = json.loads(places.pending.read_text("utf-8"))
        if pending["process"] == os.getppid():
            return ""
        until = time.monotonic() + _LONGEST_MOVE
        # Any ref: otherwise a build would begin, and that push would go live only after it.
        while not (has_moved := tip(places, pending["ref"]) == pending["commit"]):
            if not Path(f"/proc/{pending['process']}").exists() or time.monotonic() > until:
                break
            time.sleep(0.05)
        return str(pending["who"]) if has_moved else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def expected_time(places: Places) -> float:
    """Seconds that a build is likely to take, for messages only; 0 if unknown."""
    return median(_build_times(places) or [0])


def note_time(places: Places, seconds: float) -> None:
    times = [*_build_times(places), round(seconds, 1)][-_TIMES_KEPT:]
    with suppress(OSError):
        write_file(places.build_times, json.dumps(times) + "\n")


def _build_times(places: Places) -> list[float]:
    try:
        values = json.loads(places.build_times.read_text("utf-8"))
        return [float(value) for value in values if 0 <= float(value) < 86400]
    except (OSError, ValueError, TypeError):
        return []
