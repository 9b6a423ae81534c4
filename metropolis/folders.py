"""Whole folders: swaps two in one step, empties one, and lists everything under one."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path


def put_in_place(new: Path, target: Path) -> None:
    """Gives the folder `new` the name `target`, which always belongs to a whole folder. The old one
    is then at `new`, to be removed."""
    if not target.exists():
        new.rename(target)
    elif not swap(new, target):
        # Without this system call: two renames, with the old folder restored if the second fails.
        old = new.with_name(new.name + "-old")
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def swap(one: Path, other: Path) -> bool:
    """Swaps two folders in one step; False if the system cannot."""
    current_folder, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    places = (current_folder, os.fsencode(one), current_folder, os.fsencode(other))
    try:
        return bool(ctypes.CDLL(None).renameat2(*places, exchange) == 0)
    except (AttributeError, OSError):
        return False


def empty_folder(folder: Path, kept: str = "") -> None:
    """Removes everything in a folder (or behind a link to one), except for a real folder `kept`."""
    for child in folder.iterdir() if folder.is_dir() else ():
        is_folder = child.is_dir() and not child.is_symlink()
        if is_folder and child.name != kept:
            shutil.rmtree(child, ignore_errors=True)
        elif not is_folder:
            child.unlink(missing_ok=True)


def walk(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """Path and state of a folder ("./") and everything under it: folders end with a slash, links
    are not followed. What disappears meanwhile, or cannot be entered, is left out. Strings instead
    of Path objects: this runs over thousands of files each time."""
    yield "./", folder.lstat()
    waiting = [""]
    while waiting:
        above = waiting.pop()
        with suppress(OSError), os.scandir(folder / above) as found:
            for entry in found:
                is_folder = entry.is_dir(follow_symlinks=False)
                path = f"{above}{entry.name}{'/' * is_folder}"
                if is_folder:
                    waiting.append(path)
                with suppress(OSError):
                    yield path, entry.stat(follow_symlinks=False)


def entries(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The same without folders."""
    return ((path, state) for path, state in walk(folder) if not path.endswith("/"))
