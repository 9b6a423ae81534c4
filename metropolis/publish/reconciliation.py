"""Makes what is live what it should be, whatever a crash left; a second run changes nothing. It
reads the repository's own refs: a hook may not have run at all. It does not trust names either: a
release is whole if its files are the ones that were built, and else is built again."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from metropolis.folders import empty_folder
from metropolis.problem import Problem, RefusedError, Say
from metropolis.publish.lock import Work, locked
from metropolis.publish.places import Places
from metropolis.publish.pool import repair_pool
from metropolis.publish.processes import running_processes
from metropolis.publish.publication_log import Event, note_live
from metropolis.publish.refs import HEADS, PREVIEW, list_refs, preview_address, tip
from metropolis.publish.releases import clean, make_live, point, release_problems
from metropolis.publish.seal import READABLE_FOLDER
from metropolis.publish.settings import Settings
from metropolis.publish.staging import make_release, protected_commits, recover_cache
from metropolis.system_error import reason

_SHOWN = 3  # damaged files
_OLD_QUARANTINE = 3600  # seconds: no push takes longer
# git holds a lock while it writes one file. If processes cannot be listed, this age decides.
_OLD_LOCK = 600  # seconds


def reconcile(
    places: Places, settings: Settings, who: str, say: Say, event: Event = "reconciled"
) -> list[Problem]:
    """Converges under the lock, each step for itself; returns what could not be repaired."""
    work = Work("Putting the site right", longest=settings.longest_build)
    with locked(places.lock, say, settings.longest_wait, work):
        return Reconciliation(places, settings, say).run(who, event)


def is_right(places: Places, settings: Settings) -> bool:
    """Whether the links are right: if so, no push waits for the lock. The timer finds damage."""
    links = {address: release.name for address, release in previews(places).items()}
    return places.live() == _wanted(places, settings) and links == _wanted_previews(places)


class Reconciliation:
    """One run, for a caller that holds the lock. `whole` are the releases that were found whole,
    `lost` those that could not be built again."""

    def __init__(self, places: Places, settings: Settings, say: Say) -> None:
        self.places, self.settings, self.say = places, settings, say
        self.whole: set[str] = set()
        self.lost: set[str] = set()
        self.problems: list[Problem] = []

    def run(self, who: str, event: Event) -> list[Problem]:
        """All steps, beginning with what readers see."""
        places = self.places
        _remove_leftovers(places)
        wanted = _wanted(places, self.settings)
        if wanted and self._is_whole(wanted) and places.live() != wanted:
            with self._step("The link to the live release"):
                make_live(places, wanted)
        with self._step("The line in the log"):
            note_live(places, event, who)
        self._converge_previews()
        protected = protected_commits(places, self.settings)
        with self._step("Releases that are no longer needed"):
            # A pusher is waiting: the timer looks at what nobody reads now.
            self._clean(protected, is_thorough=event != "published")
        return self.problems

    def _is_whole(self, commit: str) -> bool:
        """Whether the release is there and whole, after rebuilding it if it was lost or damaged."""
        if commit in self.whole or commit in self.lost:
            return commit in self.whole
        name = f"the release {commit[:10]}"
        found = release_problems(self.places, commit)
        if found and self.places.release(commit).exists():
            for problem in found[:_SHOWN]:
                self.say(str(problem))
            more = f" and {len(found) - _SHOWN} more of its files" if len(found) > _SHOWN else ""
            self.say(f"The release {commit[:10]} is damaged{more}: it is built again.")
        if found:
            try:
                make_release(self.places, self.settings, commit, self.say)
            except RefusedError as refusal:
                what = f"{name.capitalize()} could not be built again; what is live stays."
                self.problems.append(Problem(name, 0, 0, f"{what}\n{refusal}"))
                self.lost.add(commit)
                return False
        self.whole.add(commit)
        return True

    def _converge_previews(self) -> None:
        """A link for each preview branch; none for one that is gone."""
        places = self.places
        wanted = _wanted_previews(places)
        if not places.previews.is_dir():
            places.previews.mkdir()
            places.previews.chmod(READABLE_FOLDER)
        for link in places.previews.iterdir():
            if link.name not in wanted:
                with self._step(f"The preview {link.name}"):
                    link.unlink()
        for address, commit in wanted.items():
            link = places.previews / address
            is_linked = link.is_symlink() and link.readlink().name == commit
            if self._is_whole(commit) and not is_linked:
                with self._step(f"The preview {address}"):
                    point(link, places.release(commit), places.work)

    def _clean(self, protected: set[str], is_thorough: bool) -> None:
        """Removes old releases, and damaged ones that nobody asks for; repairs the pool."""
        places = self.places
        places.work.mkdir(exist_ok=True)
        kept = clean(places, self.settings.keep, protected)
        for commit in kept if is_thorough else ():
            if commit in protected:
                self._is_whole(commit)
            elif commit in self.whole or not release_problems(places, commit):
                self.whole.add(commit)
            elif commit != places.live():
                what = f"The release {commit[:10]}, kept for a rollback, was damaged"
                self.say(f"{what}, and is removed.")
                places.release(commit).rename(places.work / f"gone-{commit}")
                places.seal(commit).unlink(missing_ok=True)
        for problem in repair_pool(places, sorted(self.whole)):
            self.say(f"{problem} It was repaired.")
        empty_folder(places.work)

    @contextmanager
    def _step(self, what: str) -> Iterator[None]:
        """If the disk refuses this step, the others are still done."""
        try:
            yield
        except OSError as error:
            words = f"{what} could not be written: {reason(error)}."
            self.problems.append(Problem(str(self.places.root), 0, 0, words))


def _wanted(places: Places, settings: Settings) -> str:
    """The commit that should be live."""
    return places.pinned() or tip(places, HEADS + settings.branch)


def _wanted_previews(places: Places) -> dict[str, str]:
    branches = list_refs(places, PREVIEW).items()
    return {preview_address(ref.removeprefix(PREVIEW)): commit for ref, commit in branches}


def _remove_leftovers(places: Places) -> None:
    """Removes everything that killed processes left; the caller holds the lock."""
    recover_cache(places)
    empty_folder(places.work)
    for link in places.root.glob(".current-*"):
        link.unlink(missing_ok=True)
    for folder in (places.repository / "objects").glob("tmp_objdir-incoming-*"):
        if time.time() - folder.stat().st_mtime > _OLD_QUARANTINE:
            shutil.rmtree(folder, ignore_errors=True)
    remove_stale_locks(places.repository)


def remove_stale_locks(repository: Path) -> list[Path]:
    """Removes the locks that no process can be holding; returns them. git never does: nobody could
    push to that ref again. While a process works inside the repository, a lock may be its own."""
    removed: list[Path] = []
    is_in_use = _is_in_use(repository)
    for lock in repository.rglob("*.lock"):
        with suppress(OSError):
            if not is_in_use or time.time() - lock.stat().st_mtime > _OLD_LOCK:
                lock.unlink()
                removed.append(lock)
    return removed


def _is_in_use(repository: Path) -> bool:
    """Whether another process works in the repository; True if processes cannot be listed."""
    inside = repository.resolve()
    try:
        processes = running_processes()
    except OSError:
        return True
    for process in processes:
        with suppress(OSError):  # it has ended, or belongs to somebody else
            place = Path(f"/proc/{process}/cwd").readlink()
            if process != os.getpid() and place.is_relative_to(inside):
                return True
    return not processes


def previews(places: Places) -> dict[str, Path]:
    found = places.previews.iterdir() if places.previews.is_dir() else ()
    links = (link for link in sorted(found) if link.is_symlink())
    return {link.name: places.release(link.readlink().name) for link in links}
