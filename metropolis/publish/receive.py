"""The verdict on a push, while git still holds it in quarantine: what is published is built whole before the ref moves.

pre-receive and not post-receive, so that colleagues never pull a broken state, and that whoever pushes reads the answer
in the window where the push was typed.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from metropolis.git import GitError
from metropolis.publish.lock import LockedTooLongError, locked
from metropolis.publish.places import Places, Settings
from metropolis.publish.pushed_tree import check_tree, list_tree, run_git
from metropolis.publish.staging import PREVIEW, TAG, RefusedError, Say, make_release
from metropolis.publish.trust import changed_paths, check_trust
from metropolis.report import listing

NOBODY = "0" * 40

NOT_PUBLISHED = "Not published. The site on line has not changed and your work is safe in your own copy."
TRY_AGAIN = "Mend this, commit, and push again."


@dataclass(frozen=True)
class Update:
    """One ref that a push moves: from `old` to `new`, which are commits or NOBODY."""

    old: str
    new: str
    ref: str


def read_updates(text: str) -> list[Update]:
    """What git tells a hook on its standard input."""
    return [Update(*line.split(" ", 2)) for line in text.splitlines() if line.count(" ") >= 2]


def receive(places: Places, settings: Settings, updates: Iterable[Update], who: str, say: Say) -> None:
    """Builds what the push publishes; raises RefusedError, with the reason in plain words, if it may not be."""
    main = f"refs/heads/{settings.branch}"
    for update in updates:
        _refuse_loss(places, update, main)
        if update.new == NOBODY or not (update.ref == main or update.ref.startswith((PREVIEW, TAG))):
            continue
        commit = run_git(places.repository, "rev-parse", f"{update.new}^{{commit}}").decode().strip()
        entries = list_tree(places.repository, commit)
        problems = check_tree(entries, settings.largest_file)
        base = _trusted_base(places, update, commit, main)
        problems += check_trust(changed_paths(places.repository, base, entries), who, settings.maintainers)
        if problems:
            raise RefusedError(listing(problems))
        _publish(places, settings, update, commit, say)


def _trusted_base(places: Places, update: Update, commit: str, main: str) -> str:
    """The commit with which a push is compared: what was published; for previews and editions, where they left it."""
    published = update.old if update.ref == main and update.old != NOBODY else tip(places, main)
    if not published:
        return ""
    try:
        return run_git(places.repository, "merge-base", published, commit).decode().split()[0]
    except GitError:
        return published


def tip(places: Places, ref: str) -> str:
    """The commit that a ref leads to; empty where there is none."""
    try:
        return run_git(places.repository, "rev-parse", "--verify", "--quiet", f"{ref}^{{commit}}").decode().strip()
    except GitError:
        return ""


def _refuse_loss(places: Places, update: Update, main: str) -> None:
    """The published branch only grows, and an edition is for ever."""
    if update.ref.startswith(TAG) and update.old != NOBODY:
        raise RefusedError("A tag is an edition, and is kept for ever. Give the new one another name.")
    if update.ref != main or update.old == NOBODY:
        return
    if update.new == NOBODY:
        raise RefusedError("This would take the published branch away. To go back: metropolis publish rollback.")
    try:
        run_git(places.repository, "merge-base", "--is-ancestor", update.old, update.new)
    except GitError:
        raise RefusedError(
            "This would take published work away (a forced push). Type: git pull, then: git push, without --force."
        ) from None


def _publish(places: Places, settings: Settings, update: Update, commit: str, say: Say) -> None:
    try:
        with locked(places.lock, say):
            wait_for_pending(places, update.ref)
            now = tip(places, update.ref)
            if now != (update.old if update.old != NOBODY else "") and not update.ref.startswith(TAG):
                raise RefusedError("A colleague published first. Type: git pull, then: git push.")
            if not places.release(commit).is_dir():
                make_release(places, settings, commit, say)
            _announce(places, update.ref, commit)
    except LockedTooLongError:
        raise RefusedError("Another publication did not end. Push again in a few minutes.") from None


def _announce(places: Places, ref: str, commit: str) -> None:
    """The ref moves after this process has ended: who waits for the lock meanwhile must know that it will."""
    pending = {"ref": ref, "commit": commit, "process": os.getppid()}
    places.pending.write_text(json.dumps(pending), "utf-8")


def wait_for_pending(places: Places, ref: str, longest: float = 30) -> None:
    """Lets the push that was judged before this one move its ref, or end."""
    try:
        pending = json.loads(places.pending.read_text("utf-8"))
        until = time.monotonic() + longest
        while (
            pending["ref"] == ref
            and pending["process"] != os.getppid()
            and tip(places, ref) != pending["commit"]
            and Path(f"/proc/{pending['process']}").exists()
            and time.monotonic() < until
        ):
            time.sleep(0.05)
    except (OSError, ValueError, KeyError, TypeError):
        return
