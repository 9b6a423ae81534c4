"""The reason for an error of the system, in plain words; details for programmers go to a log."""

from __future__ import annotations

import errno
import os
import traceback
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

_LARGEST_LOG = 1_000_000  # bytes
_ROOM = 1_000_000  # bytes, and inodes: a disk has one for some thousands of bytes
_WORDS = {
    errno.EDQUOT: "this account has used up its share of the disk",
    errno.EROFS: "the disk can only be read",
    errno.EFBIG: "a file would be larger than this account may write",
    errno.EMFILE: "too many files are open",
    errno.ENFILE: "too many files are open",
    errno.ENOMEM: "there is not enough memory",
    errno.EAGAIN: "too many programs are running",
    errno.EIO: "the disk does not answer",
    errno.ETIMEDOUT: "there was no answer in time",
}
_ON_A_FILE = {
    errno.EACCES: "this account may not read or write {}",
    errno.EPERM: "this account may not change {}",
    errno.ENOENT: "{} is missing",
    errno.EEXIST: "{} is there already",
    errno.ENOTDIR: "{} would be in a file, not in a folder",
    errno.EISDIR: "{} is a folder",
    errno.ENXIO: "{} is a pipe or a device, not a file",
    errno.ENAMETOOLONG: "the name {} is too long",
    errno.ELOOP: "{} is a link that leads to itself",
}


def reason(error: BaseException) -> str:
    """The reason, as the end of a sentence: `the disk is full`."""
    if isinstance(error, OSError):
        return _system_reason(error)
    if isinstance(error, MemoryError):
        return "there is not enough memory"
    if isinstance(error, RecursionError):
        return "something is nested too deeply"
    if isinstance(error, UnicodeError):
        return "a name or a text is not written in UTF-8"
    return f"something unforeseen happened ({type(error).__name__})"


def _system_reason(error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        no_inodes = "the disk can take no more files (no inodes are left)"
        return no_inodes if _has_no_inodes(error) else "the disk is full"
    if error.errno == errno.ENOENT and error.filename is None and _has_lost_its_folder():
        return "the folder that the command was started in was deleted"
    if error.errno in _ON_A_FILE:
        return _ON_A_FILE[error.errno].format(_shown(error.filename))
    return _WORDS.get(error.errno or 0) or (error.strerror or type(error).__name__).lower()


def _shown(name: object) -> str:
    text = "a file"
    if isinstance(name, str | bytes):
        text = os.fsencode(name).decode("utf-8", "replace")
    return "".join(sign if sign.isprintable() else "�" for sign in text)


def _has_lost_its_folder() -> bool:
    try:
        Path.cwd()
    except FileNotFoundError:
        return True
    return False


def _has_no_inodes(error: OSError) -> bool:
    """Whether the disk has free bytes, but no room for one more file."""
    with suppress(OSError, TypeError, ValueError):
        place = Path(os.fsdecode(error.filename)).absolute()
        while not place.exists():
            place = place.parent
        system = os.statvfs(place)
        return system.f_files > 0 and system.f_bavail * system.f_frsize > _ROOM > system.f_favail
    return False


def log_fault(error: BaseException, file: Path) -> bool:
    """Logs the trace; False if even that cannot be written."""
    return log_words("".join(traceback.format_exception(error, limit=-50)), file)


def log_words(words: str, file: Path) -> bool:
    """Logs a trace that another program has printed."""
    try:
        if file.is_file() and file.stat().st_size > _LARGEST_LOG:
            file.unlink()
        time = datetime.now(tz=UTC).isoformat(timespec="seconds")
        with file.open("a", encoding="utf-8", errors="backslashreplace") as log:
            log.write(f"{time}\n{words}\n")
    except Exception:  # there is nowhere left to report it
        return False
    return True
