"""The account that owns a server and does its work, and how root becomes it.

Root runs nothing and opens nothing that this account can write: whoever types a command as root
becomes the account first. So nothing comes to belong to root that the next push would need, and
what the account writes cannot lead root astray."""

from __future__ import annotations

import os
import pwd
import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")
# sshd runs a forced command through the account's shell; /usr/sbin/nologin would refuse it.
SHELL = "/bin/sh"


class AccountError(Exception):
    """There is no such account, and none could be made; the message says why."""


@dataclass(frozen=True)
class Account:
    """As the system knows it."""

    name: str
    uid: int
    gid: int
    home: str
    shell: str


def account_of(uid: int) -> Account:
    """The account with a number; nameless ones are called by it."""
    try:
        entry = pwd.getpwuid(uid)
    except KeyError:
        return Account(str(uid), uid, uid, "/", SHELL)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, entry.pw_dir, entry.pw_shell)


def find_account(name: str) -> Account | None:
    """The account with a name."""
    try:
        return account_of(pwd.getpwnam(name).pw_uid)
    except KeyError:
        return None


def find_owner(folder: Path) -> Account | None:
    """Whose a folder is; None where there is none."""
    try:
        return account_of(folder.stat().st_uid)
    except OSError:
        return None


def make_account(name: str, home: Path) -> Account:
    """The account, made when it is missing: no password, no group but its own, and the server's
    folder as home."""
    if not _NAME.fullmatch(name) or name == "root":
        raise AccountError(
            f"“{name}” cannot be the server's account. Choose a name of its own, such as:"
            " metropolis."
        )
    if (found := find_account(name)) is not None:
        if found.uid == 0:
            raise AccountError(
                f"“{name}” is root under another name. Choose an account of its own: metropolis."
            )
        if Path(found.home) != home:
            # sshd's rules for it would shut out whoever logs in with it, or the people of another
            # server.
            raise AccountError(
                f"“{name}” is in use: its home is {found.home}. Choose an account of the server's"
                " own."
            )
        return found
    # "*" is a password that nobody can type; "!" would lock the account for keys too where sshd
    # runs without PAM.
    words = ["useradd", "--system", "--user-group", "--home-dir", str(home), "--no-create-home"]
    words += ["--shell", SHELL, "--password", "*", name]
    try:
        run = subprocess.run(
            words, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
        )
    except OSError as error:
        raise AccountError(f"useradd could not be run: {error.strerror}.") from None
    made = find_account(name)
    if run.returncode or made is None:
        raise AccountError(f"useradd could not make the account “{name}”: {run.stderr.strip()}")
    return made


def become(account: Account) -> None:
    """For good: no way back to root, none of its groups, nothing of its environment that leads to
    its home."""
    os.setgroups([account.gid])
    os.setgid(account.gid)
    os.setuid(account.uid)
    os.environ.update(HOME=account.home, USER=account.name, LOGNAME=account.name)
    os.chdir("/")


def become_owner(folder: Path) -> None:
    """As root: becomes whoever owns the server's folder. As anybody else: stays who one is."""
    if os.geteuid() == 0 and folder.is_dir() and (owner := folder.stat().st_uid) != 0:
        become(account_of(owner))
