"""A server on a separate machine, set up as the handbook prints it: two people push over ssh, nginx
answers. It has the interface of `Rehearsal`, so that the same campaign runs over both.
"""

from __future__ import annotations

import ctypes
import os
import re
import shlex
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email.message import Message
from pathlib import Path
from typing import Any

from own_machine import ROOT, OwnMachine
from rehearsal import Rehearsal

from metropolis.publish.machine import USUAL
from metropolis.publish.places import Places
from metropolis.publish.processes import descendants
from metropolis.publish.settings import read_settings

HANDBOOK = ROOT / "docs/staff/publishing.md"
BLOCK = re.compile(r"^```sh (\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
NAME = "plan.metropolis.org"
_SMALL = "/opt/metropolis/.venv/bin/small"
# Bytes and files of the server's disk; a release of the whole site is about 60 MB.
_DISK = {"size": 2_000_000_000, "nr_inodes": 400_000}
_LONGEST_BUILD = 600  # seconds: the test machine has other work too
_CLONE_NEWNET = 0x40000000


def printed(who: str) -> list[str]:
    """The handbook's blocks for `who`, as it prints them."""
    return [text for found, text in BLOCK.findall(HANDBOOK.read_text("utf-8")) if found == who]


def set_up_as_printed(machine: OwnMachine) -> None:
    """Set up, with Ana, who maintains, and Luc added; nothing is published yet."""
    for line in printed("server")[1].splitlines():
        machine.run(line, user="admin")
        if "git clone" in line:
            machine.bring_environment()
    for name in ("ana", "luc"):
        key = machine.run(printed("first")[0], name, data="\n\n\n").stdout.splitlines()[-1]
        machine.run(f"echo '{key}' >{name}.pub", "admin")
        machine.run(
            f"ssh-keyscan {NAME} >~/.ssh/known_hosts 2>/dev/null\ngit config --global user.name"
            f" {name}; git config --global user.email {name}@example.org",
            user=name,
        )
    for block in printed("people"):
        machine.run(block, user="admin")


def build_in_no_time(machine: OwnMachine) -> None:
    """Replaces the real build by the small one, which needs little space."""
    write = (
        "from pathlib import Path; from small_build import write_program;"
        f" write_program(Path('{_SMALL}'))"
    )
    machine.run(
        f'PYTHONPATH=/opt/metropolis/tools /opt/metropolis/.venv/bin/python -c "{write}"; chmod 755'
        f' {_SMALL}\nsed -i \'s#"python": .*#"python": "{_SMALL}",#; s/: 200000000\\b/: 1000000/\''
        f" {USUAL}/settings.json"
    )


def run_the_timer(machine: OwnMachine, check: bool = True) -> None:
    """Runs what systemd would run, with the account and the writable folder that the unit names."""
    unit = (machine.root / "etc/systemd/system/metropolis-reconcile.service").read_text("utf-8")
    rules = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line)
    machine.run(
        f"exec unshare --mount sh -c 'mount --bind {rules['ReadWritePaths']}"
        f" {rules['ReadWritePaths']}\nmount -o remount,bind,ro / \nexec setpriv"
        f" --reuid={rules['User']} --regid={rules['Group']} --clear-groups --no-new-privs"
        f" --bounding-set=-all env -i PATH=/usr/bin:/bin {rules['ExecStart']}'",
        check=check,
    )


class OwnServer(Rehearsal):
    """Root's only; `folder` is where the machine is made."""

    has_own_disk = True
    remote = f"metropolis@{NAME}:plan.git"
    address = "http://127.0.0.1"

    def __init__(self, folder: Path) -> None:
        self.machine = OwnMachine(folder)
        try:
            self._limit_disk("mount -t tmpfs -o mode=755", _DISK)
            self.machine.prepare()
            set_up_as_printed(self.machine)
            build_in_no_time(self.machine)
        except BaseException:
            self.close()
            raise
        self.places = Places(self.machine.root / USUAL.relative_to("/"))
        settings, _ = read_settings(self.places)
        assert settings
        self.settings = replace(settings, keep=3, longest_build=_LONGEST_BUILD)
        self._write(self.settings)
        self.machine.run(f"git config --global --add safe.directory {USUAL}/plan.git")
        self._standing = set(self._running())
        self._joined = threading.local()

    def _limit_disk(self, mount: str, limits: dict[str, int]) -> None:
        options = ",".join(f"{name}={number}" for name, number in limits.items())
        self.machine.run(f"{mount},{options} disk /srv")

    def clone(self, name: str) -> Path:
        """As printed, from where everybody clones; the server is its remote `site`."""
        self.machine.run(printed("first")[1], name)
        return self.machine.root / "home" / name / "plan"

    def command(self, folder: Path, *words: str, who: str = "") -> dict[str, Any]:  # noqa: ARG002
        """Runs it as the owner of the copy, as after a login; in the repository as root, which only
        reads."""
        inner = folder.relative_to(self.machine.root)
        user = inner.parts[1] if inner.parts[0] == "home" else "root"
        return self.machine.command(f"cd /{inner}; exec {shlex.join(words)}", user)

    def give(self, file: Path) -> None:
        """New folders above it too."""
        folder = file.parent
        while folder.stat().st_uid == 0 and folder.parent != self.machine.root:
            folder = folder.parent
        owner = folder.stat()
        while file != folder:
            os.chown(file, owner.st_uid, owner.st_gid)
            file = file.parent

    def client(self, push: int) -> int:
        """git itself, inside the program that enters the machine."""
        return min(descendants(push), default=push)

    def server_processes(self, push: int) -> list[int]:  # noqa: ARG002
        """sshd's for this session, and whatever they have started."""
        return [one for one in self._running() if one not in self._standing]

    def _running(self) -> list[int]:
        return [one for one in descendants(self.machine.inside) if _is_alive(one)]

    def is_busy(self) -> bool:
        """Whether something runs that does not always."""
        return bool(self.server_processes(0))

    def reconcile(self) -> None:
        """By the unit's own command."""
        run_the_timer(self.machine, check=False)

    def staff(self, *words: str) -> int:
        """As an administrator types it."""
        return self.machine.run(
            f"sudo metropolis publish {shlex.join(words)}", "admin", check=False
        ).returncode

    @contextmanager
    def full(self, files: bool, left: int) -> Iterator[None]:
        """For a while, the disk has space for only `left` more bytes or files."""
        use = os.statvfs(self.places.root)
        size, number = (use.f_blocks - use.f_bfree) * use.f_frsize, use.f_files - use.f_ffree
        limits = {"nr_inodes": number + left} if files else {"size": size + left}
        self._limit_disk("mount -o remount", limits)
        try:
            yield
        finally:
            self._limit_disk("mount -o remount", _DISK)

    def serve(self) -> None:
        """nginx runs since the machine was prepared."""

    def get(self, path: str, **headers: str) -> tuple[int, Message, bytes]:
        """What a reader gets; from then on the calling thread is in the machine's network."""
        if not hasattr(self._joined, "network"):
            with Path(f"/proc/{self.machine.inside}/ns/net").open() as network:
                if ctypes.CDLL(None, use_errno=True).setns(network.fileno(), _CLONE_NEWNET):
                    raise OSError(ctypes.get_errno(), "the machine's network cannot be entered")
            self._joined.network = True
        return super().get(path, Host=NAME, **headers)

    def close(self) -> None:
        """Ends the machine, and all that runs in it."""
        self.machine.close()


def _is_alive(process: int) -> bool:
    """False for ended processes, which stay: the machine's first process waits for none."""
    try:
        return bool(Path(f"/proc/{process}/cmdline").read_bytes())
    except OSError:
        return False
