"""The form of a push: everything that can be judged without building, and so without the lock that
others wait for.

First what git's objects tell (names, sizes, whose files), then what `metropolis check` tells of
data and pages, in the sandbox. A push that is refused here has kept nobody waiting."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from metropolis.git import GitError, run_git_bare
from metropolis.problem import Problem
from metropolis.publish.lock import LockedTooLongError, try_lock
from metropolis.publish.places import Places, Settings
from metropolis.publish.portable_names import shown
from metropolis.publish.pushed_objects import Objects, check_extent, find_commit, open_objects
from metropolis.publish.pushed_tree import check_pictures, check_tree, list_tree
from metropolis.publish.refs import HEADS, NOBODY, Update, check_updates, list_refs, tip
from metropolis.publish.refusal import RefusedError, Say
from metropolis.publish.sandbox import run_build
from metropolis.publish.staging import assemble_project, readable, refuse_failure
from metropolis.publish.trust import changed_paths, check_trust
from metropolis.report import listing

_MOST_SHOWN = 50  # problems: nobody reads more, and what is the matter is clear by then
_MOST_NAMED = 5  # files in a sentence
_LOOK, _TELL = 0.2, 2  # seconds


@dataclass(frozen=True)
class Candidate:
    """What a push wants to publish: the commit that a ref is to lead to, and the paths that it
    changes."""

    update: Update
    commit: str
    changed: list[str]


def judge_form(
    places: Places, settings: Settings, updates: Iterable[Update], who: str
) -> list[Candidate]:
    """What the push wants to publish; raises RefusedError with everything that speaks against
    it."""
    updates = list(updates)
    is_maintainer = who in settings.maintainers
    refuse(check_updates(updates, list_refs(places), settings.branch, is_maintainer, settings))
    moved = [one for one in updates if one.new != NOBODY]
    with open_objects(places.repository) as objects:
        commits = [_commit(objects, one) for one in moved]
        refuse(check_extent(places.repository, objects, commits, settings))
        bases = [
            _base(places, settings, one, commit) for one, commit in zip(moved, commits, strict=True)
        ]
        for one in moved:
            _refuse_loss(places, one, HEADS + settings.branch)
        # What the push is compared with is measured too: it may be older than the limits.
        known = [] if is_maintainer else [base for base in bases if base]
        refuse(check_extent(places.repository, objects, known, settings))
        found = []
        for update, commit, base in zip(moved, commits, bases, strict=True):
            changed, problems = _judge_tree(places, settings, objects, commit, base)
            refuse([*problems, *check_trust(changed, who, settings.maintainers)])
            found.append(Candidate(update, commit, changed))
    return found


def _judge_tree(
    places: Places, settings: Settings, objects: Objects, commit: str, base: str
) -> tuple[list[str], list[Problem]]:
    entries = list_tree(places.repository, commit)
    changed = [entry.path for entry in entries]
    if base:
        changed = changed_paths(places.repository, base, commit, 2 * settings.most_files)
    new = set(changed)
    problems = check_tree(entries, settings)
    problems += check_pictures(objects, (entry for entry in entries if entry.path in new), settings)
    return changed, problems


def refuse(problems: list[Problem]) -> None:
    """Raises RefusedError where there is a problem."""
    if problems:
        more = len(problems) - _MOST_SHOWN
        words = listing(sorted(problems)[:_MOST_SHOWN])
        raise RefusedError(f"{words}\n… and {more:,} more." if more > 0 else words)


def _commit(objects: Objects, update: Update) -> str:
    commit, wrong = find_commit(objects, update.new)
    if wrong:
        refuse([Problem(shown(update.ref), 0, 0, wrong, how="Take a commit: git tag NAME COMMIT.")])
    return commit


def _refuse_loss(places: Places, update: Update, main: str) -> None:
    """The published branch only grows."""
    if update.ref != main or update.old == NOBODY:
        return
    try:
        run_git_bare(places.repository, "merge-base", "--is-ancestor", update.old, update.new)
    except GitError:
        raise RefusedError(
            "This would take published work away (a forced push). Type: git pull, then: git push,"
            " without --force."
        ) from None


def _base(places: Places, settings: Settings, update: Update, commit: str) -> str:
    """The commit with which a push is compared: what was published; for previews and editions,
    where they left it."""
    main = HEADS + settings.branch
    published = update.old if update.ref == main and update.old != NOBODY else tip(places, main)
    if not published:
        return ""
    try:
        return run_git_bare(places.repository, "merge-base", published, commit).decode().split()[0]
    except GitError:
        return published


def check_content(places: Places, settings: Settings, candidate: Candidate, say: Say) -> None:
    """Lets the installed `metropolis check` judge data and pages; raises RefusedError with the
    problems found."""
    commit = candidate.commit
    with _room(places, settings, say) as project:
        say(f"Checking data and pages of {commit[:10]}")
        assemble_project(places, settings, commit, project)
        date = (
            run_git_bare(places.repository, "show", "-s", "--format=%ct", commit)
            .decode()
            .split()[-1]
        )
        limited = replace(settings, longest_build=settings.longest_check)
        outcome = run_build(
            project, limited, commit, date, say, readable(places, settings), "check"
        )
    refuse_failure(places, outcome, f"What you changed: {_named(candidate.changed)}.")


def _named(paths: list[str]) -> str:
    rest = len(paths) - _MOST_NAMED
    names = ", ".join(shown(path) for path in paths[:_MOST_NAMED]) or "nothing"
    return f"{names} and {rest:,} more" if rest > 0 else names


@contextmanager
def _room(places: Places, settings: Settings, say: Say) -> Iterator[Path]:
    """A folder of its own for a check, one of a few: more at once would slow down the one that
    builds.

    What the check keeps for the next one stays there; all else is cleared away, also what a killed
    one has left."""
    places.checks.mkdir(exist_ok=True)
    with ExitStack() as stack:
        rooms = [places.checks / str(number) for number in range(1, settings.most_checks + 1)]
        handles = [
            (room, stack.enter_context(room.with_suffix(".lock").open("a"))) for room in rooms
        ]
        started = told = time.monotonic()
        words = (
            f"{settings.most_checks} other pushes are being checked, each for"
            f" {settings.longest_check} s at most."
        )
        while (room := next((one for one, handle in handles if try_lock(handle)), None)) is None:
            now = time.monotonic()
            if now - started > settings.longest_wait:
                raise LockedTooLongError(words)
            if now - told > _TELL:
                say(f"Waiting. {words}")
                told = now
            time.sleep(_LOOK)
        room.mkdir(exist_ok=True)
        _clear(room)
        try:
            yield room
        finally:
            _clear(room)


def _clear(room: Path) -> None:
    for entry in room.iterdir():
        if entry.name == ".cache" and entry.is_dir() and not entry.is_symlink():
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
