"""Whether code that root or the server's account runs could be changed by somebody else: looked for
on the disk.

Whoever may write a program, a folder above it or the link to it decides what it does.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

from metropolis.publish.account import account_of

_SHOWN = 3


def changeable(path: Path, owner: int = 0) -> list[str]:
    """Why others than root (or `owner`, a user's number) could put something else in the place of
    `path`."""
    chain = _chain(path)
    return [why for place in dict.fromkeys(chain) if (why := _why(place, owner))]


def changeable_below(folder: Path, owner: int = 0) -> tuple[list[str], int]:
    """The first reasons found below a folder, and how many there are."""
    reasons: list[str] = []
    count = 0
    for place in _below(folder):
        if why := _why(place, owner):
            count += 1
            if len(reasons) < _SHOWN:
                reasons.append(why)
    return reasons, count


def _chain(path: Path) -> list[Path]:
    """Every folder and link on the way to the file that a path leads to, as the system follows
    it."""
    found = [Path("/")]
    here = Path("/")
    parts = [*path.absolute().parts[1:]]
    while parts and len(found) < 500:  # links that lead in a circle come to an end
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


def _below(folder: Path) -> Iterator[Path]:
    for here, folders, files in os.walk(folder):
        for name in [*folders, *files]:
            yield Path(here, name)


def _why(place: Path, owner: int) -> str:
    try:
        found = place.lstat()
    except OSError:
        return ""
    if found.st_uid not in (0, owner):
        return f"{place} belongs to {account_of(found.st_uid).name}"
    if stat.S_ISLNK(found.st_mode):
        return ""
    # In a folder such as /tmp everybody may make a file and nobody may move another's.
    is_shared = stat.S_ISDIR(found.st_mode) and found.st_mode & stat.S_ISVTX
    group_may = found.st_mode & stat.S_IWGRP and found.st_gid != 0
    if not is_shared and (group_may or found.st_mode & stat.S_IWOTH):
        return (
            f"{place} can be written by"
            f" {'everybody' if found.st_mode & stat.S_IWOTH else 'a group'}"
        )
    return ""
