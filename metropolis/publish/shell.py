"""What a key opens: pushing to the one repository and fetching from it, in the name that is bound
to the key.

sshd runs this instead of what the client asked for, and tells what that was. Nothing of it is run:
it is compared with the few forms that git sends. Nothing of the client's environment is passed on
either."""

from __future__ import annotations

import re
import shlex
from collections.abc import Mapping

from metropolis.publish.identity import VARIABLE
from metropolis.publish.places import Places

PATH = "/usr/local/bin:/usr/bin:/bin"
_SERVICES = ("receive-pack", "upload-pack")
_PROTOCOL = re.compile(r"version=[0-9]")


class NotOpenError(Exception):
    """The key does not open what was asked for; the message is for whoever asked."""


def git_command(asked: str, places: Places) -> list[str]:
    """The git command to run for what the client asked for; raises NotOpenError."""
    how = f"This key opens git push and git fetch of {places.repository.name}, and nothing else."
    if not asked:
        raise NotOpenError(f"You are known here. {how}")
    try:
        words = shlex.split(asked)
    except ValueError:
        words = []
    if words[:1] == ["git"]:  # "git receive-pack" and "git-receive-pack" are one
        words = [f"git-{words[1]}", *words[2:]] if len(words) > 1 else []
    service = words[0].removeprefix("git-") if words else ""
    if len(words) != 2 or words[0] == service or service not in _SERVICES:
        raise NotOpenError(how)
    if words[1].rstrip("/") not in _names(places):
        raise NotOpenError(
            "There is no repository of that name here. Type: git remote set-url site"
            f" SERVER:{places.repository.name}"
        )
    return ["git", service, str(places.repository)]


def _names(places: Places) -> set[str]:
    """As people may write the repository: its path, its name, its place in the account's home."""
    path, name = str(places.repository), places.repository.name
    short = name.removesuffix(".git")
    return {
        path,
        path.removesuffix(".git"),
        *(f"{before}{one}" for before in ("", "/", "~/", "/~/") for one in (name, short)),
    }


def environment(name: str, home: str, own: Mapping[str, str]) -> dict[str, str]:
    """What git and its hooks see: the name of the key's owner, and nothing that the client
    chose."""
    protocol = own.get("GIT_PROTOCOL", "")
    asked = {"GIT_PROTOCOL": protocol} if _PROTOCOL.fullmatch(protocol) else {}
    return {"PATH": PATH, "HOME": home, "LC_ALL": "C.UTF-8", VARIABLE: name, **asked}
