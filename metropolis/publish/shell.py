"""What a key allows: git push and git fetch of the one repository, under the name that is bound to
the key. sshd runs this instead of the client's command, which is never run, only compared with the
few forms that git sends; the client's environment is not used either.
git unpacks a push before it runs our hook, and a pack of a few hundred bytes can contain gigabytes.
So git and its helpers inherit soft limits of the system, which the hook removes again."""

from __future__ import annotations

import re
import resource
import shlex
from collections.abc import Mapping

from metropolis.problem import RefusedError
from metropolis.publish.account import PUSHER_VARIABLE
from metropolis.publish.places import Places
from metropolis.publish.settings import Limits

PATH = "/usr/local/bin:/usr/bin:/bin"
_SERVICES = ("git-receive-pack", "git-upload-pack")
_PROTOCOL = re.compile(r"version=[0-9]")
_KINDS = (resource.RLIMIT_AS, resource.RLIMIT_CPU)


def git_command(asked: str, places: Places) -> list[str]:
    """The git command to run for the client's command; raises RefusedError."""
    how = f"This key allows git push and git fetch of {places.repository.name}, and nothing else."
    if not asked:
        raise RefusedError(f"The server knows you. {how}")
    try:
        words = shlex.split(re.sub(r"\Agit ", "git-", asked))  # git sends one or the other
    except ValueError:
        words = []
    if len(words) != 2 or words[0] not in _SERVICES:
        raise RefusedError(how)
    if words[1].rstrip("/") not in _names(places):
        what = "There is no repository of that name here."
        raise RefusedError(f"{what} Type: git remote set-url site SERVER:{places.repository.name}")
    return ["git", words[0].removeprefix("git-"), str(places.repository)]


def _names(places: Places) -> set[str]:
    """What people may write: the repository's path, its name, its place in the home."""
    path, name = str(places.repository), places.repository.name
    whole = {path, *(f"{home}{name}" for home in ("", "/", "~/", "/~/"))}
    return whole | {one.removesuffix(".git") for one in whole}


def environment(name: str, home: str, own: Mapping[str, str]) -> dict[str, str]:
    """The environment of git and its hooks: the key's owner, and nothing that the client chose."""
    protocol = own.get("GIT_PROTOCOL", "")
    asked = {"GIT_PROTOCOL": protocol} if _PROTOCOL.fullmatch(protocol) else {}
    return {"PATH": PATH, "HOME": home, "LC_ALL": "C.UTF-8", PUSHER_VARIABLE: name, **asked}


def limit_unpacking(limits: Limits) -> None:
    """Limits memory and processor time of this process, and of each process that it starts."""
    values = (limits.most_unpack_memory, limits.longest_unpack)
    for kind, wanted in zip(_KINDS, values, strict=True):
        _, most = resource.getrlimit(kind)
        soft = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
        resource.setrlimit(kind, (soft, most))


def remove_limits() -> None:
    for kind in _KINDS:
        _, most = resource.getrlimit(kind)
        resource.setrlimit(kind, (most, most))
