"""From a commit to its release: assembled in a staging directory, built in the sandbox, and put in
place whole. For the verdict on a push, and for `reconcile`, which rebuilds releases."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from metropolis.git import run_git_bare
from metropolis.problem import RefusedError, Say
from metropolis.publish import TELL
from metropolis.publish.places import Places
from metropolis.publish.pushed_tree import export, list_tree
from metropolis.publish.refs import HEADS, PREVIEW, TAG, list_refs
from metropolis.publish.releases import clean, finish_release, folder_size, put_release
from metropolis.publish.sandbox import run_build
from metropolis.publish.settings import Settings
from metropolis.report import listing
from metropolis.system_error import log_words, reason

# What the toolkit contributes to a build: all code, and all that controls it.
_TOOLKIT = ("mkdocs.yml", "macros", "metropolis", "theme")


def make_release(places: Places, settings: Settings, commit: str, say: Say) -> None:
    """Builds a commit into its release, or raises RefusedError. The caller holds the lock."""
    started = time.monotonic()
    places.work.mkdir(exist_ok=True)
    recover_cache(places)
    _make_room(places, settings)
    project = Path(tempfile.mkdtemp(prefix="build-", dir=places.work))
    try:
        say(f"Looking at the files of {commit[:10]}")
        with _lent(places.cache, project / ".cache"):
            run_in_sandbox(places, settings, commit, project, say)
        say("Compressing, and writing to the disk")
        if problems := finish_release(project / "site", places):
            raise RefusedError(f"The build did not make a whole release.\n{listing(problems)}")
        put_release(project / "site", places, commit)
        say(f"Built and whole after {time.monotonic() - started:.0f} s.")
    except OSError as error:
        what = f"The server could not write the release ({reason(error)})."
        raise RefusedError(f"{what} {TELL}") from None
    finally:
        shutil.rmtree(project, ignore_errors=True)


def run_in_sandbox(
    places: Places, settings: Settings, commit: str, project: Path, say: Say, changes: str = ""
) -> None:
    """Runs `metropolis build` on a commit, in the folder `project`; with the `changes` of a push,
    `metropolis check`. Raises RefusedError if it fails; the changes follow a reason that is not
    among the results. A stack trace goes to the log: a pusher can do nothing with it."""
    _assemble_project(places, settings, commit, project)
    shown = run_git_bare(places.repository, "show", "-s", "--format=%ct", commit)
    date = shown.decode().split()[-1]
    toolkit = (Path(settings.toolkit) / name for name in _TOOLKIT)
    readable = (*toolkit, *_object_folders(places))
    command = "check" if changes else "build"
    outcome = run_build(project, settings, commit, date, say, readable, command)
    if outcome.trace:
        log_words(outcome.trace, places.faults)
    if outcome.why or outcome.code:
        reasons = [outcome.why, outcome.output.strip(), changes if outcome.why else ""]
        words = "\n".join(filter(None, reasons))
        raise RefusedError(words or f"It ended without a message. {TELL}")


def _assemble_project(places: Places, settings: Settings, commit: str, project: Path) -> None:
    """A project to build: words and facts from the push, all code from the installed toolkit, and
    its own .git that reads the server's objects (and, during a push, those in quarantine)."""
    for name in _TOOLKIT:
        (project / name).symlink_to(Path(settings.toolkit) / name)
    (project / "tmp").mkdir()
    export(places.repository, list_tree(places.repository, commit), project)
    own = project / ".git"
    (own / "objects" / "info").mkdir(parents=True)
    (own / "refs").mkdir()
    (own / "HEAD").write_text(f"{commit}\n", "utf-8")
    (own / "config").write_text("[core]\n\trepositoryformatversion = 0\n\tbare = false\n", "utf-8")
    alternates = "".join(f"{folder}\n" for folder in _object_folders(places))
    (own / "objects" / "info" / "alternates").write_text(alternates, "utf-8")


def _object_folders(places: Places) -> list[Path]:
    """Where the objects of the commit are."""
    objects = places.repository / "objects"
    quarantine = os.environ.get("GIT_OBJECT_DIRECTORY")
    return [objects, *([(places.repository / quarantine).resolve()] if quarantine else [])]


@contextmanager
def _lent(cache: Path, place: Path) -> Iterator[None]:
    """Moves the cache into the project during a build; no link that a build put there returns."""
    if cache.is_dir() and not cache.is_symlink():
        cache.rename(place)
    else:
        place.mkdir()
    try:
        yield
    finally:
        _take_back(cache, place)


def _take_back(cache: Path, place: Path) -> None:
    is_there = cache.is_dir() and not cache.is_symlink()
    if place.is_dir() and not place.is_symlink() and not is_there:
        cache.unlink(missing_ok=True)
        place.rename(cache)


def recover_cache(places: Places) -> None:
    """Takes back the cache that was lent to a killed build."""
    for left in places.work.glob("build-*/.cache"):
        _take_back(places.cache, left)


def _make_room(places: Places, settings: Settings) -> None:
    """Checks for space in advance: with a full disk, git could not accept a corrected push."""
    needed = needed_space(places, settings)
    if shutil.disk_usage(places.root).free < needed:
        clean(places, 1, protected_commits(places, settings))
    free = shutil.disk_usage(places.root).free
    if free < needed:
        what = f"The server has too little space: {free // 1_000_000} MB are free,"
        raise RefusedError(f"{what} {needed // 1_000_000} MB are needed. {TELL}")


def needed_space(places: Places, settings: Settings) -> int:
    """Bytes that a publication needs."""
    live = places.live()
    return settings.least_space + (2 * folder_size(places.release(live)) if live else 0)


def protected_commits(places: Places, settings: Settings) -> set[str]:
    """The releases that are never removed: the published one, editions, previews."""
    return set(list_refs(places, HEADS + settings.branch, TAG, PREVIEW).values())
