"""Releases on the disk: each in a folder of its own, whole or not there; one of them live.

A release gets its name in one step, when every byte of it is on the disk; so does the link that
makes it live. Files that are the same in two releases are one file with two names: pages therefore
do not name their commit, /release.json does. A file is shared for what it holds, never for what was
once written about it."""

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

from metropolis.folder_swap import put_in_place
from metropolis.problem import Problem
from metropolis.publish.places import Places
from metropolis.publish.pool import fill_pool, pool_problems
from metropolis.publish.seal import (
    READABLE_FILE,
    READABLE_FOLDER,
    Seal,
    damages,
    entries,
    has,
    look,
    make_seal,
    read_seal,
    write_seal,
)
from metropolis.publish.verification import Verified, verify_folder
from metropolis.release.manifest import COMPRESSED, FILE, HEADERS, file_digest, read_manifest

_TEXT = (
    ".html",
    ".css",
    ".js",
    ".svg",
    ".xml",
    ".json",
    ".txt",
    ".csv",
    ".geojson",
    ".webmanifest",
)
_SMALLEST = 512  # bytes: below, compressing costs more than it saves


def finish_release(site: Path, places: Places) -> list[Problem]:
    """Compresses what is worth it and shares files with the live release; or says why what was
    built is not whole."""
    digests, problems = _look_through(site)
    if problems:
        return problems
    before = places.release(places.live())
    seal = read_seal(places.seal(places.live())) or {}
    for path, sha256 in digests.items():
        file = site / path
        is_shared = (
            path in seal and seal[path].sha256 == sha256 and _share(before / path, file, sha256)
        )
        if file.suffix in _TEXT and file.stat().st_size >= _SMALLEST:
            _compress(site, path, before, seal if is_shared else {})
    _open_to_readers(site)
    return []


def _look_through(site: Path) -> tuple[dict[str, str], list[Problem]]:
    """SHA-256 of each file that was built, by path. The build may have been anybody's program:
    nothing in its folder is believed, or followed, before it has been looked at."""
    found: dict[str, str] = {}
    problems: list[Problem] = []
    for path, state in entries(site):
        if not stat.S_ISREG(state.st_mode):
            problems.append(Problem("site", 0, 0, f"“{path}” is no plain file."))
            continue
        if state.st_nlink > 1:  # the other name may be out of this folder, and be written to later
            _copy_apart(site / path)
        found[path] = file_digest(site / path)
    listed = (
        read_manifest((site / FILE).read_text("utf-8", "replace")) if FILE in found else None
    ) or {"files": {}}
    expected = {FILE, HEADERS, *listed["files"]}
    problems += [
        Problem("site", 0, 0, f"“{path}” is not in the manifest.")
        for path in found
        if path not in expected
    ]
    for path, sha256 in listed["files"].items():
        if found.get(path) != sha256:
            problems.append(Problem("site", 0, 0, f"“{path}” is not as the manifest says."))
    return found, problems or (
        [] if listed["files"] else [Problem("site", 0, 0, f"There is no manifest ({FILE}).")]
    )


def _copy_apart(file: Path) -> None:
    copy = Path(tempfile.mktemp(prefix=".copy-", dir=file.parent))
    shutil.copyfile(file, copy)
    copy.replace(file)


def _share(old: Path, new: Path, sha256: str) -> bool:
    """Gives a file that has not changed the name of the old one, if that still holds what it held:
    its time stays, as browsers remember it."""
    if not has(old, sha256):
        return False
    new.unlink(missing_ok=True)
    os.link(old, new)
    return True


def _compress(site: Path, path: str, before: Path, seal: Seal) -> None:
    """Writes the file's compressed copies, or shares those of the release before: it has `seal`."""
    for ending in COMPRESSED:
        copy = path + ending
        if copy in seal and _share(before / copy, site / copy, seal[copy].sha256):
            continue
        content = (site / path).read_bytes()
        small = (
            gzip.compress(content, 9, mtime=0)
            if ending == ".gz"
            else brotli.compress(content, quality=9)
        )
        (site / copy).write_bytes(small)


def _open_to_readers(site: Path) -> None:
    """The web server is another account, and this one's umask may keep it out."""
    for place, _, files in os.walk(site):
        for one, mode in [
            (Path(place), READABLE_FOLDER),
            *((Path(place, name), READABLE_FILE) for name in files),
        ]:
            if one.stat().st_mode & 0o777 != mode:
                one.chmod(mode)


def put_release(site: Path, places: Places, commit: str) -> None:
    """The whole release takes its name, once it is on the disk; a damaged one under this name is
    left at `site`."""
    seal = make_seal(site)
    # Before the release has its name: one that is live and not in the pool would take its files
    # along when it goes.
    fill_pool(places, site, seal)
    write_seal(places.seal(commit), seal)
    sync(site)
    put_in_place(site, places.release(commit))
    _sync_folder(places.releases)


def release_problems(places: Places, commit: str) -> list[Problem]:
    """What has become of a release since it was put in its place; nothing if it is whole."""
    folder, name = places.release(commit), f"the release {commit[:10]}"
    if not folder.is_dir():
        return [Problem(name, 0, 0, "It is missing.")]
    problems = look(folder, places.seal(commit), name)
    if (
        problems is None
    ):  # from before there were seals, or the seal was lost: the manifest knows most of it
        problems = verify_folder(folder, name)[1]
        if not problems:
            _open_to_readers(folder)
            write_seal(places.seal(commit), make_seal(folder))
    return problems


def verify_live(places: Places) -> Verified:
    """Compares the live release with its manifest and its seal, and the pool with its own: every
    file is read."""
    if not (live := places.live()):
        return None, [
            Problem("the live release", 0, 0, "There is none: the link to it leads nowhere.")
        ]
    manifest, problems = verify_folder(places.release(live), "the live release")
    seal = read_seal(places.seal(live))
    found = damages(places.release(live), seal, is_thorough=True) if seal is not None else {}
    sealed = [Problem("the live release", 0, 0, what) for what in found.values()]
    # Both know of most files; what only one of them sees is what the other cannot.
    told = {problem.what.split("”")[0] for problem in problems}
    problems += [problem for problem in sealed if problem.what.split("”")[0] not in told]
    return manifest, [*problems, *pool_problems(places)]


def sync(folder: Path) -> None:
    """Everything written so far to the file system of `folder` is on the disk when this returns."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).syncfs(handle):
            os.sync()
    finally:
        os.close(handle)


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def point(link: Path, target: Path, aside: Path) -> None:
    """Makes `link` lead to `target` in one step; who reads through it sees the old one or the new
    one. What stood in its place and is no link goes to the folder `aside`."""
    if link.is_dir() and not link.is_symlink():  # somebody's copy, which has followed the link
        link.rename(aside / f"gone-{link.name}")
    new = Path(tempfile.mktemp(prefix=f".{link.name}-", dir=link.parent))
    new.symlink_to(os.path.relpath(target, link.parent))
    try:
        new.rename(link)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(link.parent)


def clean(places: Places, keep: int, needed: Iterable[str]) -> list[str]:
    """Removes releases beyond the newest `keep`, never one that is `needed`; returns those that
    stay."""
    needed = {*needed, places.live(), places.pinned()}
    found = (
        [folder for folder in places.releases.iterdir() if folder.is_dir()]
        if places.releases.is_dir()
        else []
    )
    ordered = sorted(found, key=lambda folder: folder.stat().st_mtime, reverse=True)
    gone = [folder for folder in ordered if folder.name not in needed][keep:]
    for folder in gone:
        # Out of sight first: half a release must never stand under a release's name.
        aside = places.work / f"gone-{folder.name}"
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
        places.seal(folder.name).unlink(missing_ok=True)
    return [folder.name for folder in ordered if folder not in gone]


def folder_size(folder: Path) -> int:
    """Bytes of the files under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
