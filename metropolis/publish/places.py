"""Where everything is on the server."""

from __future__ import annotations

import sys
from pathlib import Path

from metropolis.text_file import write_file


class Places:
    """The paths below `root`, the folder that `publish setup` made."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.settings_file = root / "settings.json"
        self.keys = root / ".ssh" / "authorized_keys"  # who may push: one line for each key
        self.repository = root / "plan.git"  # bare; staff push to it
        self.releases = root / "releases"  # one folder for each release, named by its commit
        self.current = root / "current"  # link to the live release; the web server follows it
        self.previews = root / "previews"  # one link for each preview, named by its address
        # Files with a hash in their name. They outlive their release: pages still open need them.
        self.pool = root / "pool"
        self.seals = root / "seals"  # what each release contained; the web server cannot read it
        self.pool_seal = self.seals / "pool.json"
        # Builds in progress. On the file system of the releases, so that a rename is one step.
        self.work = root / "work"
        self.cache = root / "cache"  # what builds reuse
        self.checks = root / "checks"  # folders in which pushes are checked; each keeps its cache
        self.build_times = root / "build-times.json"
        self.faults = root / "faults.log"  # stack traces
        self.lock = root / "publish.lock"  # locked by the process that publishes
        self.pin = root / "pinned"  # commit of a rollback; while it exists, pushes change nothing
        self.pending = root / "pending.json"  # a built push whose ref has not moved yet
        self.log = root / "published.tsv"  # what went live, when and by whom

    def release(self, commit: str) -> Path:
        return self.releases / commit

    def seal(self, commit: str) -> Path:
        return self.seals / f"{commit}.json"

    def live(self) -> str:
        """The commit of the live release; empty if there is none or the link is broken."""
        name = self.current.readlink().name if self.current.is_symlink() else ""
        return name if name and self.release(name).is_dir() else ""

    def pinned(self) -> str:
        """The commit of the current rollback; empty if there is none."""
        return self.pin.read_text("utf-8").strip() if self.pin.is_file() else ""

    def write_pin(self, commit: str) -> None:
        """Keeps the site at a release; an empty commit ends that."""
        if commit:
            write_file(self.pin, f"{commit}\n")
        else:
            self.pin.unlink(missing_ok=True)

    def command(self, toolkit: str, *arguments: str) -> list[str]:
        """`metropolis publish …` of the installed toolkit, as hooks, keys and the timer run it. -I:
        no variable and no folder of the caller decides which code is loaded. The Python is the one
        that runs now, never one that settings name: another account may have written those."""
        first = [sys.executable, "-I", "-m", "metropolis.cli", "--project", toolkit]
        return [*first, "publish", "--at", str(self.root), *arguments]
