"""Root's part of set-up: the account, its folder, and the machine's files that name them."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from metropolis.problem import RefusedError
from metropolis.publish.account import Account, make_account
from metropolis.publish.integrity import changeable, changeable_code
from metropolis.publish.machine import Machine, changes_to, place_file, server_names, system_files
from metropolis.publish.nginx import listen_addresses, server_block
from metropolis.publish.places import Places

# These words become part of files of nginx, systemd and sshd, to which they must be plain words.
_FOLDER = re.compile(r"(?:/[A-Za-z0-9_][A-Za-z0-9._-]*)*/[a-z][a-z0-9-]{0,30}")
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?(?: [a-z0-9](?:[a-z0-9.-]*[a-z0-9])?)*")
_LISTEN = re.compile(r"(?:[0-9.]+:|\[[0-9a-f:]+\]:)?[0-9]{1,5}")


@dataclass(frozen=True)
class Wanted:
    """What the command asked for. If `name` or `listen` is None, it stays as it is."""

    account: str
    toolkit: Path
    python: Path
    name: str | None = None
    listen: str | None = None


def check_machine(places: Places, wanted: Wanted) -> list[str]:
    """What prevents root from setting up a server; each with what to type."""
    root, name, listen = places.root, wanted.name, wanted.listen
    found = []
    if not _FOLDER.fullmatch(str(root)):
        what = f"{root} has a name that systemd or nginx could misread."
        found.append(f"{what} Use a-z, 0-9 and dash: /srv/metropolis.")
    if name is not None and not _NAME.fullmatch(name):
        what = f"“{name}” is not the name of a server."
        found.append(f"{what} Expected one such as: plan.metropolis.org")
    if listen is not None and not _LISTEN.fullmatch(listen):
        what = f"“{listen}” is not an address of a web server."
        found.append(f"{what} Expected a port, or an address with one: 127.0.0.1:8080")
    if reasons := changeable_code(wanted.toolkit, wanted.python):
        path = shlex.quote(str(wanted.toolkit))
        how = f"sudo chown -R root:root {path} && sudo chmod -R go-w {path}"
        found.append(f"Not only root can change the toolkit: {'; '.join(reasons)}. Type: {how}")
    moves = "so that others could move the server's folder."
    found += [f"{why}, {moves}" for why in changeable(root.parent)]
    if root.is_symlink() or (root.exists() and not root.is_dir()):
        found.append(f"{root} is not a folder. Name the folder itself.")
    return found


def install(machine: Machine, wanted: Wanted, locales: Sequence[str]) -> tuple[Account, list[str]]:
    """Makes or repairs root's part. Returns the account, and a line for each thing done or left."""
    places = machine.places
    account = make_account(wanted.account, places.root)
    done = _make_folder(places, account)
    command = places.command(str(wanted.toolkit), "reconcile")
    for file, text in system_files(machine, account, command, locales).items():
        done += _placed(machine, file, text)
    if wanted.name or wanted.listen or not machine.site.exists():
        name = wanted.name or " ".join(server_names(machine)) or machine.instance
        listen = listen_addresses(wanted.listen or "80", Path("/proc/net/if_inet6").exists())
        done += _placed(machine, machine.site, server_block(name, listen, machine.rules))
    done += _link(machine, machine.enabled_site, machine.site)
    done += _link(machine, machine.program, wanted.python.parent / "metropolis")
    return account, done


def _make_folder(places: Places, account: Account) -> list[str]:
    """The server's folder, owned by the account. A folder of somebody else is rejected."""
    root = places.root
    if not root.exists():
        root.mkdir(mode=0o755, parents=True)
        os.chown(root, account.uid, account.gid)
        return [f"made: {root}, for the account {account.name}"]
    owner = root.stat().st_uid
    if owner == 0 and not any(root.iterdir()):
        os.chown(root, account.uid, account.gid)
    elif owner != account.uid:
        name = account.name
        what = f"{root} belongs to another account than {name}."
        how = f"If all of it is the server's, type: sudo chown -hR {name}:{name} {root}"
        raise RefusedError(f"{what} {how}")
    return []


def _placed(machine: Machine, file: Path, text: str) -> list[str]:
    if file.is_symlink() and file.resolve().is_relative_to(machine.places.root):
        file.unlink()  # an older set-up linked to a file that the account can write
    outcome = place_file(file, text)
    if outcome != "left alone":
        return [f"written: {file}"] if outcome == "written" else []
    changes = changes_to(file, text)
    said = f"left alone: {file}, which others have changed. It would be written with:"
    return [said, *(f"    {line}" for line in changes)] if changes else []


def _link(machine: Machine, link: Path, target: Path) -> list[str]:
    """Makes a link. It replaces one that is broken or leads to where the account writes."""
    is_kept = link.exists() and not link.resolve().is_relative_to(machine.places.root)
    if is_kept or (link.is_symlink() and link.readlink() == target):
        return []
    link.parent.mkdir(parents=True, exist_ok=True)
    link.unlink(missing_ok=True)
    link.symlink_to(target)
    return [f"linked: {link}"]
