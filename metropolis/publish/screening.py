"""Screening of a push: all that can be judged without a build, and so without the lock. First what
git's objects show, then what `metropolis check` reports in the sandbox."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from metropolis.folders import empty_folder
from metropolis.git import GitError, run_git_bare
from metropolis.portable_names import shown
from metropolis.problem import Problem, RefusedError, Say
from metropolis.publish.lock import try_lock, wait_for
from metropolis.publish.places import Places
from metropolis.publish.pushed_objects import Objects, check_extent, find_commit, open_objects
from metropolis.publish.pushed_tree import (
    changed_paths,
    check_pictures,
    check_tree,
    check_trust,
    list_tree,
)
from metropolis.publish.refs import HEADS, NOBODY, Update, check_updates, list_refs, tip
from metropolis.publish.settings import Settings
from metropolis.publish.staging import run_in_sandbox
from metropolis.report import listing

_MOST_SHOWN = 50  # problems: nobody reads more
_MOST_NAMED = 5  # files in a sentence


@dataclass(frozen=True)
class Candidate:
    """What a push wants to publish: the commit to which a ref moves, and the paths that change."""

    update: Update
    commit: str
    changed: list[str]


def screen(
    places: Places, settings: Settings, updates: Iterable[Update], who: str
) -> list[Candidate]:
    """What the push wants to publish. Raises RefusedError with all problems."""
    updates = list(updates)
    is_maintainer = who in settings.maintainers
    _refuse(check_updates(updates, list_refs(places), settings.branch, is_maintainer, settings))
    moved = [one for one in updates if not one.is_removal]
    with open_objects(places.repository) as objects:
        commits = {one: _commit(objects, one) for one in moved}
        _refuse(check_extent(places.repository, objects, commits.values(), settings))
        bases = {one: _base(places, settings, one, commit) for one, commit in commits.items()}
        # The base of the comparison is measured too: it may be older than the limits.
        known = [] if is_maintainer else filter(None, bases.values())
        _refuse(check_extent(places.repository, objects, known, settings))
        found = []
        for update, commit in commits.items():
            entries = list_tree(places.repository, commit)
            changed = [entry.path for entry in entries]
            if base := bases[update]:
                changed = changed_paths(places.repository, base, commit, 2 * settings.most_files)
            new = set(changed)
            pictures = (entry for entry in entries if entry.path in new)
            problems = check_tree(entries, settings)
            problems += check_pictures(objects, pictures, settings)
            _refuse([*problems, *check_trust(changed, who, settings.maintainers)])
            found.append(Candidate(update, commit, changed))
    return found


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


def _base(places: Places, settings: Settings, update: Update, commit: str) -> str:
    """The commit to compare with: what is published, or where a preview or edition branched off."""
    main = HEADS + settings.branch
    is_published = update.ref == main and update.old != NOBODY
    published = update.old if is_published else tip(places, main)
    if not published:
        return ""
    try:
        base = run_git_bare(places.repository, "merge-base", published, commit).decode().split()[0]
    except GitError:
        base = ""
    if is_published and base != published:  # the published branch only grows
        what = "This would remove published work (a forced push)."
        raise RefusedError(f"{what} Type: git pull, then: git push, without --force.")
    return base or published


def check_content(places: Places, settings: Settings, candidate: Candidate, say: Say) -> None:
    """Runs the installed `metropolis check` on a push. Raises RefusedError with the problems."""
    with _check_folder(places, settings, say) as project:
        say(f"Checking data and pages of {candidate.commit[:10]}")
        limited = replace(settings, longest_build=settings.longest_check)
        context = f"What you changed: {_named(candidate.changed)}."
        run_in_sandbox(places, limited, candidate.commit, project, say, "check", context)


def _named(paths: list[str]) -> str:
    rest = len(paths) - _MOST_NAMED
    names = ", ".join(shown(path) for path in paths[:_MOST_NAMED]) or "nothing"
    return f"{names} and {rest:,} more" if rest > 0 else names


@contextmanager
def _check_folder(places: Places, settings: Settings, say: Say) -> Iterator[Path]:
    """A folder for a check, one of a few: more would slow builds down. Only its cache stays."""
    places.checks.mkdir(exist_ok=True)
    with ExitStack() as stack:
        folders = [places.checks / str(number) for number in range(1, settings.most_checks + 1)]
        files = [folder.with_suffix(".lock").open("a") for folder in folders]
        locks = list(zip(folders, map(stack.enter_context, files), strict=True))
        others = f"{settings.most_checks} other pushes are being checked, each for"
        free = wait_for(
            lambda: next((one for one, lock in locks if try_lock(lock)), None),
            lambda: f"{others} {settings.longest_check} s at most.",
            say,
            settings.longest_wait,
        )
        assert free
        free.mkdir(exist_ok=True)
        empty_folder(free, kept=".cache")
        try:
            yield free
        finally:
            empty_folder(free, kept=".cache")
