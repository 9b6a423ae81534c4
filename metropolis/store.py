"""What a build keeps for the next one, under .cache/: bytes found again by a key made of everything they come from.

Safe with two builds at once (each entry is written aside and renamed), with a kill at any moment, and with a damaged
disk: an entry carries its own hash, and one that does not match is as if it were not there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

_HASH = 32


class Store:
    """Entries of one kind in `folder`; `prune` keeps them under `limit` bytes.

    All lie in one folder: making hundreds of folders takes longer than finding one name among many thousands.
    """

    def __init__(self, folder: Path, limit: int = 256_000_000) -> None:
        self.folder = folder
        self.limit = limit
        self._has_grown = False

    def get(self, key: str) -> bytes | None:
        """The content kept under a key of hexadecimal digits; None where there is none, or it is damaged."""
        path = self._path(key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = data[_HASH:]
        if hashlib.sha256(content).digest() != data[:_HASH]:
            path.unlink(missing_ok=True)
            return None
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keeps the content. A full or read-only disk is no error: the next build makes it again."""
        path = self._path(key)
        with contextlib.suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, part = tempfile.mkstemp(dir=self.folder, prefix=".")
            try:
                with os.fdopen(handle, "wb") as file:
                    file.write(hashlib.sha256(content).digest() + content)
                Path(part).replace(path)
                self._has_grown = True
            except OSError:
                Path(part).unlink(missing_ok=True)
                raise

    def once(self, key: str, make: Callable[[], bytes]) -> bytes:
        """The content kept under a key; where there is none, what `make` gives, kept from now on."""
        content = self.get(key)
        if content is None:
            content = make()
            self.put(key, content)
        self.keep(key)
        return content

    def keep(self, key: str) -> None:
        """Says that an entry was of use: those that were not are the first to go."""
        with contextlib.suppress(OSError):
            os.utime(self._path(key))

    def prune(self) -> None:
        """Forgets the entries that were of use longest ago, until the rest is within the limit.

        Looks only where this store has put something: what did not grow need not be measured.
        """
        if not self._has_grown:
            return
        entries = []
        for entry in os.scandir(self.folder):
            with contextlib.suppress(OSError):
                status = entry.stat()
                entries.append((status.st_mtime, status.st_size, entry.path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= self.limit:
                return
            Path(path).unlink(missing_ok=True)
            total -= size

    def _path(self, key: str) -> Path:
        return self.folder / key


def forget(folder: Path) -> None:
    """Removes all that any store keeps under `folder`, which itself may be a link to where a server keeps it."""
    for child in folder.iterdir() if folder.is_dir() else ():
        if child.is_dir() and not child.is_symlink():
            shutil.rmtree(child, ignore_errors=True)
        else:
            child.unlink(missing_ok=True)


def digest(*parts: bytes | str) -> str:
    """One key of several contents; where one ends and the next begins counts."""
    whole = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        whole.update(len(data).to_bytes(8, "big") + data)
    return whole.hexdigest()


def folder_digest(folder: Path, pattern: str = "**/*") -> str:
    """Names and contents of the files under a folder."""
    return files_digest(folder, (path for path in folder.glob(pattern) if path.is_file()))


def files_digest(folder: Path, files: Iterable[Path]) -> str:
    """Names, from `folder`, and contents of files."""
    return digest(*(part for file in sorted(files) for part in (str(file.relative_to(folder)), file.read_bytes())))
