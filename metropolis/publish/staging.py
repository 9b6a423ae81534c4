"""From a commit to its release: a project is put together aside, built in the sandbox, and put in its place whole.

Read by the verdict on a push and by `reconcile`, which builds a lost or damaged release again.
"""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from metropolis.publish.places import Places, Settings
from metropolis.publish.pushed_tree import export, list_tree, run_git
from metropolis.publish.releases import clean, finish_release, folder_size, put_release
from metropolis.publish.sandbox import run_build

PREVIEW = "refs/heads/preview/"
TAG = "refs/tags/"
# What the toolkit brings to a build: everything that is code, or decides about it.
_TOOLKIT = ("mkdocs.yml", "macros", "metropolis", "theme")

Say = Callable[[str], None]


class RefusedError(Exception):
    """The push is not accepted; the message is for whoever pushes."""


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
