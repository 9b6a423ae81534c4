"""Running processes, those that one of them has started, and their memory: read from /proc."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")
_PSS = re.compile(r"^Pss:\s+(\d+) kB$", re.MULTILINE)


def running_processes() -> list[int]:
    """The numbers of all processes. Raises OSError if the system does not list them."""
    return [int(entry.name) for entry in _PROC.iterdir() if entry.name.isdigit()]


def descendants(process: int) -> list[int]:
    """The processes that a process has started, and theirs; some may have ended since."""
    children: dict[int, list[int]] = {}
    for number in running_processes():
        with suppress(OSError, IndexError, ValueError):
            stat = (_PROC / str(number) / "stat").read_text("utf-8", "replace")
            parent = int(stat.rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(number)
    found, queue = [], [process]
    while queue:
        own = children.get(queue.pop(), [])
        found += own
        queue += own
    return found


def memory_of(processes: Iterable[int]) -> int:
    """Bytes that they use together; shared memory counts once."""
    total = 0
    for process in processes:
        with suppress(OSError):
            found = _PSS.search((_PROC / str(process) / "smaps_rollup").read_text("utf-8"))
            total += int(found[1]) * 1024 if found else 0
    return total


def memory_files(process: int, places: Iterable[str]) -> int:
    """Bytes of the files in memory under `places`, if these are the process's own and not ours."""
    total = 0
    for place in places:
        with suppress(OSError):
            theirs = f"{_PROC}/{process}/root{place}"
            if Path(theirs).stat().st_dev != Path(place).stat().st_dev:
                use = os.statvfs(theirs)
                total += (use.f_blocks - use.f_bfree) * use.f_frsize
    return total
