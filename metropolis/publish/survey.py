"""What `publish doctor` found out: plain records, so that a diagnosis needs no server to test."""

from __future__ import annotations

from dataclasses import dataclass, field

from metropolis.problem import Problem
from metropolis.publish.people import KeyLine


@dataclass(frozen=True)
class SystemSurvey:
    """What belongs to root; None: could not be looked at. `unit`, `timer`: texts of the files,
    empty if missing; `wanted_unit`: what set-up would write; `timer_state`: systemctl's word;
    `sshd`: the settings for the account, by their name in lower case."""

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
class WebSurvey:
    """nginx's answer for the server's name on loopback. `names`: those in nginx's file; `trouble`:
    why there was no answer; `is_ours`: it has our headers, or redirects to https; `certificate`:
    what is wrong with it; `days`: how long it is valid, None if nothing answers with TLS."""

    names: tuple[str, ...] = ()
    is_linked: bool = True
    trouble: str = ""
    is_ours: bool = True
    certificate: str = ""
    days: int | None = None


@dataclass(frozen=True)
class ServerSurvey:
    """The server's own folder, and what its account can do. Sizes are in bytes; `needed` is what a
    publication needs. `foreign`: owned by another account; `writable`: by another account; `closed`
    and `unreadable`: folders and files that the web server cannot pass or read; `configuration`:
    git's key -> (value, right value); `sandbox`: "bubblewrap", "unshare" or "limits"."""

    account: str = "metropolis"
    owner: str = "metropolis"
    settings: tuple[Problem, ...] = ()
    maintainers: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    closed: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()
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
