"""Reads and writes the project's text files. Every file is read in the same way, whatever program
wrote it. It is written as a whole in one step, or extended by one line."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from metropolis.leftovers import merge_lines
from metropolis.problem import Problem

# Thirty times the largest file of the project: whatever its content, it is read within two seconds.
MAX_BYTES = 1_000_000
# What begins a package of files (a workbook, a document), and a document of an older program.
PACKAGE, OLD_DOCUMENT = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
# What other files begin with that have got the name of a text, in small letters.
_OTHER_KINDS = {
    PACKAGE.lower(): "a document of a word processor, or another package",
    OLD_DOCUMENT: "a document of a word processor",
    b"{\\rtf": "a document of a word processor (RTF)",
    b"%pdf": "a PDF",
    b"<!doctype html": "a web page",
    b"<html": "a web page",
    b"version https://git-lfs": "what Git LFS leaves in the place of a file",
    b"\0gitcrypt": "encrypted by git-crypt",
}


def read_text(file: Path, path: str) -> tuple[str, list[Problem]]:
    """The text of a file that problems call `path`. OSError if it cannot be read."""
    return decode(read_bytes(file), path)


def decode(data: bytes, path: str) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8, with or without a byte order mark; lines end with `\\n`. With the
    problem of an unfinished merge it returns the text too, for readers of lists of lines."""
    if data and not data.strip(b"\0"):
        what = "The file has only zeros: a crash or a cloud drive has lost its text."
        return "", [Problem(path, 1, 1, what, how="Take it back from git, or from a copy.")]
    start = data[:40].lstrip().lower()
    if other := next((words for sign, words in _OTHER_KINDS.items() if start.startswith(sign)), ""):
        how = "Write the text itself here, or take the file back from git."
        return "", [Problem(path, 1, 1, f"This is {other}, and no plain text.", how=how)]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\0" in data[:2]:
        return "", [Problem(path, 1, 1, "The file is saved as UTF-16.", how="Save it as UTF-8.")]
    if len(data) > MAX_BYTES:
        what = f"The file is larger than {MAX_BYTES // 1_000_000} MB."
        return "", [Problem(path, 0, 0, what, how="Split it.")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # The decoder counts from after a byte order mark; the text before the fault is valid UTF-8.
        before = plain_lines(error.object[: error.start].decode("utf-8-sig"))
        column = len(before) - (before.rfind("\n") + 1) + 1
        what = "This character is not saved as UTF-8."
        line = before.count("\n") + 1
        return "", [Problem(path, line, column, what, how="Save the file as UTF-8.")]
    text = plain_lines(text).lstrip("\ufeff")  # two programs have written one
    return text, _unfinished_merge(text, path)


def plain_lines(text: str) -> str:
    """The text with `\\n` at the end of each line, in place of other systems' line ends."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _unfinished_merge(text: str, path: str) -> list[Problem]:
    lines = merge_lines(text, path.endswith(".md"))
    if not lines:
        return []
    first, sign = lines[0]
    numbers = [str(number) for number, _ in lines[:6]] + (["…"] if len(lines) > 6 else [])
    listed = " and ".join([", ".join(numbers[:-1]), numbers[-1]] if len(lines) > 1 else numbers)
    subject = f"The lines {listed} are" if len(lines) > 1 else "This line is"
    what = f"{subject} left over from a merge (“{sign.strip()[:40]}”)."
    how = "Keep the right version of the lines around these signs, and delete the signs."
    return [Problem(path, first, 1, what, how=how)]


def read_bytes(file: Path) -> bytes:
    """The content of a regular file, else OSError: a pipe would keep its reader waiting."""
    handle = os.open(file, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    mode = os.fstat(handle).st_mode
    if not stat.S_ISREG(mode):
        os.close(handle)
        code = errno.EISDIR if stat.S_ISDIR(mode) else errno.ENXIO
        raise OSError(code, os.strerror(code), str(file))
    with os.fdopen(handle, "rb") as content:
        return content.read()


def text_if_any(file: Path) -> str:
    """The text of a file, with a sign for what is not UTF-8; empty if it cannot be read."""
    try:
        return file.read_text("utf-8", "replace")
    except OSError:
        return ""


def write_file(file: Path, text: str) -> None:
    """Replaces `file` in one step: after a crash it has either the old text or the new one."""
    write_files(file.parent, {file.name: text})


def _write_beside(file: Path, text: str) -> Path:
    """A file with `text` that may take the place of `file`."""
    # The name is that of a backup copy: if a crash leaves the file, it is ignored (leftovers.py).
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}-", suffix="~")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(text)
        os.chmod(name, file.stat().st_mode & 0o777 if file.exists() else 0o644)  # noqa: PTH101
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    return Path(name)


def write_files(root: Path, texts: Mapping[str, str], removed: Iterable[str] = ()) -> None:
    """Writes files and removes others, by their paths under `root`: all, or none if one fails. All
    are written before the first takes its place: a full disk is noticed in time."""
    paths = [root / path for path in (*texts, *removed)]
    before = {path: path.read_bytes() if path.exists() else None for path in paths}
    parts: dict[Path, Path] = {}
    try:
        for path, text in texts.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            parts[root / path] = _write_beside(root / path, text)
        for file, part in parts.items():
            part.replace(file)
        for path in removed:
            (root / path).unlink()
    except BaseException:
        for part in parts.values():
            part.unlink(missing_ok=True)
        for file, content in before.items():
            if content is None:
                file.unlink(missing_ok=True)
            elif not file.exists() or file.read_bytes() != content:
                file.write_bytes(content)
        raise


def append_lines(file: Path, lines: Iterable[str], heading: str = "") -> None:
    """Appends lines and waits until they are on the disk; a new file begins with `heading`. If the
    last line has no end (a crash, an editor), the first new one still begins on its own line."""
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
