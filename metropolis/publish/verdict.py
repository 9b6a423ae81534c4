"""The verdict on a push: its release is built before the ref moves, in pre-receive, so that nobody
pulls a broken state. First comes the screening, without the lock: what git's objects show, then
what `metropolis check` reports in the sandbox. Only then is the lock taken, for a limited time."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median

from metropolis.folders import empty_folder
from metropolis.git import GitError, run_git_bare
from metropolis.portable_names import shown
from metropolis.problem import Problem, RefusedError, Say
from metropolis.publish import pushed_tree
from metropolis.publish.lock import LockedTooLongError, Work, locked, try_lock, wait_for
from metropolis.publish.places import Places
from metropolis.publish.pushed_objects import Objects, check_extent, find_commit, open_objects
from metropolis.publish.reconciliation import Reconciliation, is_right
from metropolis.publish.refs import HEADS, NOBODY, TAG, Update, check_updates, list_refs, tip
from metropolis.publish.settings import Settings
from metropolis.publish.staging import make_release, run_in_sandbox
from metropolis.report import listing
from metropolis.text_file import write_file

_MOST_SHOWN = 50  # problems: nobody reads more
_MOST_NAMED = 5  # files in a sentence
_TIMES_KEPT = 5
_LONGEST_MOVE = 30  # seconds that git may take to move a ref after its hook has ended


@dataclass(frozen=True)
class Candidate:
    """What a push wants to publish: the commit to which a ref moves, and the paths that change."""

    update: Update
    commit: str
    changed: list[str]


class Verdict:
    """The verdict on one push of `who`."""

    def __init__(self, places: Places, settings: Settings, who: str, say: Say) -> None:
        self.places, self.settings, self.who, self.say = places, settings, who, say

    def receive(self, updates: list[Update]) -> None:
        """Builds what the push publishes. Raises RefusedError with the reason if it is rejected."""
        candidates = self._screen(updates)
        try:
            for candidate in candidates:
                if not self.places.release(candidate.commit).is_dir():
                    self._check_content(candidate)
            for candidate in candidates:
                self._build(candidate)
        except LockedTooLongError as in_progress:
            waited = f"Others were first, and you waited {self.settings.longest_wait} s."
            raise RefusedError(f"{waited} {in_progress} Push again in a few minutes.") from None

    def _screen(self, updates: list[Update]) -> list[Candidate]:
        """What the push wants to publish. Raises RefusedError with all problems."""
        settings, repository = self.settings, self.places.repository
        _refuse(check_updates(updates, list_refs(self.places), settings, self.who))
        moved = [one for one in updates if not one.is_removal]
        with open_objects(repository) as objects:
            commits = {one: _commit(objects, one) for one in moved}
            _refuse(check_extent(repository, objects, commits.values(), settings))
            bases = {one: self._base(one, commit) for one, commit in commits.items()}
            # The base of the comparison is measured too: it may be older than the limits.
            known = [] if self.who in settings.maintainers else filter(None, bases.values())
            _refuse(check_extent(repository, objects, known, settings))
            return [self._candidate(objects, one, commits[one], bases[one]) for one in moved]

    def _base(self, update: Update, commit: str) -> str:
        """The commit to compare with: what is published, or where a branch or tag branched off."""
        places, main = self.places, HEADS + self.settings.branch
        is_published = update.ref == main and update.old != NOBODY
        published = update.old if is_published else tip(places, main)
        if not published:
            return ""
        try:
            answer = run_git_bare(places.repository, "merge-base", published, commit)
            base = answer.decode().split()[0]
        except GitError:
            base = ""
        if is_published and base != published:  # the published branch only grows
            what = "This would remove published work (a forced push)."
            raise RefusedError(f"{what} Type: git pull, then: git push, without --force.")
        return base or published

    def _candidate(self, objects: Objects, update: Update, commit: str, base: str) -> Candidate:
        settings, repository = self.settings, self.places.repository
        entries = pushed_tree.list_tree(repository, commit)
        changed = [entry.path for entry in entries]
        if base:
            changed = pushed_tree.changed_paths(repository, base, commit, 2 * settings.most_files)
        new = set(changed)
        pictures = (entry for entry in entries if entry.path in new)
        problems = pushed_tree.check_tree(entries, settings)
        problems += pushed_tree.check_pictures(objects, pictures, settings)
        _refuse([*problems, *pushed_tree.check_trust(changed, self.who, settings.maintainers)])
        return Candidate(update, commit, changed)

    def _check_content(self, candidate: Candidate) -> None:
        """Runs the installed `metropolis check`. Raises RefusedError with the problems."""
        with self._check_folder() as project:
            self.say(f"Checking data and pages of {candidate.commit[:10]}")
            limited = replace(self.settings, longest_build=self.settings.longest_check)
            rest = len(candidate.changed) - _MOST_NAMED
            names = ", ".join(map(shown, candidate.changed[:_MOST_NAMED])) or "nothing"
            changes = f"What you changed: {names}{f' and {rest:,} more' if rest > 0 else ''}."
            commit, say = candidate.commit, self.say
            run_in_sandbox(self.places, limited, commit, project, say, changes)

    @contextmanager
    def _check_folder(self) -> Iterator[Path]:
        """A folder for a check, one of a few: more would slow builds down. Only its cache stays."""
        settings, checks = self.settings, self.places.checks
        checks.mkdir(exist_ok=True)
        with ExitStack() as stack:
            folders = [checks / str(number) for number in range(1, settings.most_checks + 1)]
            files = [folder.with_suffix(".lock").open("a") for folder in folders]
            locks = list(zip(folders, map(stack.enter_context, files), strict=True))
            others = f"{settings.most_checks} other pushes are being checked, each for"
            free = wait_for(
                lambda: next((one for one, lock in locks if try_lock(lock)), None),
                lambda: f"{others} {settings.longest_check} s at most.",
                self.say,
                settings.longest_wait,
            )
            assert free
            free.mkdir(exist_ok=True)
            empty_folder(free, kept=".cache")
            try:
                yield free
            finally:
                empty_folder(free, kept=".cache")

    def _build(self, candidate: Candidate) -> None:
        places, settings = self.places, self.settings
        update, commit = candidate.update, candidate.commit
        what = f"The push of {shown(self.who)} to {shown(update.ref.split('/', 2)[2])}"
        work = Work(f"{what} ({commit[:10]})", expected_time(places), settings.longest_build)
        with locked(places.lock, self.say, settings.longest_wait, work):
            if (before := _wait_for_pending(places)) and not is_right(places, settings):
                # The hook of that push must now wait for our lock, but its readers should not.
                Reconciliation(places, settings, self.say).run(before, "published")
            expected = update.old if update.old != NOBODY else ""
            if tip(places, update.ref) != expected and not update.ref.startswith(TAG):
                raise RefusedError("A colleague published first. Type: git pull, then: git push.")
            if not places.release(commit).is_dir():
                started = time.monotonic()
                make_release(places, settings, commit, self.say)
                note_time(places, time.monotonic() - started)
            # git moves the ref after this process has ended, without the lock: the next must know.
            pending = {"ref": update.ref, "commit": commit, "process": os.getppid()}
            places.pending.write_text(json.dumps({**pending, "who": self.who}), "utf-8")


def _refuse(problems: list[Problem]) -> None:
    if problems:
        more = len(problems) - _MOST_SHOWN
        words = listing(sorted(problems)[:_MOST_SHOWN])
        raise RefusedError(f"{words}\n… and {more:,} more." if more > 0 else words)


def _commit(objects: Objects, update: Update) -> str:
    commit, wrong = find_commit(objects, update.new)
    if wrong:
        _refuse([Problem(shown(update.ref), 0, 0, wrong, how="Use a commit: git tag NAME COMMIT.")])
    return commit


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
