"""Where things are on the server, and what was decided when it was set up."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from metropolis.publish.limits import Limits
from metropolis.text_file import write_file


@dataclass(frozen=True)
class Settings(Limits):
    """`toolkit` is the installed project, whose code, theme and configuration build every release;
    `python` runs it.

    `maintainers` may push changes of code; `keep` releases stay for a rollback; times are in
    seconds, sizes in bytes."""

    toolkit: str
    python: str
    branch: str = "main"
    maintainers: tuple[str, ...] = ()
    keep: int = 5
    most_memory: int = 4_000_000_000
    least_space: int = 200_000_000


@dataclass(frozen=True)
class Places:
    """Everything under the folder that `publish setup` made."""

    root: Path

    @property
    def settings_file(self) -> Path:
        """What was decided at set-up."""
        return self.root / "settings.json"

    @property
    def keys(self) -> Path:
        """Who may push: a line for each key, as sshd reads them."""
        return self.root / ".ssh" / "authorized_keys"

    @property
    def repository(self) -> Path:
        """The bare repository that staff push to."""
        return self.root / "plan.git"

    @property
    def releases(self) -> Path:
        """One folder for each release, by its commit."""
        return self.root / "releases"

    @property
    def current(self) -> Path:
        """The link to the live release, which the web server follows."""
        return self.root / "current"

    @property
    def previews(self) -> Path:
        """One link for each preview, by its address."""
        return self.root / "previews"

    @property
    def pool(self) -> Path:
        """Files with a hash in their name, which outlive their release: an old page still open asks
        for them."""
        return self.root / "pool"

    @property
    def seals(self) -> Path:
        """What each release was when it was put in its place, file by file: out of the web server's
        sight."""
        return self.root / "seals"

    @property
    def work(self) -> Path:
        """Builds under way; on the same file system as the releases, so that a rename is one
        step."""
        return self.root / "work"

    @property
    def cache(self) -> Path:
        """What builds keep for the next one."""
        return self.root / "cache"

    @property
    def checks(self) -> Path:
        """Checks of pushes under way, each in a room that stays, with what it keeps for the next
        one."""
        return self.root / "checks"

    @property
    def build_times(self) -> Path:
        """How long the last builds took."""
        return self.root / "build-times.json"

    @property
    def faults(self) -> Path:
        """What only a programmer can read of what went wrong."""
        return self.root / "faults.log"

    @property
    def lock(self) -> Path:
        """The file that whoever publishes holds locked."""
        return self.root / "publish.lock"

    @property
    def pin(self) -> Path:
        """The release that was gone back to; while it stands, no push changes what is live."""
        return self.root / "pinned"

    @property
    def pending(self) -> Path:
        """What was built for a push whose ref has not moved yet."""
        return self.root / "pending.json"

    @property
    def log(self) -> Path:
        """What went live, when and by whom."""
        return self.root / "published.tsv"

    def release(self, commit: str) -> Path:
        """The folder of a release."""
        return self.releases / commit

    def seal(self, commit: str) -> Path:
        """The seal of a release."""
        return self.seals / f"{commit}.json"

    def live(self) -> str:
        """The commit of the live release; empty before the first, and where the link leads
        nowhere."""
        name = self.current.readlink().name if self.current.is_symlink() else ""
        return name if name and self.release(name).is_dir() else ""

    def pinned(self) -> str:
        """The commit that was gone back to; empty if nothing is pinned."""
        return self.pin.read_text("utf-8").strip() if self.pin.is_file() else ""

    def write_pin(self, commit: str) -> None:
        """Decides that the site stays at a release; an empty commit ends that."""
        if commit:
            write_file(self.pin, f"{commit}\n")
        else:
            self.pin.unlink(missing_ok=True)
