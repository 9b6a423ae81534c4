"""The files of a push, read from git's objects before the ref moves.

While git holds pushed objects in quarantine a work tree cannot be made, and `git archive` would obey attributes in the
push itself. So the tree is listed, looked at, and written file by file: links and foreign modules never reach the disk.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from metropolis import git
from metropolis.problem import Problem

# What a build takes from a push: words and facts. Everything else is the server's own.
PUBLISHED = ("content", "data", "language")
_BIDI = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0x061C)}
_LONGEST_PATH = 200


@dataclass(frozen=True)
class Entry:
    """A file of the tree: `mode` as git has it ("100644"), its object and size in bytes."""

    mode: str
    object: str
    size: int
    path: str


def run_git(repository: Path, *arguments: str, data: bytes = b"") -> bytes:
    """git on a bare repository; keeps the variables that lead to quarantined objects."""
    environment = {**os.environ, "GIT_DIR": str(repository)}
    for name in ("GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH"):
        if name in environment:
            environment[name] = str((repository / environment[name]).resolve())
    return git.run_git(repository, *arguments, data=data, environment=environment)


def list_tree(repository: Path, commit: str) -> list[Entry]:
    """Every file of a commit."""
    entries = []
    for line in run_git(repository, "ls-tree", "-r", "-l", "-z", commit).split(b"\0"):
        if line:
            head, _, path = line.partition(b"\t")
            mode, _, name, size = head.split()
            count = int(size) if size.isdigit() else 0
            entries.append(Entry(mode.decode(), name.decode(), count, path.decode("utf-8", "surrogateescape")))
    return entries


def check_tree(entries: Iterable[Entry], largest: int) -> list[Problem]:
    """A problem for each file that may not be published or would not survive on some computer."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for entry in entries:
        shown = entry.path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        folded = unicodedata.normalize("NFC", entry.path).casefold()
        for what, how in _wrong(entry, largest):
            problems.append(Problem(shown, 0, 0, what, how=how))
        if (twin := seen.setdefault(folded, entry.path)) != entry.path:
            what = f"This name and “{twin}” are one file on some computers."
            problems.append(Problem(shown, 0, 0, what, how="Rename one of them."))
    return problems


def _wrong(entry: Entry, largest: int) -> Iterable[tuple[str, str]]:
    if entry.mode == "120000":
        yield "This is a link to another file, and could publish any file of the server.", "Put the file itself here."
    elif entry.mode == "160000":
        yield "This is another repository (a submodule), which is not published.", "Take it out: git rm --cached."
    elif entry.size > largest:
        yield f"The file has {entry.size:,} bytes; {largest:,} are allowed.", "Make it smaller."
    parts = entry.path.split("/")
    if any("\udc80" <= sign <= "\udcff" for sign in entry.path):
        yield "The name is not written in UTF-8.", "Rename the file."
        return
    if not unicodedata.is_normalized("NFC", entry.path):
        yield "The name is written with letters and separate accents.", "Rename it in plain letters: a-z."
    if any(sign in _BIDI or unicodedata.category(sign) == "Cc" for sign in entry.path):
        yield "The name holds a character that nobody sees.", "Rename the file."
    if "\\" in entry.path or ".." in parts or ".git" in [part.lower() for part in parts]:
        yield "The name would lead elsewhere on some computers.", "Rename the file."
    if len(entry.path) > _LONGEST_PATH:
        yield f"The path has more than {_LONGEST_PATH} characters.", "Make it shorter."


def export(repository: Path, entries: Iterable[Entry], folder: Path) -> None:
    """Writes the files that are published under `folder`; the tree has been checked before."""
    wanted = [entry for entry in entries if entry.path.split("/")[0] in PUBLISHED and entry.mode.startswith("100")]
    answer = run_git(repository, "cat-file", "--batch", data="".join(f"{one.object}\n" for one in wanted).encode())
    position = 0
    for entry in wanted:
        end = answer.index(b"\n", position) + 1
        file = folder / entry.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(answer[end : end + entry.size])
        position = end + entry.size + 1
