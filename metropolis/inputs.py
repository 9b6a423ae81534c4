"""The inputs of cached results, and their digest (cache.py). An input is a text, a number, a date,
bytes, a tuple, or a frozen dataclass of these; or, of large ones, `Known`, a value with its digest,
and `Files`, read through their digests. Others could change after the digest was taken."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, Generic, Self, TypeVar

from metropolis.text_file import read_bytes

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Known(Generic[Value]):
    """A value that is represented by its `digest`. Create it only where the value is read or made:
    only there can one see that the digest is right."""

    digest: str
    value: Value = field(compare=False, repr=False)


class ChangedFileError(Exception):
    """A file has changed since its digest was taken."""


@dataclass(frozen=True, slots=True)
class Files:
    """Files under `root`, which is not in the digest: paths with slashes, SHA-256, sorted."""

    root: Path
    digests: tuple[tuple[str, str], ...]

    @classmethod
    def under(cls, root: Path, files: Iterable[Path]) -> Self:
        """These files as they are now. Raises OSError if one cannot be read."""
        found = ((file.relative_to(root).as_posix(), read_bytes(file)) for file in files)
        return cls(root, tuple(sorted((path, _sha256(data)) for path, data in found)))

    def read(self, path: str) -> bytes:
        """The content of one file. Raises ChangedFileError if it has changed."""
        data = read_bytes(self.root / path)
        found = (path, _sha256(data))
        if found not in self.digests[(place := bisect_left(self.digests, found)) : place + 1]:
            raise ChangedFileError(path)
        return data

    def check(self) -> None:
        """For files that another program has read. Raises ChangedFileError if one has changed."""
        for path, _ in self.digests:
            self.read(path)


def digest(*values: object) -> str:
    """The SHA-256 of such values, in hexadecimal digits. TypeError for a value of another type."""
    parts: list[bytes] = []
    for value in values:
        _encode(value, parts.append)
    return _sha256(b"".join(parts))


def folder_digest(folder: Path, pattern: str = "**/*") -> str:
    """Names and contents of the files under a folder."""
    return digest(Files.under(folder, (path for path in folder.glob(pattern) if path.is_file())))


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _encode(value: object, add: Callable[[bytes], object]) -> None:
    """Writes type, length and content, so that different values never give the same bytes."""
    kind: Any = type(value)
    if kind is str:
        data = value.encode("utf-8", "surrogatepass")  # type: ignore[attr-defined]
        add(b"s%d:" % len(data))
        add(data)
    elif kind is bytes:
        add(b"b%d:" % len(value))  # type: ignore[arg-type]
        add(value)  # type: ignore[arg-type]
    elif kind in (bool, int, float, NoneType):
        add(b"n%r;" % value)
    elif kind is date:
        add(b"d%s;" % str(value).encode())
    elif kind is tuple:
        add(b"t%d:" % len(value))  # type: ignore[arg-type]
        for one in value:  # type: ignore[attr-defined]
            _encode(one, add)
    elif kind is Known:
        add(b"k")
        _encode(value.digest, add)  # type: ignore[attr-defined]
    elif kind is Files:
        add(b"f")
        _encode(value.digests, add)  # type: ignore[attr-defined]
    else:
        name, names = _record(kind)
        add(name)
        for field_name in names:
            _encode(getattr(value, field_name), add)


@cache
def _record(kind: type) -> tuple[bytes, tuple[str, ...]]:
    """The first bytes of such a dataclass, and the names of its fields."""
    parameters = getattr(kind, "__dataclass_params__", None)
    name = f"{kind.__module__}.{kind.__qualname__}"
    if parameters is None or not parameters.frozen:
        how = "give a text, a number, a tuple or a frozen record."
        raise TypeError(f"A {name} has no digest: {how}")
    names = tuple(one.name for one in fields(kind))
    return f"r{name}({','.join(names)}):".encode(), names
