"""The files of a machine that refer to a server: those of systemd, sshd and nginx. All belong to
root: the server's account cannot write anything that root runs or reads as configuration."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from metropolis.publish.account import Account
from metropolis.publish.nginx import BROTLI, site_rules
from metropolis.publish.places import Places
from metropolis.text_file import text_if_any

USUAL = Path("/srv/metropolis")
_SERVER_NAME = re.compile(r"^\s*server_name\s+([^;]+);", re.MULTILINE)


class Machine:
    """The paths of these files, named after the server's folder (/srv/metropolis: metropolis)."""

    def __init__(self, places: Places) -> None:
        self.places = places
        name = self.instance = places.root.name
        # How its commands begin, for messages.
        at = "" if places.root == USUAL else f" --at {places.root}"
        self.typed = f"sudo metropolis publish{at}"
        self.set_up = f"sudo metropolis publish setup {places.root}"
        units = Path("/etc/systemd/system")
        self.service = units / f"{name}-reconcile.service"
        self.timer = units / f"{name}-reconcile.timer"
        self.enabled = units / "timers.target.wants" / self.timer.name  # starts with the machine
        self.rules = Path(f"/etc/nginx/snippets/{name}.conf")  # our part
        self.site = Path(f"/etc/nginx/sites-available/{name}.conf")  # certbot adds to it
        self.enabled_site = Path(f"/etc/nginx/sites-enabled/{name}.conf")
        self.sshd = Path(f"/etc/ssh/sshd_config.d/{name}.conf")
        self.program = Path("/usr/local/bin/metropolis")  # what staff type


def server_names(machine: Machine) -> tuple[str, ...]:
    """The names of the site in nginx's file; none if there is no such file."""
    text = text_if_any(machine.site)
    return tuple(name for found in _SERVER_NAME.findall(text) for name in found.split())


def timer_units(machine: Machine, account: Account, command: Sequence[str]) -> dict[Path, str]:
    """A service and its timer: reconcile after the machine's start, and every five minutes.

    The build makes its own namespaces, with its own /proc. Settings of systemd that cover parts of
    /proc (ProtectKernelTunables, ProtectKernelLogs, ProtectProc) or forbid namespaces
    (RestrictNamespaces, SystemCallFilter) would prevent this."""
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
ReadWritePaths={machine.places.root}
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


def system_files(
    machine: Machine, account: Account, command: Sequence[str], locales: Sequence[str]
) -> dict[Path, str]:
    """Path -> text of our files, without nginx's server block, which is written once. sshd accepts
    only keys of the server's folder, no passwords, terminals, forwarding or variables."""
    sshd = f"""\
Match User {account.name}
    AuthorizedKeysFile {machine.places.keys}
    AuthenticationMethods publickey
    DisableForwarding yes
    PermitTTY no
    PermitUserRC no
"""
    return {
        **timer_units(machine, account, command),
        machine.sshd: sshd,
        machine.rules: site_rules(machine.places, locales, BROTLI.is_file()),
    }
