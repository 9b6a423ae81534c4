"""Who may push what: words and facts are everybody's, code is the maintainers'.

Configuration, macros, templates and scripts run with the server's rights. A push that touches one is refused by its
path unless a maintainer sends it; and even then the server goes on building with the version installed there.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable
from pathlib import Path

from metropolis.problem import Problem
from metropolis.publish.pushed_tree import PUBLISHED, Entry, list_tree

# Under the published folders too: a program has no business among pages.
_PROGRAMS = (".py", ".pyc", ".so", ".sh", ".js", ".mk", ".pth")


def pusher() -> str:
    """Who pushes: as the web server or the forced command of the key says, else the account."""
    return os.environ.get("REMOTE_USER") or os.environ.get("METROPOLIS_PUSHER") or getpass.getuser()


def is_protected(path: str) -> bool:
    """Whether a file is, or decides about, code: all but content, data, language lists and the handbook."""
    folder = path.split("/")[0]
    is_prose = folder in PUBLISHED or folder == "docs" or ("/" not in path and path.endswith(".md"))
    return not is_prose or path.endswith(_PROGRAMS)


def changed_paths(repository: Path, old: str, entries: Iterable[Entry]) -> list[str]:
    """The paths that differ between the commit `old` (empty: nothing) and a tree, gone ones included."""
    before = {entry.path: (entry.mode, entry.object) for entry in list_tree(repository, old)} if old else {}
    after = {entry.path: (entry.mode, entry.object) for entry in entries}
    return sorted(path for path in {*before, *after} if before.get(path) != after.get(path))


def check_trust(paths: Iterable[str], who: str, maintainers: Iterable[str]) -> list[Problem]:
    """A problem for each change of code by somebody who is not a maintainer."""
    if who in maintainers:
        return []
    what = "Only maintainers may change this file: it is, or decides about, code that runs on the server."
    how = f"Take it out of your push, or ask a maintainer ({', '.join(maintainers) or 'none is named yet'})."
    return [Problem(path, 0, 0, what, how=how) for path in paths if is_protected(path)]
