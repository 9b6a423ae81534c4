"""The seal of a release: what each of its files was when it took its place, and what has become of
them since.

A file is looked at by its size, time and number on the disk, and read where one of these has
changed; all are read again once a day, because a disk can change a file without saying so."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path

from metropolis.problem import Problem
from metropolis.release.manifest import file_digest
from metropolis.text_file import write_file

_READ_AGAIN = 86_400  # seconds
READABLE_FILE, READABLE_FOLDER = 0o644, 0o755


@dataclass(frozen=True)
class Mark:
    """How a file is known: SHA-256, bytes, time of its last change in nanoseconds, number on the
    disk."""

    sha256: str
    size: int
    time: int
    number: int


Seal = Mapping[str, Mark]


def walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Path and state of a folder ("./") and all under it: folders with a slash at their end, links
    as links.

    Thousands of files at each look: nothing here makes an object for each step of a path.
    """
    yield "./", folder.lstat()
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with (
            suppress(OSError),
            os.scandir(folder / above) as found,
        ):  # one that cannot be entered has nothing to show
            for entry in found:
                is_folder = entry.is_dir(follow_symlinks=False)
                path = f"{above}{entry.name}{'/' * is_folder}"
                if is_folder:
                    waiting.append(path)
                yield path, entry.stat(follow_symlinks=False)


def entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The same without the folders."""
    return ((path, state) for path, state in walk(folder) if not path.endswith("/"))


def mark(file: Path) -> Mark:
    """How a file is known from now on."""
    return Mark(file_digest(file), *_place(file.lstat()))


def make_seal(folder: Path) -> dict[str, Mark]:
    """The seal of a folder as it is."""
    return {path: mark(folder / path) for path, _ in entries(folder)}


def write_seal(file: Path, seal: Seal) -> None:
    """Keeps a seal."""
    file.parent.mkdir(exist_ok=True)
    write_file(
        file, json.dumps({path: astuple(one) for path, one in seal.items()}, indent=0) + "\n"
    )


def read_seal(file: Path) -> dict[str, Mark] | None:
    """A seal that was kept; None where there is none, or it cannot be read."""
    try:
        return {path: Mark(*values) for path, values in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def is_due(file: Path) -> bool:
    """Whether everything under a seal is to be read again."""
    try:
        return abs(time.time() - file.stat().st_mtime) > _READ_AGAIN
    except OSError:
        return True


def damages(folder: Path, seal: Seal, is_thorough: bool) -> dict[str, str]:
    """What is wrong, by path: files that are missing, changed, added, or that the web server cannot
    read."""
    standing = dict(walk(folder))
    found = {path: f"“{path}” is missing." for path in seal if path not in standing}
    for path, state in standing.items():
        if path.endswith("/"):
            if state.st_mode & READABLE_FOLDER != READABLE_FOLDER:
                found[path] = f"The folder “{path}” cannot be entered by the web server."
        elif path not in seal:
            found[path] = f"“{path}” was added: nothing that was built has it."
        elif not _is_same(folder / path, state, seal[path], is_thorough):
            found[path] = f"“{path}” is not as it was built."
        elif state.st_mode & READABLE_FILE != READABLE_FILE:
            found[path] = f"“{path}” cannot be read by the web server."
    return found


def _is_same(file: Path, state: os.stat_result, known: Mark, is_thorough: bool) -> bool:
    if not stat.S_ISREG(state.st_mode):
        return False
    if not is_thorough and _place(state) == (known.size, known.time, known.number):
        return True
    return has(file, known.sha256)


def has(file: Path, sha256: str) -> bool:
    """Whether it is a file with this content, and can be read."""
    try:
        return not file.is_symlink() and file_digest(file) == sha256
    except OSError:
        return False


def look(folder: Path, file: Path, name: str) -> list[Problem] | None:
    """What has become of a folder since it was sealed in `file`; None where there is no seal to
    compare it with."""
    seal = read_seal(file)
    if seal is None:
        return None
    is_thorough = is_due(file)
    found = damages(folder, seal, is_thorough)
    if not found:
        # Read and found the same: from now on it is known by where it lies now (a copy from a
        # backup lies elsewhere).
        now = {path: Mark(seal[path].sha256, *_place(state)) for path, state in entries(folder)}
        if is_thorough or now != seal:
            write_seal(file, now)
    return [Problem(name, 0, 0, what) for what in found.values()]


def _place(state: os.stat_result) -> tuple[int, int, int]:
    return state.st_size, state.st_mtime_ns, state.st_ino
