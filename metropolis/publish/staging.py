"""From a commit to its release: a project is put together aside, built in the sandbox, and put in
its place whole.

Read by the verdict on a push and by `reconcile`, which builds a lost or damaged release again.
"""

from __future__ import annotations

import os
import re
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from metropolis.git import run_git_bare
from metropolis.publish.places import Places, Settings
from metropolis.publish.pushed_tree import export, list_tree
from metropolis.publish.refs import PREVIEW, TAG
from metropolis.publish.refusal import TELL, RefusedError, Say
from metropolis.publish.releases import clean, finish_release, folder_size, put_release
from metropolis.publish.sandbox import Outcome, run_build
from metropolis.report import listing
from metropolis.system_error import log_words, reason

# What the toolkit brings to a build: everything that is code, or decides about it.
_TOOLKIT = ("mkdocs.yml", "macros", "metropolis", "theme")


def make_release(places: Places, settings: Settings, commit: str, say: Say) -> None:
    """Builds a commit into its release, also where a damaged one stands; raises RefusedError with
    the problems found. The lock is held."""
    started = time.monotonic()
    places.work.mkdir(exist_ok=True)
    recover_cache(places)
    _make_room(places, settings)
    project = Path(tempfile.mkdtemp(prefix="build-", dir=places.work))
    try:
        say(f"Looking at the files of {commit[:10]}")
        assemble_project(places, settings, commit, project)
        date = (
            run_git_bare(places.repository, "show", "-s", "--format=%ct", commit)
            .decode()
            .split()[-1]
        )
        with _lent(places.cache, project / ".cache"):
            outcome = run_build(project, settings, commit, date, say, readable(places, settings))
        refuse_failure(places, outcome)
        say("Compressing, and writing to the disk")
        if problems := finish_release(project / "site", places):
            raise RefusedError(f"The build did not make a whole release.\n{listing(problems)}")
        put_release(project / "site", places, commit)
        say(f"Built and whole after {time.monotonic() - started:.0f} s.")
    except OSError as error:
        raise RefusedError(
            f"The server could not write the release ({reason(error)}). Tell who looks after it."
        ) from None
    finally:
        shutil.rmtree(project, ignore_errors=True)


def assemble_project(places: Places, settings: Settings, commit: str, project: Path) -> None:
    """A project to build: words and facts from the push, all code from the toolkit that is
    installed.

    It knows the commit's past as a clone does: it has a .git of its own, without the server's refs,
    settings and hooks, which reads the server's objects (and, during a push, those in quarantine).
    """
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


def readable(places: Places, settings: Settings) -> tuple[Path, ...]:
    """What a build sees besides its own folder: the toolkit's code, and objects of history."""
    return (*(Path(settings.toolkit) / name for name in _TOOLKIT), *_object_folders(places))


@contextmanager
def _lent(cache: Path, place: Path) -> Iterator[None]:
    """What builds keep for the next one lies in the project while it is built: a build sees one
    folder, and can rename within it. A link that a build has put there is not taken back."""
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
    """Takes back what a build had been lent that was killed."""
    for left in places.work.glob("build-*/.cache"):
        _take_back(places.cache, left)


def refuse_failure(places: Places, outcome: Outcome, context: str = "") -> None:
    """Says why a build or a check has failed; `context` follows where the reason does not stand in
    the results. What only a programmer can read is kept for who looks after the server."""
    if outcome.trace:
        log_words(outcome.trace, places.faults)
    if outcome.why or outcome.code:
        reasons = [outcome.why, outcome.output.strip(), context if outcome.why else ""]
        raise RefusedError("\n".join(filter(None, reasons)) or f"It ended without a word. {TELL}")


def _make_room(places: Places, settings: Settings) -> None:
    """Space is looked for before it is needed: a full disk would keep git itself from taking a
    mended push."""
    live = places.live()
    needed = settings.least_space + (2 * folder_size(places.release(live)) if live else 0)
    if shutil.disk_usage(places.root).free < needed:
        clean(places, 1, protected_commits(places, settings))
    free = shutil.disk_usage(places.root).free
    if free < needed:
        raise RefusedError(
            f"The server has too little space: {free // 1_000_000} MB are free,"
            f" {needed // 1_000_000} MB are needed. Tell who looks after it."
        )


def protected_commits(places: Places, settings: Settings) -> set[str]:
    """The releases that are never removed: the published one, editions, previews."""
    lines = run_git_bare(
        places.repository,
        "for-each-ref",
        "--format=%(objectname) %(*objectname)",
        f"refs/heads/{settings.branch}",
        TAG,
        PREVIEW,
    )
    return set(re.findall(r"[0-9a-f]{40}", lines.decode()))
