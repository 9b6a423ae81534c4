"""What encloses a build: what it sees, and what ends with it. bubblewrap gives it its own root;
`unshare` its own processes and network, but the account's files; without both there are limits."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["bubblewrap", "unshare", "limits"]
# Bytes that files in memory may use; they count with the memory of the build (sandbox.py).
IN_MEMORY = {"/dev/shm": 2_200_000_000, "/tmp": 256_000_000}
PR_SET_PDEATHSIG = 1
_DIE_WITH_PARENT = (
    f"import ctypes, os, sys; ctypes.CDLL(None).prctl({PR_SET_PDEATHSIG}, {int(signal.SIGKILL)}); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
# Of /etc only what programs need to find fonts, libraries and dictionaries.
_SYSTEM = ("/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives", "/var/cache/fontconfig")
_BUBBLEWRAP = (
    "--unshare-all", "--die-with-parent", "--new-session", "--cap-drop", "ALL",
    "--ro-bind", "/usr", "/usr",
)  # fmt: skip
_OUTER = ("unshare", "--user", "--map-root-user", "--net", "--ipc")
_INNER = ("unshare", "--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc")


@cache
def sandbox_kind() -> Kind:
    """The best kind that works for this account: each is tried with all options of a build."""
    kinds: tuple[Kind, ...] = ("bubblewrap", "unshare")
    return next((kind for kind in kinds if _works(kind)), "limits")


def _works(kind: Kind) -> bool:
    program = "bwrap" if kind == "bubblewrap" else "unshare"
    if not (shutil.which(program) and shutil.which("python3")):
        return False
    probe = enclose(["true"], Path("/usr"), (), "python3", kind)
    return subprocess.run(probe, capture_output=True, check=False).returncode == 0


def enclose(
    command: Sequence[str], folder: Path, readable: Iterable[Path], python: str, kind: Kind
) -> list[str]:
    """The enclosed command: it writes in `folder`, reads `readable`, and may start `python`."""
    if kind == "bubblewrap":
        return ["bwrap", *_root(folder, readable), "--", *command]
    if kind == "unshare":
        # A new user namespace loses the request to die with the parent: it is repeated inside.
        size = IN_MEMORY["/dev/shm"]
        shm = f'mount -t tmpfs -o size={size} tmpfs /dev/shm && exec "$0" "$@"'
        return [*_OUTER, python, "-c", _DIE_WITH_PARENT, *_INNER, "sh", "-c", shm, *command]
    return list(command)


def _root(folder: Path, readable: Iterable[Path]) -> list[str]:
    """bubblewrap's options: an empty root, with only what is named here."""
    options = [*_BUBBLEWRAP]
    for name in ("bin", "lib", "lib32", "lib64", "sbin"):
        place = Path("/") / name
        if place.is_symlink():
            options += ["--symlink", str(place.readlink()), str(place)]
        elif place.is_dir():
            options += ["--ro-bind", str(place), str(place)]
    for system in _SYSTEM:
        options += ["--ro-bind-try", system, system]
    options += ["--proc", "/proc", "--dev", "/dev"]
    for place_in_memory, size in IN_MEMORY.items():
        options += ["--size", str(size), "--tmpfs", place_in_memory]
    bound: list[Path] = [Path("/usr")]
    for place in sorted(set(readable)):  # a folder before its contents
        if place.exists() and not any(place.is_relative_to(one) for one in bound):
            options += ["--ro-bind", str(place), str(place)]
            bound.append(place)
    return [*options, "--bind", str(folder), str(folder), "--chdir", str(folder)]
