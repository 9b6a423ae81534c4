"""The verdict on a push, while git still holds it in quarantine: what is published is built whole
before the ref moves.

pre-receive and not post-receive, so that colleagues never pull a broken state, and that whoever
pushes reads the answer in the window where the push was typed. The form comes first: only what is
in order takes the lock, and for a stated time at most."""

from __future__ import annotations

import time
from collections.abc import Iterable

from metropolis.publish.build_times import expected_time, note_time
from metropolis.publish.lock import LockedTooLongError, Work, locked
from metropolis.publish.pending import announce, wait_for_pending
from metropolis.publish.places import Places, Settings
from metropolis.publish.portable_names import shown
from metropolis.publish.reconciliation import converge, is_right
from metropolis.publish.refs import NOBODY, TAG, Update, tip
from metropolis.publish.refusal import RefusedError, Say
from metropolis.publish.screening import Candidate, check_content, judge_form
from metropolis.publish.staging import make_release


def receive(
    places: Places, settings: Settings, updates: Iterable[Update], who: str, say: Say
) -> None:
    """Builds what the push publishes; raises RefusedError, with the reason in plain words, if it
    may not be."""
    candidates = judge_form(places, settings, updates, who)
    try:
        for candidate in candidates:
            if not places.release(candidate.commit).is_dir():
                check_content(places, settings, candidate, say)
        for candidate in candidates:
            _publish(places, settings, candidate, who, say)
    except LockedTooLongError as under_way:
        raise RefusedError(
            f"Others were first, and you waited {settings.longest_wait} s. {under_way} Push again"
            " in a few minutes."
        ) from None


def _publish(places: Places, settings: Settings, candidate: Candidate, who: str, say: Say) -> None:
    update, commit = candidate.update, candidate.commit
    what = f"The push of {shown(who)} to {shown(update.ref.split('/', 2)[2])} ({commit[:10]})"
    with locked(
        places.lock,
        say,
        settings.longest_wait,
        Work(what, expected_time(places), settings.longest_build),
    ):
        if (before := wait_for_pending(places)) and not is_right(places, settings):
            # Its own hook has to wait for the lock now, and its readers should not.
            converge(places, settings, before, say, "published")
        if tip(places, update.ref) != (
            update.old if update.old != NOBODY else ""
        ) and not update.ref.startswith(TAG):
            raise RefusedError("A colleague published first. Type: git pull, then: git push.")
        if not places.release(commit).is_dir():
            started = time.monotonic()
            make_release(places, settings, commit, say)
            note_time(places, time.monotonic() - started)
        announce(places, update.ref, commit, who)
