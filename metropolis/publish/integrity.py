"""Checks whether somebody else could change code that root or the server's account runs: whoever
may write a program, a folder above it or a link to it controls what it does."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from metropolis.folders import walk
from metropolis.publish.account import account_of

_SHOWN = 3


def changeable(path: Path, owner: int = 0) -> list[str]:
    """Why others than root (or `owner`, a user id) could replace `path`."""
    found = []
    for place in dict.fromkeys(_chain(path)):
        with suppress(OSError):
            if fault := _fault(place.lstat(), owner):
                found.append(f"{place} {fault}")
    return found


def changeable_code(toolkit: Path, python: Path, owner: int = 0) -> list[str]:
    """The same of all code that publishes; of many reasons the first, and a count."""
    states = walk(toolkit)
    below = [f"{toolkit / path} {fault}" for path, one in states if (fault := _fault(one, owner))]
    first = [*changeable(toolkit, owner), *changeable(python, owner), *below[:_SHOWN]]
    more = len(below) - _SHOWN
    return [*dict.fromkeys(first), *([f"and {more} more"] if more > 0 else [])]


def _chain(path: Path) -> list[Path]:
    """Every folder and link on the way to a file, as the system follows them."""
    found = [Path("/")]
    here = Path("/")
    parts = [*path.absolute().parts[1:]]
    while parts and len(found) < 500:  # links may lead in a circle
        part = parts.pop(0)
        if part == "..":
            here = here.parent
            continue
        found.append(here / part)
        if (here / part).is_symlink():
            target = (here / part).readlink()
            here = Path("/") if target.is_absolute() else here
            parts = [*target.parts[target.is_absolute() :], *parts]
        else:
            here /= part
    return found


def _fault(found: os.stat_result, owner: int) -> str:
    if found.st_uid not in (0, owner):
        return f"belongs to {account_of(found.st_uid).name}"
    if stat.S_ISLNK(found.st_mode):
        return ""
    # In a folder such as /tmp everybody may make files, but nobody may move another's.
    is_shared = stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX
    all_may, group_may = found.st_mode & stat.S_IWOTH, found.st_mode & stat.S_IWGRP
    if is_shared or not (all_may or (group_may and found.st_gid != 0)):
        return ""
    return f"can be written by {'everybody' if all_may else 'a group'}"
