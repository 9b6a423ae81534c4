"""`metropolis publish hook`: git calls it on a push, before and after a ref moves."""

from __future__ import annotations

import argparse
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from metropolis.cli.commands import say
from metropolis.git import GitError
from metropolis.publish.identity import pusher
from metropolis.publish.lock import LockedTooLongError
from metropolis.publish.places import Places, Settings
from metropolis.publish.portable_names import shown
from metropolis.publish.reconciliation import Converged, is_right, reconcile
from metropolis.publish.refs import (
    HEADS,
    NOBODY,
    PREVIEW,
    TAG,
    Update,
    preview_address,
    read_updates,
)
from metropolis.publish.refusal import NOT_PUBLISHED, TELL, TRY_AGAIN, RefusedError
from metropolis.publish.settings import read_settings
from metropolis.publish.unpacking import unbound
from metropolis.publish.verdict import receive
from metropolis.report import listing
from metropolis.system_error import log_fault, reason

_NO_SETTINGS = "The server is not set up."
_MOST_READ = 1_000_000  # bytes of git's input to a hook


def run_hook(root: Path, options: argparse.Namespace) -> int:  # noqa: ARG001
    """Runs one hook; if anything fails in it, whoever pushed reads one plain line."""
    places = Places(options.at.resolve())
    # UTF-8, whatever the client's locale: git passes the output on.
    with suppress(AttributeError, ValueError):
        sys.stderr.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    run = _pre_receive if options.name == "pre-receive" else _after
    try:
        unbound()
        os.umask(0o022)  # the web server must be able to read the files
        settings, problems = read_settings(places)
        if settings is None:
            why = "\n".join(map(str, problems)) or _NO_SETTINGS
            raise RefusedError(f"{why} {TELL}")
        return run(places, settings, _read_updates(), options.name)
    except RefusedError as refusal:
        say(f"\n{NOT_PUBLISHED}\n\n{refusal}")
    except BrokenPipeError:
        pass  # the client has disconnected
    except Exception as error:
        log_fault(error, places.faults)
        why = _why(error)
        if options.name == "pre-receive":
            say(f"\n{NOT_PUBLISHED}\n\nThe server could not judge the push: {why}. {TELL}")
        else:
            say(
                f"Accepted, and perhaps not live yet: {why}. The server tries again by itself."
                f" {TELL}"
            )
    return 1


def _read_updates() -> list[Update]:
    data = sys.stdin.buffer.read(_MOST_READ + 1) if sys.stdin else b""
    if len(data) > _MOST_READ:
        raise RefusedError("This push moves far too many branches and tags.")
    return read_updates(data)


def _why(error: Exception) -> str:
    if isinstance(error, GitError):
        return f"git did not answer ({' '.join(str(error).split())[:300]})"
    if isinstance(error, LockedTooLongError):
        return f"others are at work ({error})"
    return reason(error)


def _pre_receive(places: Places, settings: Settings, updates: list[Update], name: str) -> int:  # noqa: ARG001
    started = time.monotonic()
    if not updates:
        raise RefusedError(f"git has not told the server what is pushed. {TELL}")
    try:
        receive(places, settings, updates, pusher(places.root), say)
    except RefusedError as refusal:
        raise RefusedError(f"{refusal}\n\n{TRY_AGAIN}") from None
    say(f"Accepted after {time.monotonic() - started:.0f} s.")
    return 0


def _after(places: Places, settings: Settings, updates: list[Update], name: str) -> int:
    """Both hooks after the ref has moved: the site goes live, and whoever pushed is informed."""
    for variable in (
        "GIT_QUARANTINE_PATH",
        "GIT_OBJECT_DIRECTORY",
        "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    ):
        os.environ.pop(variable, None)
    moved = [
        one
        for one in updates
        if one.ref == HEADS + settings.branch or one.ref.startswith((PREVIEW, TAG))
    ]
    if not moved:
        return 0
    is_done = not any(one.new == NOBODY for one in moved) and is_right(places, settings)
    done = Converged(places.live())
    if not is_done:
        done = reconcile(places, settings, pusher(places.root), say, "published")
    if name == "post-receive":
        for one in moved:
            say(_answer(places, one.ref, one.new, done.live))
        if done.problems:
            say(listing(done.problems))
    return 0


def _answer(places: Places, ref: str, new: str, live: str) -> str:
    """The final message to whoever pushed."""
    if ref.startswith(TAG):
        return (
            "The edition is gone."
            if new == NOBODY
            else f"Kept as an edition: {shown(ref.removeprefix(TAG))}."
        )
    if ref.startswith(PREVIEW):
        address = preview_address(ref.removeprefix(PREVIEW))
        return "The preview is gone." if new == NOBODY else f"Preview: /preview/{address}/"
    if live == new:
        return f"Published: {new[:10]} is live."
    if places.pinned():
        return (
            f"Accepted, and not live: the site was taken back to {live[:10]} and stays there until:"
            " publish unpin."
        )
    return (
        f"Accepted; {live[:10]} is still live. It will be put right by: metropolis publish"
        " reconcile."
    )
