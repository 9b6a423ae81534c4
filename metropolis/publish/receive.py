"""The verdict on a push, while git still holds it in quarantine: what is published is built whole before the ref moves.

pre-receive and not post-receive, so that colleagues never pull a broken state, and that whoever pushes reads the answer
in the window where the push was typed.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from metropolis.git import GitError
from metropolis.publish.lock import LockedTooLongError, locked
from metropolis.publish.places import Places, Settings
from metropolis.publish.pushed_tree import check_tree, export, list_tree, run_git
from metropolis.publish.releases import clean, finish_release, folder_size, put_release
from metropolis.publish.sandbox import run_build
from metropolis.publish.trust import changed_paths, check_trust
from metropolis.report import listing

NOBODY = "0" * 40
PREVIEW = "refs/heads/preview/"
TAG = "refs/tags/"
# What the toolkit brings to a build: everything that is code, or decides about it.
_TOOLKIT = ("mkdocs.yml", "macros", "metropolis", "theme")

NOT_PUBLISHED = "Not published. The site on line has not changed and your work is safe in your own copy."
TRY_AGAIN = "Mend this, commit, and push again."

Say = Callable[[str], None]


@dataclass(frozen=True)
class Update:
    """One ref that a push moves: from `old` to `new`, which are commits or NOBODY."""

    old: str
    new: str
    ref: str


class RefusedError(Exception):
    """The push is not accepted; the message is for whoever pushes."""


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


def make_release(places: Places, settings: Settings, commit: str, say: Say) -> None:
    """Builds a commit into its release; raises RefusedError with the problems found. The lock is held."""
    started = time.monotonic()
    places.work.mkdir(exist_ok=True)
    _make_room(places, settings)
    project = Path(tempfile.mkdtemp(prefix="build-", dir=places.work))
    try:
        say(f"Looking at the files of {commit[:10]}")
        assemble(places, settings, commit, project)
        date = run_git(places.repository, "show", "-s", "--format=%ct", commit).decode().split()[-1]
        outcome = run_build(project, settings, commit, date, say)
        if outcome.why or outcome.code:
            raise RefusedError("\n".join(text for text in (outcome.why, outcome.output.strip()) if text))
        say("Compressing, and writing to the disk")
        finish_release(project / "site", places)
        put_release(project / "site", places, commit)
        say(f"Built and whole after {time.monotonic() - started:.0f} s.")
    except OSError as error:
        raise RefusedError(
            f"The server could not write the release ({error.strerror}). Tell who looks after it."
        ) from None
    finally:
        shutil.rmtree(project, ignore_errors=True)


def assemble(places: Places, settings: Settings, commit: str, project: Path) -> None:
    """A project to build: words and facts from the push, all code from the toolkit that is installed."""
    toolkit = Path(settings.toolkit)
    for name in _TOOLKIT:
        (project / name).symlink_to(toolkit / name)
    places.cache.mkdir(exist_ok=True)
    (project / ".cache").symlink_to(places.cache)
    (project / "tmp").mkdir()
    export(places.repository, list_tree(places.repository, commit), project)


def _make_room(places: Places, settings: Settings) -> None:
    """Space is looked for before it is needed: a full disk would keep git itself from taking a mended push."""
    live = places.live()
    needed = settings.least_space + (2 * folder_size(places.release(live)) if live else 0)
    if shutil.disk_usage(places.root).free < needed:
        clean(places, 1, protected_commits(places, settings))
    free = shutil.disk_usage(places.root).free
    if free < needed:
        raise RefusedError(
            f"The server has too little space: {free // 1_000_000} MB are free, {needed // 1_000_000} MB are needed. "
            "Tell who looks after it."
        )


def protected_commits(places: Places, settings: Settings) -> set[str]:
    """The releases that are never removed: the published one, editions, previews."""
    lines = run_git(
        places.repository,
        "for-each-ref",
        "--format=%(objectname) %(*objectname)",
        f"refs/heads/{settings.branch}",
        TAG,
        PREVIEW,
    )
    return set(re.findall(r"[0-9a-f]{40}", lines.decode()))


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
