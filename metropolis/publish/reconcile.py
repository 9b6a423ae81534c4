"""Makes what is live what it ought to be, from whatever state a crash has left: asked twice, it does nothing more.

It reads the repository's own refs, never what a hook was told: a hook may not have run at all.
"""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

from metropolis.publish.git_locks import remove_stale_locks
from metropolis.publish.journal import Event, write_journal
from metropolis.publish.lock import Work, locked
from metropolis.publish.places import Places, Settings
from metropolis.publish.refs import PREVIEW, list_refs, preview_address, tip
from metropolis.publish.refusal import RefusedError
from metropolis.publish.releases import clean, point
from metropolis.publish.staging import make_release, protected_commits

_OLD_QUARANTINE = 3600  # seconds: no push takes longer


def reconcile(
    places: Places, settings: Settings, who: str, say: Callable[[str], None], event: Event = "reconciled"
) -> str:
    """Converges; returns the commit that is live now."""
    with locked(
        places.lock, say, settings.longest_wait, Work("Putting the site right", longest=settings.longest_build)
    ):
        return converge(places, settings, who, say, event)


def converge(places: Places, settings: Settings, who: str, say: Callable[[str], None], event: Event) -> str:
    """The same for whoever holds the lock."""
    _clear_leftovers(places)
    wanted = places.pinned() or tip(places, f"refs/heads/{settings.branch}")
    if wanted and _stands(places, settings, wanted, say) and places.live() != wanted:
        point(places.current, places.release(wanted))
        write_journal(places, event, wanted, who)
    _converge_previews(places, settings, say)
    clean(places, settings.keep, protected_commits(places, settings))
    return places.live()


def is_right(places: Places, settings: Settings) -> bool:
    """Whether what is live, and the previews, are what they ought to be: then nobody has to wait for the lock."""
    wanted = places.pinned() or tip(places, f"refs/heads/{settings.branch}")
    standing = {address: release.name for address, release in previews(places).items()}
    return places.live() == wanted and standing == _wanted_previews(places)


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
    wanted = _wanted_previews(places)
    places.previews.mkdir(exist_ok=True)
    for link in places.previews.iterdir():
        if link.name not in wanted:
            link.unlink()
    for address, commit in wanted.items():
        link = places.previews / address
        is_right = link.is_symlink() and link.readlink().name == commit
        if not is_right and _stands(places, settings, commit, say):
            point(link, places.release(commit))


def _wanted_previews(places: Places) -> dict[str, str]:
    return {preview_address(ref.removeprefix(PREVIEW)): commit for ref, commit in list_refs(places, PREVIEW).items()}


def previews(places: Places) -> dict[str, Path]:
    """Address -> release of each preview."""
    found = places.previews.iterdir() if places.previews.is_dir() else ()
    return {link.name: places.release(link.readlink().name) for link in sorted(found) if link.is_symlink()}
