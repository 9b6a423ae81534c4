"""Text files that survive whatever happens while they are written: whole in one step, or one line
longer."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path


def read_bytes(file: Path) -> bytes:
    """The content of a regular file. OSError for anything else: a pipe or a device called vision.md
    would keep its reader waiting for ever."""
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
        raise OSError(code, os.strerror(code), str(file))
    with os.fdopen(handle, "rb") as content:
        return content.read()


def write_file(file: Path, text: str) -> None:
    """Puts `text` in the place of `file` in one step: whatever happens, the old text or the new one
    stands there."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        os.chmod(name, file.stat().st_mode & 0o777 if file.exists() else 0o644)  # noqa: PTH101
        os.replace(name, file)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_files(root: Path, texts: Mapping[str, str], removed: Iterable[str] = ()) -> None:
    """Writes files and removes others, by their paths under `root`: all, or none if one fails."""
    paths = [root / path for path in (*texts, *removed)]
    before = {path: path.read_bytes() if path.exists() else None for path in paths}
    try:
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            write_file(root / path, text)
        for path in removed:
            (root / path).unlink()
    except BaseException:
        for file, content in before.items():
            if content is None:
                file.unlink(missing_ok=True)
            else:
                file.write_bytes(content)
        raise


def append_lines(file: Path, lines: Iterable[str], heading: str = "") -> None:
    """Adds lines, and sees them on the disk; a new file begins with `heading`.

    A last line that a crash cut short keeps to itself: the first new one begins after it, not
    behind it."""
    text = "".join(f"{line}\n" for line in lines)
    with file.open("a+b") as out:
        if out.seek(0, os.SEEK_END) == 0:
            text = f"{heading}\n{text}" if heading else text
        else:
            out.seek(-1, os.SEEK_END)
            text = text if out.read(1) == b"\n" else f"\n{text}"
        out.write(text.encode())
        out.flush()
        os.fsync(out.fileno())
