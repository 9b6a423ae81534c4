"""`metropolis publish hook`: git calls it on a push, before and after a ref moves."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from metropolis.cli.commands import say
from metropolis.git import QUARANTINE, GitError
from metropolis.portable_names import shown
from metropolis.problem import RefusedError
from metropolis.publish import TELL
from metropolis.publish.account import pusher
from metropolis.publish.lock import LockedTooLongError
from metropolis.publish.places import Places
from metropolis.publish.reconciliation import is_right, reconcile
from metropolis.publish.refs import HEADS, PREVIEW, TAG, Update, preview_address, read_updates
from metropolis.publish.settings import Settings, read_settings
from metropolis.publish.shell import remove_limits
from metropolis.publish.verdict import Verdict
from metropolis.report import listing
from metropolis.system_error import log_fault, reason

_REJECTED = "Not published. The site online has not changed and your work is safe in your own copy."
_MOST_READ = 1_000_000  # bytes of git's input to a hook


def run_hook(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    """Runs one hook; if anything fails in it, the pusher reads one plain line."""
    places = Places(options.at.resolve())
    # UTF-8, whatever the client's locale: git passes the output on.
    with suppress(AttributeError, ValueError):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    is_before = options.name == "pre-receive"
    try:
        remove_limits()
        os.umask(0o022)  # the web server must be able to read the files
        settings, problems = read_settings(places)
        if settings is None:
            why = "\n".join(map(str, problems)) or "The server is not set up."
            raise RefusedError(f"{why} {TELL}")
        data = sys.stdin.buffer.read(_MOST_READ + 1) if sys.stdin else b""
        if len(data) > _MOST_READ:
            raise RefusedError("This push moves far too many branches and tags.")
        updates = read_updates(data)
        if is_before:
            return _pre_receive(places, settings, updates)
        return _after(places, settings, updates, options.name)
    except RefusedError as refusal:
        say(f"\n{_REJECTED}\n\n{refusal}")
    except BrokenPipeError:
        pass  # the client has disconnected
    except Exception as error:
        log_fault(error, places.faults)
        why = _why(error)
        if is_before:
            say(f"\n{_REJECTED}\n\nThe server could not judge the push: {why}. {TELL}")
        else:
            again = "The server tries again by itself."
            say(f"Accepted, and perhaps not live yet: {why}. {again} {TELL}")
    return 1


def _why(error: Exception) -> str:
    if isinstance(error, GitError):
        return f"git did not answer ({' '.join(str(error).split())[:300]})"
    if isinstance(error, LockedTooLongError):
        return f"others are at work ({error})"
    return reason(error)


def _pre_receive(places: Places, settings: Settings, updates: list[Update]) -> int:
    started = time.monotonic()
    if not updates:
        raise RefusedError(f"git did not report to the server what is pushed. {TELL}")
    try:
        Verdict(places, settings, pusher(places.root), say).receive(updates)
    except RefusedError as refusal:
        raise RefusedError(f"{refusal}\n\nFix this, commit, and push again.") from None
    say(f"Accepted after {time.monotonic() - started:.0f} s.")
    return 0


def _after(places: Places, settings: Settings, updates: list[Update], name: str) -> int:
    """Both hooks after the ref has moved: the site goes live, and the pusher is informed."""
    for variable in QUARANTINE:
        os.environ.pop(variable, None)
    main = HEADS + settings.branch
    moved = [one for one in updates if one.ref == main or one.ref.startswith((PREVIEW, TAG))]
    if not moved:
        return 0
    problems = []
    if any(one.is_removal for one in moved) or not is_right(places, settings):
        problems = reconcile(places, settings, pusher(places.root), say, "published")
    if name == "post-receive":
        for one in moved:
            say(_answer(places, one))
        if problems:
            say(listing(problems))
    return 0


def _answer(places: Places, update: Update) -> str:
    ref, live = update.ref, places.live()
    if update.is_removal:
        return f"The {'edition' if ref.startswith(TAG) else 'preview'} is removed."
    if ref.startswith(TAG):
        return f"Kept as an edition: {shown(ref.removeprefix(TAG))}."
    if ref.startswith(PREVIEW):
        return f"Preview: /preview/{preview_address(ref.removeprefix(PREVIEW))}/"
    if live == update.new:
        return f"Published: {live[:10]} is live."
    if places.pinned():
        what = f"Accepted, and not live: the site was rolled back to {live[:10]}"
        return f"{what} and stays there until: metropolis publish unpin."
    how = "To make the push live: metropolis publish reconcile."
    return f"Accepted; {live[:10]} is still live. {how}"
