"""The files of a site that is being built: one is written only if its content is new. A build works
in an older site's folder; inode, size and times tell what a file holds, as in Git."""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from struct import Struct
from typing import NamedTuple

from metropolis.inputs import Files

# Of a file: inode, size, and the times of its last changes (nanoseconds); as bytes, to be small.
Signature = bytes
_SIGNATURE = Struct("4Q")


class Held(NamedTuple):
    """The SHA-256 of a file's content, as bytes, and the file's signature."""

    sha256: bytes
    signature: Signature

    @property
    def digest(self) -> str:
        return self.sha256.hex()

    @property
    def size(self) -> int:
        """In bytes."""
        return int(_SIGNATURE.unpack(self.signature)[1])


class Output:
    """`files` are the files written or kept so far, by their paths under `folder`, with slashes.
    `known` maps signatures to the SHA-256 of the content."""

    def __init__(self, folder: Path, known: Mapping[Signature, bytes] | None = None) -> None:
        self.folder = folder
        self.files: dict[str, Held] = {}
        self._base = f"{folder}{os.sep}"
        self._known = known or {}
        self._folders: set[str] = set()

    def write(self, path: str, content: bytes | str) -> str:
        """Gives the file this content; returns its digest."""
        data = content.encode() if isinstance(content, str) else content
        digest = hashlib.sha256(data).hexdigest()
        if not self.keep(path, digest):
            self._make_folder(path.rpartition("/")[0])
            file = self.folder / path
            # Always a new file: the old one may be served under another name.
            _remove(file)
            file.write_bytes(data)
            self.files[path] = Held(bytes.fromhex(digest), _signature(os.lstat(file)))
        return digest

    def keep(self, path: str, digest: str) -> bool:
        """Whether the file has this content already. If so, it is kept."""
        try:
            status = os.lstat(self._base + path)
        except OSError:
            return False
        if not stat.S_ISREG(status.st_mode):
            return False
        signature = _signature(status)
        held = self._known.get(signature) or hashlib.sha256(self.read(path)).digest()
        is_same = held.hex() == digest
        if is_same:
            self.files[path] = Held(held, signature)
        return is_same

    def read(self, path: str) -> bytes:
        return (self.folder / path).read_bytes()

    def files_at(self, paths: Iterable[str]) -> Files:
        return Files(self.folder, tuple((path, self.files[path].digest) for path in sorted(paths)))

    def sweep(self) -> None:
        """Removes every file that was neither written nor kept, and empty folders."""
        wanted = {folder for path in self.files for folder in _folders_above(path)}
        for folder, names, files in os.walk(self.folder):
            prefix = folder[len(self._base) :].replace(os.sep, "/")
            prefix += "/" if prefix else ""
            for name in [name for name in names if prefix + name not in wanted]:
                names.remove(name)
                _remove(Path(folder, name))
            for name in files:
                if prefix + name not in self.files:
                    Path(folder, name).unlink()

    def _make_folder(self, folder: str) -> None:
        if folder in self._folders:
            return
        above = {*_folders_above(f"{folder}/")} - self._folders
        for place in (self.folder / one for one in sorted(above)):
            if place.is_symlink() or place.is_file():  # once it was one
                place.unlink()
        (self.folder / folder).mkdir(parents=True, exist_ok=True)
        self._folders |= {folder, *above}


def _signature(status: os.stat_result) -> Signature:
    return _SIGNATURE.pack(status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)


def _folders_above(path: str) -> Iterator[str]:
    """The folders of a path, the nearest first."""
    while path := path.rpartition("/")[0]:
        yield path


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:  # systems differ in what they say of a folder
        if not path.is_dir():
            raise
        shutil.rmtree(path)
