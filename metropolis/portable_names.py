"""Names that work on every computer: of files and folders in a tree, of branches and tags. One that
a system forbids breaks every clone there, long after the push that contained it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from metropolis.hidden_characters import visible_line

_LONGEST_PART = 255  # bytes, in the file systems of Linux
_LONGEST_SHOWN = 120  # characters of a name in a message
# Device names of Windows, with any ending; superscript digits count as digits there.
_DEVICES = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?", re.I)
_FORBIDDEN = re.compile(r'[<>:"|?*\\]')
# Short names that Windows gives to .git, .gitmodules, .gitattributes and .gitignore.
_GIT_SHORT = re.compile(r"gi[0-9a-z]*~[0-9]+", re.IGNORECASE)
_IN_LETTERS = "Rename it in plain letters: a-z."
_RENAME = "Rename it."

Fault = tuple[str, str]


def find_faults(path: str) -> Iterator[Fault]:
    """The faults of a path, whose parts are separated by “/”, and how to fix them. Bytes that are
    not UTF-8 are surrogates in `path` (os.fsdecode, "surrogateescape")."""
    if any("\ud800" <= char <= "\udfff" for char in path):
        yield "The name is not written in UTF-8.", _RENAME
        return
    if not unicodedata.is_normalized("NFC", path):
        yield "The name is written with letters and separate accents.", _IN_LETTERS
    if any(_is_invisible(char) for char in path):
        yield "The name contains an invisible character.", _RENAME
    for part in path.split("/"):
        yield from _find_part_faults(part)


def _find_part_faults(part: str) -> Iterator[Fault]:
    plain = "".join(char for char in part if not _is_invisible(char)).casefold().rstrip(". ")
    if part in ("", ".", "..") or plain == ".git" or _GIT_SHORT.fullmatch(plain) or "\\" in part:
        yield "The name has a special meaning on some computers.", _RENAME
        return
    if _DEVICES.fullmatch(part.rstrip(". ")):
        yield f"Windows reserves the name “{shown(part)}”.", _RENAME
    if found := _FORBIDDEN.search(part):
        yield f"Windows does not allow “{found[0]}” in a name.", _RENAME
    if part != part.strip(" ") or part.endswith("."):
        what = "The name begins or ends with a space, or ends with a dot: some computers drop them."
        yield what, _RENAME
    if len(part.encode()) > _LONGEST_PART:
        yield f"The name “{shown(part)}” has more than {_LONGEST_PART} bytes.", "Make it shorter."


def _is_invisible(char: str) -> bool:
    if " " <= char < "\x7f":
        return False
    # Also spaces, variants of a sign, and what Unicode has not assigned.
    is_strange = unicodedata.category(char) in ("Zs", "Cn") or char in "\ufe0e\ufe0f"
    return is_strange or visible_line(char) != char


def fold_name(name: str) -> str:
    """The name composed and without case: some systems take names for equal that fold alike."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def byte_length(name: str) -> int:
    """Bytes of a name that was read with "surrogateescape"."""
    return len(name.encode("utf-8", "surrogateescape"))


def shown(name: str) -> str:
    """The name as a message may show it: shortened, without invisible characters."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    text = "".join(
        f"\\u{{{ord(char):x}}}" if char not in "\ufffd" and _is_invisible(char) else char
        for char in text
    )
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"
