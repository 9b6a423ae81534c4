"""The one cache, in .cache/: a result is made once, and read again while its inputs are the same.
`make` gets its inputs and nothing else: the result cannot depend on anything that is not in the
key, a digest of the kind, the toolkit (our code, every package), the name of `make` and all inputs.
Two builds may use it at once (an entry is written under another name, then renamed). A kill does no
harm, nor a damaged disk: an entry that does not match its own hash is deleted."""

from __future__ import annotations

import contextlib
import hashlib
import os
import pickle
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from threading import get_ident
from types import FunctionType
from typing import Any, Generic, TypeVar

from metropolis.inputs import digest, folder_digest

Inputs = TypeVar("Inputs")
Result = TypeVar("Result")
Make = Callable[[Inputs], Result]
# The limit of each kind's folder in bytes. A site of 20,000 members has three gigabytes of pages.
LIMITS = {
    "book-parts": 64_000_000,
    "books": 64_000_000,
    "configuration": 1_000_000,
    "drawings": 4_000_000,
    "fonts": 4_000_000,
    "form": 16_000_000,
    "history": 16_000_000,
    "inventory": 256_000_000,
    "judgements": 64_000_000,
    "open-data": 512_000_000,
    "pages": 4_000_000_000,
    "parity": 16_000_000,
    "pictures": 1_000_000_000,
    "records": 64_000_000,
    "search": 512_000_000,
    "sentences": 1_000_000,
    "templates": 16_000_000,
}
_HASH = 32


class Cache:
    """The entries in `folder`; without one, in memory, as long as this object exists."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._values: dict[str, Any] = {}
        self._unmeasured: dict[str, int] = {}

    def remember(
        self, kind: str, inputs: Inputs, make: Make[Inputs, Result], hold: bool = False
    ) -> Result:
        """The result of `make` for `inputs`, never None and not to be changed. An exception is
        passed on, and is not cached. With `hold`, the result is also kept in memory."""
        entry = self.entry(kind, inputs, make)
        if entry.key in self._values:
            held: Result = self._values[entry.key]
            return held
        found = entry.read()
        result = entry.make() if found is None else found
        if hold or self.folder is None:
            self._values[entry.key] = result
        return result

    def entry(
        self, kind: str, inputs: Inputs, make: Make[Inputs, Result]
    ) -> CacheEntry[Inputs, Result]:
        """The entry of a result, for callers that need its key first, and the result later."""
        key = digest(kind, toolkit_digest(), _name(make), inputs)
        return CacheEntry(self, kind, key, inputs, make)

    def prune(self, kind: str, added: int) -> None:
        """Deletes the entries that were read longest ago if the kind has reached its limit: counted
        at the first new entry, and then after every eighth of the limit, which is always left."""
        limit, room = LIMITS[kind], LIMITS[kind] // 8
        self._unmeasured[kind] = self._unmeasured.get(kind, room) + added
        if self.folder is None or self._unmeasured[kind] < room:
            return
        self._unmeasured[kind] = 0
        entries = []
        for entry in os.scandir(self.folder / kind):
            with contextlib.suppress(OSError):  # Another process has deleted it.
                status = entry.stat()
                entries.append((status.st_mtime, status.st_size, entry.path))
        total = sum(size for _, size, _ in entries)
        for _, size, path in sorted(entries):
            if total <= limit - room:
                return
            Path(path).unlink(missing_ok=True)
            total -= size


@dataclass(frozen=True, slots=True)
class CacheEntry(Generic[Inputs, Result]):
    """One cached result. All entries of a kind are in one folder: many folders take longer."""

    cache: Cache
    kind: str
    key: str
    inputs: Inputs
    maker: Make[Inputs, Result]

    def read(self) -> Result | None:
        """The result, if it was made before; None if it was not, or if it is damaged."""
        if (path := self._path) is None:
            return None
        try:
            data = path.read_bytes()
        except OSError:
            return None
        content = memoryview(data)[_HASH:]
        is_whole = hashlib.sha256(content).digest() == data[:_HASH]
        with contextlib.suppress(OSError):  # The folder may belong to another account.
            # Entries that were read longest ago are deleted first.
            os.utime(path) if is_whole else path.unlink()
        return pickle.loads(content) if is_whole else None

    def make(self) -> Result:
        """Makes the result, and writes it."""
        result = self.maker(self.inputs)
        self.write(result)
        return result

    def write(self, result: Result) -> None:
        """Writes the result. If the disk is full or read-only, it is made again next time."""
        if (path := self._path) is None:
            return
        content = pickle.dumps(result, pickle.HIGHEST_PROTOCOL)
        with contextlib.suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}-{os.getpid()}-{get_ident()}")
            try:
                part.write_bytes(hashlib.sha256(content).digest() + content)
                part.replace(path)
            except OSError:
                part.unlink(missing_ok=True)
                raise
            self.cache.prune(self.kind, len(content) + _HASH)

    @property
    def _path(self) -> Path | None:
        folder = self.cache.folder
        return folder / self.kind / self.key if folder else None


def _name(make: Callable[..., object]) -> str:
    """The full name of a function in a module. Such a function has nothing but its arguments."""
    if isinstance(make, FunctionType) and make.__closure__ is None and not make.__defaults__:
        module = sys.modules.get(make.__module__)
        if getattr(module, make.__qualname__, None) is make:
            return f"{make.__module__}.{make.__qualname__}"
    raise TypeError(f"{make!r} may have more than its inputs: give a function of a module.")


@cache
def toolkit_digest() -> str:
    """Our own code, and the versions of every package and of Python."""
    # Found without an import: modules may need this while they are imported.
    folders = [Path(str(find_spec(name).origin)).parent for name in ("metropolis", "macros")]  # type: ignore[union-attr]
    # A package has a folder named after its version: "mkdocs-1.6.1.dist-info".
    places = [Path(place) for place in sys.path if Path(place).is_dir()]
    versions = sorted(record.name for place in places for record in place.glob("*.dist-info"))
    return digest(sys.version, *versions, *(folder_digest(folder, "**/*.py") for folder in folders))
