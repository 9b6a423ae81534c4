"""Releases on the disk: each in a folder of its own, whole or not there; one of them live.

A release gets its name in one step, when every byte of it is on the disk; so does the link that makes it live. Files
that are the same in two releases are one file with two names: pages therefore do not name their commit, /release.json
does.
"""

from __future__ import annotations

import ctypes
import gzip
import os
import shutil
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

import brotli

from metropolis.publish.manifest import COMPRESSED, listed_files, read_manifest
from metropolis.publish.places import Places

_TEXT = (".html", ".css", ".js", ".svg", ".xml", ".json", ".txt", ".csv", ".geojson", ".webmanifest")
_SMALLEST = 512  # bytes: below, compressing costs more than it saves
_POOLED = ("assets", "pagefind/index", "pagefind/fragment", "pagefind/filter")
_POOL_DAYS = 90


def finish_release(site: Path, places: Places) -> None:
    """Compresses what is worth it and shares files with the live release."""
    live = places.live()
    before = places.release(live) if live else None
    shared = _share(site, before) if before else set()
    for path in listed_files(site):
        file = site / path
        if file.suffix not in _TEXT or file.stat().st_size < _SMALLEST:
            continue
        copies = [file.with_name(file.name + ending) for ending in COMPRESSED]
        if before and path in shared and all((before / copy.relative_to(site)).is_file() for copy in copies):
            for copy in copies:
                os.link(before / copy.relative_to(site), copy)
            continue
        content = file.read_bytes()
        copies[0].write_bytes(gzip.compress(content, 9, mtime=0))
        copies[1].write_bytes(brotli.compress(content, quality=9))


def _share(site: Path, before: Path) -> set[str]:
    """Gives files that have not changed the names of the old ones; their times stay, as browsers remember them."""
    old, new = (read_manifest(_text(folder / "release.json")) for folder in (before, site))
    shared = set()
    for path, digest in (new or {"files": {}})["files"].items():
        twin = before / path
        if old and old["files"].get(path) == digest and twin.is_file():
            file = site / path
            file.unlink()
            os.link(twin, file)
            shared.add(path)
    return shared


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except OSError:
        return ""


def put_release(site: Path, places: Places, commit: str) -> None:
    """The whole release takes its name, once it is on the disk."""
    target = places.release(commit)
    site.chmod(0o755)
    # Before the release has its name: one that is live and not in the pool would take its files along when it goes.
    _pool(site, places)
    sync(site)
    if target.exists():
        # A leftover under this name is not whole: whole ones are never built again.
        shutil.rmtree(target)
    site.rename(target)
    _sync_folder(places.releases)


def _pool(release: Path, places: Places) -> None:
    """Files with a hash in their name stay reachable when their release has gone."""
    for folder in _POOLED:
        for file in (release / folder).glob("*") if (release / folder).is_dir() else ():
            target = places.pool / folder / file.name
            if file.is_file() and not target.exists():
                target.parent.mkdir(parents=True, exist_ok=True)
                os.link(file, target)


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


def point(link: Path, target: Path) -> None:
    """Makes `link` lead to `target` in one step; who reads through it sees the old one or the new one."""
    new = Path(tempfile.mktemp(prefix=f".{link.name}-", dir=link.parent))
    new.symlink_to(os.path.relpath(target, link.parent))
    try:
        new.rename(link)
    except OSError:
        new.unlink(missing_ok=True)
        raise
    _sync_folder(link.parent)


def clean(places: Places, keep: int, needed: Iterable[str]) -> list[str]:
    """Removes releases beyond the newest `keep`, never one that is `needed`; and what nothing uses any more."""
    needed = {*needed, places.live(), places.pinned()}
    found = [folder for folder in places.releases.iterdir() if folder.is_dir()] if places.releases.is_dir() else []
    ordered = sorted(found, key=lambda folder: folder.stat().st_mtime, reverse=True)
    removed = []
    for folder in [folder for folder in ordered if folder.name not in needed][keep:]:
        # Out of sight first: half a release must never stand under a release's name.
        aside = places.work / f"gone-{folder.name}"
        folder.rename(aside)
        shutil.rmtree(aside, ignore_errors=True)
        removed.append(folder.name)
    _clean_pool(places)
    return removed


def _clean_pool(places: Places) -> None:
    oldest = time.time() - _POOL_DAYS * 86400
    for file in places.pool.rglob("*") if places.pool.is_dir() else ():
        stat = file.stat()
        if file.is_file() and stat.st_nlink == 1 and stat.st_mtime < oldest:
            file.unlink()


def folder_size(folder: Path) -> int:
    """Bytes of the files under a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
