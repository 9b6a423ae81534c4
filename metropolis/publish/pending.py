"""A push that was judged and whose ref has not moved yet: git moves it after the hook has ended,
without the lock."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

from metropolis.publish.places import Places
from metropolis.publish.refs import tip


def announce(places: Places, ref: str, commit: str, who: str) -> None:
    """The ref moves after this process has ended: who waits for the lock meanwhile must know that
    it will."""
    pending = {"ref": ref, "commit": commit, "process": os.getppid(), "who": who}
    places.pending.write_text(json.dumps(pending), "utf-8")


def wait_for_pending(places: Places, longest: float = 30) -> str:
    """Lets the push that was judged before this one move its ref, or end; who pushed, where it did
    move it."""
    try:
        pending = json.loads(places.pending.read_text("utf-8"))
        if pending["process"] == os.getppid():
            return ""
        until = time.monotonic() + longest
        while not (has_moved := tip(places, pending["ref"]) == pending["commit"]):
            # Whatever its ref: else a build would begin, and that push would not be live before its
            # end.
            if not Path(f"/proc/{pending['process']}").exists() or time.monotonic() > until:
                break
            time.sleep(0.05)
        return str(pending["who"]) if has_moved else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
