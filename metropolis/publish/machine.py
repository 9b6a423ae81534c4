"""What a machine knows of a server: the files by which systemd, sshd and nginx learn of it, and
what they say.

All of them belong to root. Nothing that root runs or reads as configuration lies where the server's
account can write."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from metropolis.publish.account import Account
from metropolis.publish.nginx import BROTLI, site_rules
from metropolis.publish.places import Places

USUAL = Path("/srv/metropolis")
_SERVER_NAME = re.compile(r"^\s*server_name\s+([^;]+);", re.MULTILINE)


@dataclass(frozen=True)
class Machine:
    """`root` is / but in tests; the names of all files come from the server's folder:
    /srv/metropolis is metropolis."""

    places: Places
    root: Path = Path("/")

    @property
    def instance(self) -> str:
        """What its files are called."""
        return self.places.root.name

    @property
    def typed(self) -> str:
        """How its commands begin: the usual folder goes without saying."""
        return "sudo metropolis publish" + (
            "" if self.places.root == USUAL else f" --at {self.places.root}"
        )

    @property
    def service(self) -> Path:
        """The unit that puts things right."""
        return self.root / f"etc/systemd/system/{self.instance}-reconcile.service"

    @property
    def timer(self) -> Path:
        """What starts it."""
        return self.service.with_suffix(".timer")

    @property
    def enabled(self) -> Path:
        """The link by which the timer starts with the machine."""
        return self.root / f"etc/systemd/system/timers.target.wants/{self.timer.name}"

    @property
    def rules(self) -> Path:
        """nginx: our part."""
        return self.root / f"etc/nginx/snippets/{self.instance}.conf"

    @property
    def site(self) -> Path:
        """nginx: name and addresses; certbot goes on with it."""
        return self.root / f"etc/nginx/sites-available/{self.instance}.conf"

    @property
    def enabled_site(self) -> Path:
        """The link by which nginx reads it."""
        return self.root / f"etc/nginx/sites-enabled/{self.instance}.conf"

    @property
    def sshd(self) -> Path:
        """What keys of the account may not do, whatever their line says."""
        return self.root / f"etc/ssh/sshd_config.d/{self.instance}.conf"

    @property
    def program(self) -> Path:
        """The command that staff type, in every folder."""
        return self.root / "usr/local/bin/metropolis"


def server_names(machine: Machine) -> tuple[str, ...]:
    """The names that nginx's file gives the site; none where there is no such file."""
    try:
        text = machine.site.read_text("utf-8", "replace")
    except OSError:
        return ()
    return tuple(name for found in _SERVER_NAME.findall(text) for name in found.split())


def units(machine: Machine, account: Account, command: Sequence[str]) -> dict[Path, str]:
    """A service and its timer: reconcile a minute after the machine's start, and every five
    minutes.

    The build makes namespaces of its own, with a /proc of its own: what systemd lays over /proc
    (ProtectKernelTunables, ProtectKernelLogs, ProtectProc) or forbids (RestrictNamespaces,
    SystemCallFilter) would take that away."""
    root = machine.places.root
    service = f"""\
[Unit]
Description=Metropolis: what is published is live
ConditionPathExists={machine.places.settings_file}

[Service]
Type=oneshot
User={account.name}
Group={account.name}
UMask=0022
ExecStart={shlex.join(command)}
TimeoutStartSec=30min
NoNewPrivileges=yes
CapabilityBoundingSet=
ProtectSystem=strict
ReadWritePaths={root}
ProtectHome=read-only
PrivateTmp=yes
PrivateDevices=yes
PrivateMounts=yes
ProtectClock=yes
ProtectControlGroups=yes
ProtectHostname=yes
ProtectKernelModules=yes
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
RestrictRealtime=yes
RestrictSUIDSGID=yes
LockPersonality=yes
SystemCallArchitectures=native
"""
    timer = """\
[Unit]
Description=Metropolis: after a crash, put right

[Timer]
OnActiveSec=1min
OnUnitActiveSec=5min

[Install]
WantedBy=timers.target
"""
    return {machine.service: service, machine.timer: timer}


def sshd_block(machine: Machine, account: Account) -> str:
    """Keys of the server's folder and no others; no password, terminal, forwarding or variable for
    this account."""
    return f"""\
Match User {account.name}
    AuthorizedKeysFile {machine.places.keys}
    AuthenticationMethods publickey
    DisableForwarding yes
    PermitTTY no
    PermitUserRC no
"""


def system_files(
    machine: Machine, account: Account, command: Sequence[str], locales: Sequence[str]
) -> dict[Path, str]:
    """Path -> text of the files that are ours; the server block of nginx, which is made once, is
    not among them."""
    return {
        **units(machine, account, command),
        machine.sshd: sshd_block(machine, account),
        machine.rules: site_rules(machine.places, locales, BROTLI.is_file()),
    }
