"""The account that owns a server and does its work, who pushes, and how root becomes the account.
Root runs and opens nothing that this account can write: a command typed as root becomes the account
first, and root never owns a file that the next push needs. The pusher's name is bound to the key
(`shell.py`) and reaches the hook in a variable that only a process of the account can have set."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

from metropolis.problem import RefusedError

PUSHER_VARIABLE = "METROPOLIS_PUSHER"
_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int
    home: str


def account_of(uid: int) -> Account:
    """The account with a user id; an account without a name is called by its id."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(str(uid), uid, uid, "/")
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir)


def find_account(name: str) -> Account | None:
    try:
        return account_of(pwd.getpwnam(name).pw_uid)
    except KeyError:
        return None


def find_owner(folder: Path) -> Account | None:
    """The owner of a folder; None if the folder does not exist."""
    try:
        return account_of(folder.stat().st_uid)
    except OSError:
        return None


def make_account(name: str, home: Path) -> Account:
    """The account, created if it is missing: no password, no other group, the server's home."""
    if not _NAME.fullmatch(name) or name == "root":
        what = f"“{name}” cannot be the server's account."
        raise RefusedError(f"{what} Choose, for example: metropolis.")
    if (found := find_account(name)) is not None:
        if found.uid == 0:
            what = f"“{name}” is root under another name."
            raise RefusedError(f"{what} Choose a separate account: metropolis.")
        if Path(found.home) != home:
            # sshd's rules for it would lock out its own users, or the people of another server.
            what = f"“{name}” is in use: its home is {found.home}."
            raise RefusedError(f"{what} Choose a separate account for the server.")
        return found
    # "*" is a password that nobody can type; "!" would lock the account for keys too where sshd
    # runs without PAM.
    # sshd runs a forced command through the account's shell; /usr/sbin/nologin would refuse it.
    command = ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/bin/sh"]
    command += ["--password", "*", "--home-dir", str(home), name]
    try:
        run = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True)
    except OSError as error:
        raise RefusedError(f"useradd could not be run: {error.strerror}.") from None
    made = find_account(name)
    if run.returncode or made is None:
        raise RefusedError(f"useradd could not make the account “{name}”: {run.stderr.strip()}")
    return made


def become(account: Account) -> None:
    """Becomes the account for good: root, its groups and its environment are given up."""
    os.setgroups([account.gid])
    os.setgid(account.gid)
    os.setuid(account.uid)
    os.environ.update(HOME=account.home, USER=account.name, LOGNAME=account.name)
    os.chdir("/")


def become_owner(folder: Path) -> None:
    """Root becomes the owner of the server's folder. Other users stay who they are."""
    owner = find_owner(folder) if os.geteuid() == 0 else None
    if owner and owner.uid != 0:
        become(owner)


def pusher(server: Path) -> str:
    """Who pushes. `LOGNAME`, `USER` and the like are not read: any client can set them."""
    own = account_of(os.getuid())
    named = os.environ.get(PUSHER_VARIABLE, "")
    owner = find_owner(server)
    return named if named and owner and owner.uid == own.uid else own.name


def administrator() -> str:
    """Who became root to type a command. Ask before root becomes another account."""
    # sudo itself sets this, and root could claim any name anyway.
    number = os.environ.get("SUDO_UID", "")
    is_known = os.getuid() == 0 and number.isascii() and number.isdigit()
    return account_of(int(number) if is_known else os.getuid()).name
