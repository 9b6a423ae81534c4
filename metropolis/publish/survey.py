"""What `publish doctor` looks at: plain records, so that every finding can be tried without a
server."""

from __future__ import annotations

from dataclasses import dataclass, field

from metropolis.problem import Problem
from metropolis.publish.people import KeyLine


@dataclass(frozen=True)
class Seen:
    """The first few of many; `count` is how many there are."""

    first: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True)
class SystemSeen:
    """What root alone can see, or what belongs to root. None: could not be looked at.

    `unit`, `timer`: texts of the files, empty where they are missing; `wanted` the texts that
    set-up would write. `timer_state`: systemctl's word; `sshd`: the settings that hold for the
    account, by their name in lower case."""

    is_root: bool = True
    toolkit: tuple[str, ...] = ()
    unit: str = ""
    timer: str = ""
    wanted_unit: str = ""
    is_enabled: bool = True
    timer_state: str = "active"
    last_run: str = "inactive"
    sshd: dict[str, str] | None = None


@dataclass(frozen=True)
class WebSeen:
    """nginx's answer for the server's name on loopback.

    `names`: those of nginx's file, empty where it is missing; `trouble`: why there was no answer;
    `is_ours`: the answer carries our headers, or leads to https. `certificate`: what is wrong with
    it; `days` it is still good for, None where nothing answers with TLS."""

    names: tuple[str, ...] = ()
    is_linked: bool = True
    trouble: str = ""
    is_ours: bool = True
    certificate: str = ""
    days: int | None = None


@dataclass(frozen=True)
class ServerSeen:
    """The server's own folder, and what its account can do. Sizes in bytes; `needed` is what a
    publication wants.

    `foreign`: belongs to another account; `writable`: by another account; `closed` and
    `unreadable`: folders and files that the web server cannot pass or read; `configuration`: git's
    key -> what is set, what should be; `sandbox`: "bubblewrap", "unshare" or "limits"."""

    account: str = "metropolis"
    owner: str = "metropolis"
    settings: tuple[Problem, ...] = ()
    maintainers: tuple[str, ...] = ()
    foreign: Seen = field(default_factory=Seen)
    writable: Seen = field(default_factory=Seen)
    closed: Seen = field(default_factory=Seen)
    unreadable: Seen = field(default_factory=Seen)
    hooks: tuple[str, ...] = ()
    configuration: dict[str, tuple[str, str]] = field(default_factory=dict)
    git: tuple[int, ...] = (2, 39)
    git_trouble: str = ""
    trusts_everything: bool = False
    keys: tuple[KeyLine, ...] = ()
    can_read_toolkit: bool = True
    is_environment_locked: bool = True
    has_locale: bool = True
    sandbox: str = "bubblewrap"
    free: int = 10**12
    needed: int = 0
    free_inodes: int = 10**9
