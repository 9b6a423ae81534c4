"""The files of a machine that refer to a server: those of systemd, sshd and nginx. All belong to
root: the server's account cannot write anything that root runs or reads as configuration. Set-up
may replace a file while the digest in its first line is right: once edited, it is somebody's."""

from __future__ import annotations

import difflib
import hashlib
import re
import shlex
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from metropolis.publish.account import Account
from metropolis.publish.nginx import BROTLI, site_rules
from metropolis.publish.places import Places
from metropolis.text_file import text_if_any, write_file

USUAL = Path("/srv/metropolis")
_SERVER_NAME = re.compile(r"^\s*server_name\s+([^;]+);", re.MULTILINE)

Outcome = Literal["written", "unchanged", "left alone"]
_FIRST_LINE = (
    "# Written by `metropolis publish setup`. Once you change it, it is yours and stays as it is."
    " ({})\n"
)
_MARK = re.compile(r"^# Written by `metropolis publish setup`\..*\(([0-9a-f]{16})\)$")
_LONGEST_DIFFERENCE = 20  # lines


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


def place_file(file: Path, text: str) -> Outcome:
    """Writes `text` below a line with its digest, unless the file is not, or no longer, ours."""
    new = _FIRST_LINE.format(_text_digest(text)) + text
    present = text_if_any(file)
    if present == new:
        return "unchanged"
    if present and not is_ours(present):
        return "left alone"
    write_file(file, new)
    return "written"


def is_ours(present: str) -> bool:
    """Whether a file is as set-up once wrote it."""
    first, _, rest = present.partition("\n")
    mark = _MARK.match(first)
    return mark is not None and mark[1] == _text_digest(rest)


def changes_to(file: Path, text: str) -> list[str]:
    """How a file that was left alone differs from `text`; nothing if others only added lines."""
    present = file.read_text("utf-8", "replace").splitlines()
    kept = [line for line in present if not _MARK.match(line)]
    lines = difflib.unified_diff(kept, text.splitlines(), lineterm="", n=0)
    changes = [line for line in lines if line[:2] not in ("--", "++", "@@")]
    if not any(line.startswith("+") for line in changes):
        return []
    left_out = len(changes) - _LONGEST_DIFFERENCE
    more = [f"… and {left_out} more lines"] if left_out > 0 else []
    return [*changes[:_LONGEST_DIFFERENCE], *more]


def _text_digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
