"""Makes what is live what it ought to be, from whatever state a crash has left: asked twice, it
does nothing more.

It reads the repository's own refs, never what a hook was told: a hook may not have run at all. Nor
does it believe names: a release stands when its files are what they were when it was built, and is
built again when they are not."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from metropolis.problem import Problem
from metropolis.publish.git_locks import remove_stale_locks
from metropolis.publish.lock import Work, locked
from metropolis.publish.places import Places, Settings
from metropolis.publish.pool import repair_pool
from metropolis.publish.publication_log import Event, note_live
from metropolis.publish.refs import PREVIEW, list_refs, preview_address, tip
from metropolis.publish.refusal import RefusedError
from metropolis.publish.releases import clean, point, release_problems
from metropolis.publish.seal import READABLE_FOLDER
from metropolis.publish.staging import make_release, protected_commits, recover_cache
from metropolis.system_error import reason

_OLD_QUARANTINE = 3600  # seconds: no push takes longer
_SHOWN = 3


@dataclass(frozen=True)
class Converged:
    """`live` is the commit that is live now, empty for none; `problems` are what could not be put
    right."""

    live: str
    problems: tuple[Problem, ...] = ()


def reconcile(
    places: Places,
    settings: Settings,
    who: str,
    say: Callable[[str], None],
    event: Event = "reconciled",
) -> Converged:
    """Converges, and heals what has become damaged. What it could not do is told, and keeps it from
    nothing else."""
    with locked(
        places.lock,
        say,
        settings.longest_wait,
        Work("Putting the site right", longest=settings.longest_build),
    ):
        return converge(places, settings, who, say, event)


def converge(
    places: Places, settings: Settings, who: str, say: Callable[[str], None], event: Event
) -> Converged:
    """The same for whoever holds the lock."""
    return _Reconciliation(places, settings, say).run(who, event)


def is_right(places: Places, settings: Settings) -> bool:
    """Whether what is live, and the previews, lead where they ought to: then no push has to wait
    for the lock.

    What has become damaged is not looked for: the timer does that, whatever this says.
    """
    wanted = places.pinned() or tip(places, f"refs/heads/{settings.branch}")
    standing = {address: release.name for address, release in previews(places).items()}
    return places.live() == wanted and standing == _wanted_previews(places)


class _Reconciliation:
    """One run, under the lock. `whole` are the releases that have been looked at and stand."""

    def __init__(self, places: Places, settings: Settings, say: Callable[[str], None]) -> None:
        self.places, self.settings, self.say = places, settings, say
        self.whole: set[str] = set()
        self.problems: list[Problem] = []

    def run(self, who: str, event: Event) -> Converged:
        """Everything, what readers see first."""
        places = self.places
        _clear_leftovers(places)
        wanted = places.pinned() or tip(places, f"refs/heads/{self.settings.branch}")
        if wanted and self._stands(wanted) and places.live() != wanted:
            self._try(
                "The link to the live release",
                lambda: point(places.current, places.release(wanted), places.work),
            )
        self._try("The line in the log", lambda: note_live(places, event, who))
        self._converge_previews()
        protected = protected_commits(places, self.settings)
        is_for_a_push = (
            event == "published"
        )  # somebody waits: what nobody reads now is looked at by the timer
        for commit in sorted(protected - {wanted}) if not is_for_a_push else ():
            if places.release(commit).is_dir():
                self._stands(commit)
        self._try(
            "Releases that are no longer needed",
            lambda: self._clean(protected, looks=not is_for_a_push),
        )
        return Converged(places.live(), tuple(self.problems))

    def _stands(self, commit: str) -> bool:
        """Whether the release is there and whole; one that was lost or damaged is built again."""
        if commit in self.whole:
            return True
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
                what = f"The release {commit[:10]} could not be built again; what is live stays."
                self.problems.append(
                    Problem(f"the release {commit[:10]}", 0, 0, f"{what}\n{refusal}")
                )
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
                self._try(f"The preview {link.name}", link.unlink)
        for address, commit in wanted.items():
            link = places.previews / address
            is_right = link.is_symlink() and link.readlink().name == commit
            if self._stands(commit) and not is_right:
                self._point_preview(link, commit)

    def _point_preview(self, link: Path, commit: str) -> None:
        places = self.places
        self._try(
            f"The preview {link.name}", lambda: point(link, places.release(commit), places.work)
        )

    def _clean(self, protected: set[str], looks: bool) -> None:
        """Old releases go, and so do damaged ones that nobody asks for; the pool is put right."""
        places = self.places
        places.work.mkdir(exist_ok=True)
        standing = clean(places, self.settings.keep, protected)
        for commit in standing if looks else ():
            if commit in self.whole or not release_problems(places, commit):
                self.whole.add(commit)
            elif commit != places.live() and commit not in protected:
                self.say(
                    f"The release {commit[:10]}, kept for a rollback, was damaged, and is taken"
                    " away."
                )
                places.release(commit).rename(places.work / f"gone-{commit}")
                places.seal(commit).unlink(missing_ok=True)
        for problem in repair_pool(places, sorted(self.whole)):
            self.say(f"{problem} It was put right.")
        _empty(places.work)

    def _try(self, what: str, do: Callable[[], object]) -> None:
        """Does one step; a disk that refuses it does not keep the others from being done."""
        try:
            do()
        except OSError as error:
            self.problems.append(
                Problem(
                    str(self.places.root), 0, 0, f"{what} could not be written: {reason(error)}."
                )
            )


def _clear_leftovers(places: Places) -> None:
    """What killed processes left: builds under way (nobody holds the lock but us), and git's own
    quarantine."""
    recover_cache(places)
    _empty(places.work)
    for link in places.root.glob(".current-*"):
        link.unlink(missing_ok=True)
    for folder in (places.repository / "objects").glob("tmp_objdir-incoming-*"):
        if time.time() - folder.stat().st_mtime > _OLD_QUARANTINE:
            shutil.rmtree(folder, ignore_errors=True)
    remove_stale_locks(places.repository)


def _empty(folder: Path) -> None:
    for child in folder.iterdir() if folder.is_dir() else ():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child, ignore_errors=True)
        else:
            child.unlink(missing_ok=True)


def _wanted_previews(places: Places) -> dict[str, str]:
    """Address -> commit of each preview branch."""
    return {
        preview_address(ref.removeprefix(PREVIEW)): commit
        for ref, commit in list_refs(places, PREVIEW).items()
    }


def previews(places: Places) -> dict[str, Path]:
    """Address -> release of each preview."""
    found = places.previews.iterdir() if places.previews.is_dir() else ()
    return {
        link.name: places.release(link.readlink().name)
        for link in sorted(found)
        if link.is_symlink()
    }
