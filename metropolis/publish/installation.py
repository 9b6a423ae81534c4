"""Root's part of set-up: the account, its folder, and the files of the machine that name them."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from metropolis.publish.account import Account, make_account
from metropolis.publish.integrity import changeable, changeable_below
from metropolis.publish.machine import Machine, server_names, system_files
from metropolis.publish.nginx import addresses, server_block
from metropolis.publish.placed_file import changes_to, place_file
from metropolis.publish.places import Places
from metropolis.publish.program import program

# These words stand in files of nginx, systemd and sshd: plain ones cannot be read in another way
# there.
_FOLDER = re.compile(r"(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)+")
_INSTANCE = re.compile(r"[a-z][a-z0-9-]{0,30}")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?: [a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)*")
_LISTEN = re.compile(r"(?:[0-9.]+:|\[[0-9a-f:]+\]:)?[0-9]{1,5}")


class MachineError(Exception):
    """The server cannot be set up here; the message says why and what to type."""


@dataclass(frozen=True)
class Wanted:
    """What was asked for: `name` and `listen` are None where nothing was said, and then stay as
    they are."""

    account: str
    toolkit: Path
    python: Path
    name: str | None = None
    listen: str | None = None


def check_machine(places: Places, wanted: Wanted) -> list[str]:
    """What keeps a server from being set up by root; each in a sentence, with what to type."""
    found = []
    if not _FOLDER.fullmatch(str(places.root)) or not _INSTANCE.fullmatch(places.root.name):
        found.append(
            f"{places.root} has a name that systemd or nginx could misread. Use a-z, 0-9 and dash:"
            " /srv/metropolis."
        )
    if wanted.name is not None and not _NAME.fullmatch(wanted.name):
        found.append(
            f"“{wanted.name}” is no name of a server. Expected one such as: plan.metropolis.org"
        )
    if wanted.listen is not None and not _LISTEN.fullmatch(wanted.listen):
        found.append(
            f"“{wanted.listen}” is no address of a web server. Expected a port, or an address with"
            " one: 127.0.0.1:8080"
        )
    found += check_toolkit(wanted.toolkit, wanted.python)
    found += [
        f"{why}, so that others could move the server's folder."
        for why in changeable(places.root.parent)
    ]
    if places.root.is_symlink() or (places.root.exists() and not places.root.is_dir()):
        found.append(f"{places.root} is not a folder. Name the folder itself.")
    return found


def check_toolkit(toolkit: Path, python: Path) -> list[str]:
    """Whether anybody but root could change what root runs."""
    below, count = changeable_below(toolkit)
    reasons = [*dict.fromkeys([*changeable(toolkit), *changeable(python), *below])]
    if not reasons:
        return []
    more = f" and {count - len(below)} more" if count > len(below) else ""
    mend = (
        f"sudo chown -R root:root {shlex.quote(str(toolkit))} && sudo chmod -R go-w"
        f" {shlex.quote(str(toolkit))}"
    )
    return [f"The toolkit is not root's alone: {'; '.join(reasons)}{more}. Type: {mend}"]


def install(machine: Machine, wanted: Wanted, locales: Sequence[str]) -> tuple[Account, list[str]]:
    """Makes or mends root's part; returns the account, and a line for each thing that was done or
    left alone."""
    places = machine.places
    account = make_account(wanted.account, places.root)
    done = _make_folder(places, account)
    command = program(str(wanted.toolkit), places, "reconcile")
    for file, text in system_files(machine, account, command, locales).items():
        done += _placed(machine, file, text)
    if wanted.name or wanted.listen or not machine.site.exists():
        name = wanted.name or " ".join(server_names(machine)) or machine.instance
        listen = addresses(wanted.listen or "80", Path("/proc/net/if_inet6").exists())
        done += _placed(machine, machine.site, server_block(name, listen, machine.rules))
    done += _link(machine, machine.enabled_site, machine.site)
    done += _link(machine, machine.program, wanted.python.parent / "metropolis")
    return account, done


def _make_folder(places: Places, account: Account) -> list[str]:
    """The server's folder, which is the account's. One that is another's is not taken from them."""
    if not places.root.exists():
        places.root.mkdir(mode=0o755, parents=True)
        os.chown(places.root, account.uid, account.gid)
        return [f"made: {places.root}, for the account {account.name}"]
    owner = places.root.stat().st_uid
    if owner == 0 and not any(places.root.iterdir()):
        os.chown(places.root, account.uid, account.gid)
    elif owner != account.uid:
        raise MachineError(
            f"{places.root} belongs to another account than {account.name}. If all of it is the"
            f" server's, type: sudo chown -hR {account.name}:{account.name} {places.root}"
        )
    return []


def _placed(machine: Machine, file: Path, text: str) -> list[str]:
    if file.is_symlink() and file.resolve().is_relative_to(machine.places.root):
        file.unlink()  # an older set-up linked to a file that the account can write
    outcome = place_file(file, text)
    if outcome == "left alone":
        changes = changes_to(file, text)
        said = (
            [f"left alone: {file}, which others have changed. It would be written with:"]
            if changes
            else []
        )
        return [*said, *(f"    {line}" for line in changes)]
    return [f"written: {file}"] if outcome == "written" else []


def _link(machine: Machine, link: Path, target: Path) -> list[str]:
    """Makes a link, unless somebody's own stands there: one that leads nowhere, or where the
    account writes, is not."""
    is_left = link.exists() and not link.resolve().is_relative_to(machine.places.root)
    if is_left or (link.is_symlink() and link.readlink() == target):
        return []
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(target)
    return [f"linked: {link}"]
