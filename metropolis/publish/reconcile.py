"""Makes what is live what it ought to be, from whatever state a crash has left: asked twice, it does nothing more.

It reads the repository's own refs, never what a hook was told: a hook may not have run at all.
"""

from __future__ import annotations

import hashlib
import re
import shutil
import time
import unicodedata
from collections.abc import Callable
from pathlib import Path

from metropolis.publish.git_locks import remove_stale_locks
from metropolis.publish.journal import Event, write_journal
from metropolis.publish.lock import locked
from metropolis.publish.places import Places, Settings
from metropolis.publish.pushed_tree import run_git
from metropolis.publish.receive import tip
from metropolis.publish.releases import clean, point
from metropolis.publish.staging import PREVIEW, RefusedError, make_release, protected_commits

_OLD_QUARANTINE = 3600  # seconds: no push takes longer


def reconcile(
    places: Places, settings: Settings, who: str, say: Callable[[str], None], event: Event = "reconciled"
) -> str:
    """Converges; returns the commit that is live now."""
    with locked(places.lock, say):
        _clear_leftovers(places)
        wanted = places.pinned() or tip(places, f"refs/heads/{settings.branch}")
        if wanted and _stands(places, settings, wanted, say) and places.live() != wanted:
            point(places.current, places.release(wanted))
            write_journal(places, event, wanted, who)
        _converge_previews(places, settings, say)
        clean(places, settings.keep, protected_commits(places, settings))
        return places.live()


def _stands(places: Places, settings: Settings, commit: str, say: Callable[[str], None]) -> bool:
    """Whether the release is there; one that was lost is built again."""
    if not places.release(commit).is_dir():
        try:
            make_release(places, settings, commit, say)
        except RefusedError as refusal:
            say(f"The release {commit[:10]} could not be built again; what is live stays.\n{refusal}")
            return False
    return True


def _clear_leftovers(places: Places) -> None:
    """What killed processes left: builds under way (nobody holds the lock but us), and git's own quarantine."""
    for folder in places.work.iterdir() if places.work.is_dir() else ():
        shutil.rmtree(folder, ignore_errors=True)
    for link in places.root.glob(".current-*"):
        link.unlink(missing_ok=True)
    for folder in (places.repository / "objects").glob("tmp_objdir-incoming-*"):
        if time.time() - folder.stat().st_mtime > _OLD_QUARANTINE:
            shutil.rmtree(folder, ignore_errors=True)
    remove_stale_locks(places.repository)


def _converge_previews(places: Places, settings: Settings, say: Callable[[str], None]) -> None:
    """A link for each preview branch; none for one that is gone."""
    lines = run_git(places.repository, "for-each-ref", "--format=%(refname) %(objectname)", PREVIEW).decode()
    wanted = {
        preview_address(ref.removeprefix(PREVIEW)): commit
        for ref, commit in (line.rsplit(" ", 1) for line in lines.splitlines())
    }
    places.previews.mkdir(exist_ok=True)
    for link in places.previews.iterdir():
        if link.name not in wanted:
            link.unlink()
    for address, commit in wanted.items():
        link = places.previews / address
        is_right = link.is_symlink() and link.readlink().name == commit
        if not is_right and _stands(places, settings, commit, say):
            point(link, places.release(commit))


def preview_address(branch: str) -> str:
    """The address of a preview: readable, and its own whatever the branch is called."""
    plain = unicodedata.normalize("NFKD", branch).encode("ascii", "ignore").decode().lower()
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40]
    mark = hashlib.sha256(branch.encode()).hexdigest()[:6]
    return f"{words}-{mark}" if words else mark


def previews(places: Places) -> dict[str, Path]:
    """Address -> release of each preview."""
    found = places.previews.iterdir() if places.previews.is_dir() else ()
    return {link.name: places.release(link.readlink().name) for link in sorted(found) if link.is_symlink()}
