"""The line that hooks, keys and the timer run: the installed toolkit, for one server."""

from __future__ import annotations

import sys

from metropolis.publish.places import Places


def program(toolkit: str, places: Places, *arguments: str) -> list[str]:
    """-I: no variable and no folder of whoever calls decides which code is loaded.

    The Python is the one that runs now: no settings that another account could write name it.
    """
    first = [sys.executable, "-I", "-m", "metropolis.cli", "--project", toolkit]
    return [*first, "publish", "--at", str(places.root), *arguments]
