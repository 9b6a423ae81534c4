"""The first process of a separate machine (`own_machine.py`): a layer over this system's files
becomes its root.

usage: unshare --mount --propagation unchanged … python3 own_root.py FOLDER PACKAGES

It works inside a chroot too. There / is not a mount: propagation cannot be set, the root cannot be
exchanged, and nobody may make user namespaces, as builds do. So it leaves the chroot for these two
steps, only in its own namespace."""

from __future__ import annotations

import ctypes
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

_MS_REC, _MS_PRIVATE, _MNT_DETACH = 0x4000, 0x40000, 2
_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41, "riscv64": 41}
_LIBC = ctypes.CDLL(None, use_errno=True)
_MOUNTS = """\
set -e
mount -t tmpfs -o mode=755 machine "$1"
cd "$1"
mkdir upper work packages-upper packages-work root
mount -t overlay overlay -o "lowerdir=/,upperdir=$1/upper,workdir=$1/work" root
cd root
mount -t proc proc proc
mount --rbind /dev dev
mkdir -p dev/shm opt/packages outside
mount -t tmpfs -o mode=1777 shm dev/shm
mount -t tmpfs -o mode=755 run run
mount -t tmpfs -o mode=1777 tmp tmp
packages="lowerdir=$2,upperdir=$1/packages-upper,workdir=$1/packages-work"
mount -t overlay overlay -o "metacopy=on,$packages" opt/packages
hostname plan
"""


def checked(result: int, what: str) -> None:
    if result:
        raise OSError(ctypes.get_errno(), what)


def leave(inside: int, below: str) -> int:
    """Steps out of the chroot, if it is one; the folder at the top of all that is mounted. `below`
    is an empty one."""
    os.chroot(below)  # with the root below the current folder, `..` leads on to the top
    os.fchdir(inside)
    while not os.path.samestat(Path().stat(), Path("..").stat()):
        os.chdir("..")
    os.chroot(".")
    return os.open(".", os.O_RDONLY)


def enter(folder: int) -> None:
    os.fchdir(folder)
    os.chroot(".")


def main(folder: str, packages: str) -> None:
    inside = os.open("/", os.O_RDONLY)
    below = tempfile.mkdtemp()
    top = leave(inside, below)
    checked(
        _LIBC.mount(b"none", b".", None, _MS_REC | _MS_PRIVATE, None),
        "nothing mounted here may be seen elsewhere",
    )
    enter(inside)
    Path(below).rmdir()
    subprocess.run(["sh", "-c", _MOUNTS, "sh", folder, packages], check=True)
    new = os.open(f"{folder}/root", os.O_RDONLY)
    enter(top)
    os.fchdir(new)
    checked(
        _LIBC.syscall(_PIVOT_ROOT[platform.machine()], b".", b"outside"),
        "the root cannot be exchanged",
    )
    os.chroot(".")
    os.chdir("/")
    for handle in (inside, top, new):
        os.close(handle)
    checked(_LIBC.umount2(b"/outside", _MNT_DETACH), "the old root cannot be taken away")
    subprocess.run(["ip", "link", "set", "lo", "up"], check=True)
    os.execvp("sleep", ["sleep", "infinity"])


if __name__ == "__main__":
    main(*sys.argv[1:])
