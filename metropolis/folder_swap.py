"""Swaps two folders in one step: at every moment the name belongs to a complete one."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path


def put_in_place(new: Path, target: Path) -> None:
    """Gives the folder `new` the name `target`; the old folder is then at `new`, to be removed."""
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
    current_folder, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(
        renameat2(current_folder, os.fsencode(one), current_folder, os.fsencode(other), swap) == 0
    )
