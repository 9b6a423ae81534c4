"""The seal of a release: a record of each file when the release was put in place. A file is read if
its size, time or inode has changed, and once a day, because a disk can change it without these."""

from __future__ import annotations

import json
import os
import stat
import time
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from metropolis.folders import entries, walk
from metropolis.problem import Problem
from metropolis.release.manifest import file_digest
from metropolis.text_file import write_file

_READ_AGAIN = 86_400  # seconds
READABLE_FILE, READABLE_FOLDER = 0o644, 0o755


class Mark(NamedTuple):
    """A file's SHA-256, bytes, time of its last change in nanoseconds, and inode number."""

    sha256: str
    size: int
    time: int
    number: int


Seal = Mapping[str, Mark]


def make_seal(folder: Path) -> dict[str, Mark]:
    found = entries(folder)
    return {path: Mark(file_digest(folder / path), *_place(state)) for path, state in found}


def write_seal(file: Path, seal: Seal) -> None:
    write_file(file, json.dumps(dict(seal), indent=0) + "\n")


def read_seal(file: Path) -> dict[str, Mark] | None:
    """The seal in a file; None if there is none, or it cannot be read."""
    try:
        return {path: Mark(*values) for path, values in json.loads(file.read_text("utf-8")).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return None


def is_due(file: Path) -> bool:
    """Whether all sealed files must be read again."""
    try:
        return abs(time.time() - file.stat().st_mtime) > _READ_AGAIN
    except OSError:
        return True


def damages(folder: Path, seal: Seal, is_thorough: bool) -> dict[str, str]:
    """What is wrong, by path: missing, changed, added or unreadable files."""
    present = dict(walk(folder))
    found = {path: f"“{path}” is missing." for path in seal if path not in present}
    for path, state in present.items():
        if path.endswith("/"):
            if state.st_mode & READABLE_FOLDER != READABLE_FOLDER:
                found[path] = f"The folder “{path}” cannot be entered by the web server."
        elif path not in seal:
            found[path] = f"“{path}” was added: no build made it."
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
    """Whether it is a readable file with this content."""
    try:
        return not file.is_symlink() and file_digest(file) == sha256
    except OSError:
        return False


def look(folder: Path, file: Path, name: str) -> list[Problem] | None:
    """What has changed in a folder since it was sealed in `file`; None if there is no seal."""
    seal = read_seal(file)
    if seal is None:
        return None
    is_thorough = is_due(file)
    found = damages(folder, seal, is_thorough)
    if not found:
        # Read and the same: record the new times and inodes (those of a restored backup differ).
        now = {path: Mark(seal[path].sha256, *_place(state)) for path, state in entries(folder)}
        if is_thorough or now != seal:
            write_seal(file, now)
    return [Problem(name, 0, 0, what) for what in found.values()]


def _place(state: os.stat_result) -> tuple[int, int, int]:
    return state.st_size, state.st_mtime_ns, state.st_ino
