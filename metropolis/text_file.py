"""Text files that survive whatever happens while they are written: whole in one step, or one line longer."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable
from pathlib import Path


def write_file(file: Path, text: str) -> None:
    """Puts `text` in the place of `file` in one step: whatever happens, the old text or the new one stands there."""
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        os.chmod(name, file.stat().st_mode & 0o777 if file.exists() else 0o644)  # noqa: PTH101
        os.replace(name, file)  # noqa: PTH105
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def append_lines(file: Path, lines: Iterable[str], heading: str = "") -> None:
    """Adds lines, and sees them on the disk; a new file begins with `heading`."""
    with file.open("a", encoding="utf-8", newline="\n") as out:
        if heading and out.tell() == 0:
            out.write(f"{heading}\n")
        out.writelines(f"{line}\n" for line in lines)
        out.flush()
        os.fsync(out.fileno())
