"""Two folders change places in one step, so that at every moment a whole one stands under the
name."""

from __future__ import annotations

import ctypes
import os
import shutil
from pathlib import Path


def put_in_place(new: Path, target: Path) -> None:
    """The folder `new` takes the name `target`; what stood there is left under `new`, to be
    removed."""
    if not target.exists():
        new.rename(target)
    elif not exchange(new, target):
        # A system without the exchange: two renames, and the old folder comes back if the second
        # one fails.
        old = new.with_name(new.name + "-old")
        target.rename(old)
        try:
            new.rename(target)
        except OSError:
            old.rename(target)
            raise
        shutil.rmtree(old, ignore_errors=True)


def exchange(one: Path, other: Path) -> bool:
    """Linux can swap two folders in one step, so that there is a whole one at every moment; False
    where it cannot."""
    current_folder, swap = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    try:
        renameat2 = ctypes.CDLL(None).renameat2
    except (AttributeError, OSError):
        return False
    return bool(
        renameat2(current_folder, os.fsencode(one), current_folder, os.fsencode(other), swap) == 0
    )
