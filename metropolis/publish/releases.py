"""Releases on the disk: each in its own folder, whole or not there; one of them is live. A release
gets its name in one step, when all its bytes are on the disk; so does the link that makes it live.
Files with the same content in two releases are one file with two names, whatever was once recorded
about them. So pages do not name their commit; /release.json does."""

from __future__ import annotations

import ctypes
import gzip
import os
import shutil
import stat
import tempfile
from collections.abc import Iterable
from pathlib import Path

import brotli

from metropolis.folders import entries, put_in_place, walk
from metropolis.problem import Problem
from metropolis.publish import seal
from metropolis.publish.places import Places
from metropolis.publish.pool import fill_pool, pool_problems
from metropolis.publish.verification import Verified, verify_folder
from metropolis.release.manifest import COMPRESSED, FILE, HEADERS, file_digest, read_manifest

_TEXT = {
    ".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".csv", ".geojson", ".webmanifest",
}  # fmt: skip
_SMALLEST = 512  # bytes: compressing smaller files costs more than it saves


def finish_release(site: Path, places: Places) -> list[Problem]:
    """Compresses files, shares them with the live release; or returns why it is not whole."""
    digests, problems = _look_through(site)
    if problems:
        return problems
    before = places.release(places.live())
    sealed = seal.read_seal(places.seal(places.live())) or {}
    for path, sha256 in digests.items():
        file = site / path
        is_shared = _share(before / path, file, sha256)
        if file.suffix in _TEXT and file.stat().st_size >= _SMALLEST:
            _compress(site, path, before, sealed if is_shared else {})
    _open_to_readers(site)
    return []


def _look_through(site: Path) -> tuple[dict[str, str], list[Problem]]:
    """SHA-256 of each built file, by path. Nothing is followed or trusted before it is checked."""
    found: dict[str, str] = {}
    wrong: list[str] = []
    for path, state in entries(site):
        if not stat.S_ISREG(state.st_mode):
            wrong.append(f"“{path}” is not a plain file.")
            continue
        if state.st_nlink > 1:  # the other name may be outside, and be written to later
            copy = Path(tempfile.mktemp(prefix=".copy-", dir=site))
            shutil.copyfile(site / path, copy)
            copy.replace(site / path)
        found[path] = file_digest(site / path)
    text = (site / FILE).read_text("utf-8", "replace") if FILE in found else ""
    listed = (read_manifest(text) or {}).get("files", {})
    expected = {FILE, HEADERS, *listed}
    changed = [path for path, sha256 in listed.items() if found.get(path) != sha256]
    wrong += [f"“{path}” is not in the manifest." for path in found if path not in expected]
    wrong += [f"“{path}” is not as the manifest says." for path in changed]
    if not (wrong or listed):
        wrong = [f"There is no manifest ({FILE})."]
    return found, [Problem("site", 0, 0, what) for what in wrong]


def _share(old: Path, new: Path, sha256: str) -> bool:
    """Takes the old file if its content is the same: browsers rely on a file's time."""
    if not seal.has(old, sha256):
        return False
    new.unlink(missing_ok=True)
    os.link(old, new)
    return True


def _compress(site: Path, path: str, before: Path, sealed: seal.Seal) -> None:
    """Writes the compressed copies, or shares those of the release before (`sealed`)."""
    for ending in COMPRESSED:
        copy = path + ending
        if copy in sealed and _share(before / copy, site / copy, sealed[copy].sha256):
            continue
        content = (site / path).read_bytes()
        if ending == ".gz":
            content = gzip.compress(content, 9, mtime=0)
        else:
            content = brotli.compress(content, quality=9)
        (site / copy).write_bytes(content)


def _open_to_readers(site: Path) -> None:
    """The web server is another account, which this account's umask may exclude."""
    for path, state in walk(site):
        mode = seal.READABLE_FOLDER if path.endswith("/") else seal.READABLE_FILE
        if stat.S_IMODE(state.st_mode) != mode:
            (site / path).chmod(mode)


def put_release(site: Path, places: Places, commit: str) -> None:
    """The whole release takes its name, once it is on the disk; a damaged one is left at `site`."""
    sealed = seal.make_seal(site)
    # First the pool: otherwise the files of a live release would disappear with it.
    fill_pool(places, site, sealed)
    seal.write_seal(places.seal(commit), sealed)
    sync(site, is_all=True)
    put_in_place(site, places.release(commit))
    sync(places.releases)


def make_live(places: Places, commit: str) -> None:
    """The release becomes live: from now on readers get it."""
    point(places.current, places.release(commit), places.work)


def point(link: Path, target: Path, trash: Path) -> None:
    """Makes `link` lead to `target` in one step: readers see the old target or the new one.
    Anything else with the link's name is moved to the folder `trash`."""
    if link.is_dir() and not link.is_symlink():  # a copy that somebody made by following the link
        link.rename(trash / f"gone-{link.name}")
    new = Path(tempfile.mktemp(prefix=f".{link.name}-", dir=link.parent))
    new.symlink_to(os.path.relpath(target, link.parent))
    try:
        new.rename(link)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    sync(link.parent)


def release_problems(places: Places, commit: str) -> list[Problem]:
    """What has changed in a release since it was put in place; nothing if it is whole."""
    folder, name = places.release(commit), f"the release {commit[:10]}"
    if not folder.is_dir():
        return [Problem(name, 0, 0, "It is missing.")]
    problems = seal.look(folder, places.seal(commit), name)
    if problems is None:
        # An old release without a seal, or a lost seal: the manifest knows most of it.
        problems = verify_folder(folder, name)[1]
        if not problems:
            _open_to_readers(folder)
            seal.write_seal(places.seal(commit), seal.make_seal(folder))
    return problems


def verify_live(places: Places) -> Verified:
    """Compares the live release with its manifest and its seal, and the pool with its own."""
    name = "the live release"
    if not (live := places.live()):
        return None, [Problem(name, 0, 0, "There is none: the link to it leads nowhere.")]
    manifest, problems = verify_folder(places.release(live), name)
    sealed = seal.read_seal(places.seal(live))
    found = {} if sealed is None else seal.damages(places.release(live), sealed, is_thorough=True)
    # Both know of most files: the seal adds the problems of files that have none yet.
    reported = {problem.what.split("”")[0] for problem in problems}
    new = [what for what in found.values() if what.split("”")[0] not in reported]
    problems += [Problem(name, 0, 0, what) for what in new]
    return manifest, [*problems, *pool_problems(places)]


def sync(folder: Path, is_all: bool = False) -> None:
    """When this returns, the names in `folder` (or all of its file system) are on the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if not is_all:
            os.fsync(handle)
        elif ctypes.CDLL(None, use_errno=True).syncfs(handle):
            os.sync()
    finally:
        os.close(handle)


def clean(places: Places, keep: int, needed: Iterable[str]) -> list[str]:
    """Removes all but the newest `keep` releases and those `needed`; returns the rest."""
    needed = {*needed, places.live(), places.pinned()}
    folders = places.releases.iterdir() if places.releases.is_dir() else ()
    found = (folder for folder in folders if folder.is_dir())
    ordered = sorted(found, key=lambda folder: folder.stat().st_mtime, reverse=True)
    gone = [folder for folder in ordered if folder.name not in needed][keep:]
    for folder in gone:
        # Moved first: half a release must never have a release's name.
        trash = places.work / f"gone-{folder.name}"
        folder.rename(trash)
        shutil.rmtree(trash, ignore_errors=True)
        places.seal(folder.name).unlink(missing_ok=True)
    return [folder.name for folder in ordered if folder not in gone]


def folder_size(folder: Path) -> int:
    """In bytes."""
    return sum(state.st_size for _, state in entries(folder))
