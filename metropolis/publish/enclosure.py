"""What is put around a build: what it sees of the machine, and what ends with it.

bubblewrap gives it a root of its own; without it, `unshare` gives it processes and a network of its
own, and the files of the account stay in sight; without both there are limits only. `publish
doctor` says which it is."""

from __future__ import annotations

import shutil
import signal
import subprocess
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

Kind = Literal["bubblewrap", "unshare", "limits"]
# Bytes that files in memory may take; they count with the memory that a build may have
# (sandbox.py). The search index is made in /dev/shm where there is room for it (search_index.py).
IN_MEMORY = {"/dev/shm": 2_200_000_000, "/tmp": 256_000_000}
_PR_SET_PDEATHSIG = 1
_DIE_WITH_PARENT = (
    f"import ctypes, os, sys; ctypes.CDLL(None).prctl({_PR_SET_PDEATHSIG}, {int(signal.SIGKILL)}); "
    "os.execvp(sys.argv[1], sys.argv[1:])"
)
# Of /etc only what programs need to find fonts, libraries and dictionaries.
_SYSTEM = ("/etc/fonts", "/etc/ld.so.cache", "/etc/alternatives", "/var/cache/fontconfig")


@cache
def sandbox_kind() -> Kind:
    """The best that this system lets this account do: each is tried, with all that a build would
    ask of it."""
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
    """The command as it is run: it may write in `folder` and read what is `readable`. `python` runs
    small programs."""
    if kind == "bubblewrap":
        return ["bwrap", *_root(folder, readable), "--", *command]
    if kind == "unshare":
        # A new user namespace forgets what was asked of the system about the parent's death: it is
        # asked again inside.
        own = [
            "unshare",
            "--user",
            "--map-root-user",
            "--net",
            "--ipc",
            python,
            "-c",
            _DIE_WITH_PARENT,
        ]
        inner = ["unshare", "--mount", "--pid", "--fork", "--kill-child=KILL", "--mount-proc"]
        size = IN_MEMORY["/dev/shm"]
        shm = f'mount -t tmpfs -o size={size} tmpfs /dev/shm && exec "$0" "$@"'
        return [*own, *inner, "sh", "-c", shm, *command]
    return list(command)


def _root(folder: Path, readable: Iterable[Path]) -> list[str]:
    """bubblewrap's options: an empty root, and in it only what is named here."""
    options = [
        "--unshare-all",
        "--die-with-parent",
        "--new-session",
        "--cap-drop",
        "ALL",
        "--ro-bind",
        "/usr",
        "/usr",
    ]
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
    seen: list[Path] = [Path("/usr")]
    for place in sorted(set(readable)):  # a folder before what lies in it
        if place.exists() and not any(place.is_relative_to(one) for one in seen):
            options += ["--ro-bind", str(place), str(place)]
            seen.append(place)
    return [*options, "--bind", str(folder), str(folder), "--chdir", str(folder)]
