"""The size of a push when unpacked, measured before: each folder is read once, and the sizes in it
are added up, because nine hundred bytes can contain a million folders, seven of them different."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import Popen
from typing import NamedTuple

from metropolis.git import GitError, open_git_bare, run_git_bare
from metropolis.portable_names import shown
from metropolis.problem import Problem
from metropolis.publish.settings import Limits

# No folder, commit or tag of ours is larger; git holds each in memory.
_LARGEST_OBJECT = 2_000_000
# Requests: they and their answers fit into the pipes, so that neither side blocks the other.
_AT_ONCE = 400
# Lines of folders that are read for each object allowed. A large folder with a small change in each
# of many commits is sent as a few bytes, but read whole each time.
_LINES_FOR_EACH = 20
_FOLDER = b"40000"
_OTHER_REPOSITORY = b"160000"
# Leading zeros are not part of a mode. A loop in Python would take ten times as long.
_LINES = {n: re.compile(rb"0*([0-7]+) ([^\0]*)\0(.{%d})" % n, re.DOTALL) for n in (20, 32)}


class TooMuchError(Exception):
    """A commit is too large when unpacked. The message is a Problem's `what`, found at `path`."""

    def __init__(self, path: str, what: str) -> None:
        super().__init__(what)
        self.path = path


class Extent(NamedTuple):
    """A folder's files and folders, levels, bytes of all files, bytes of the longest path."""

    files: int = 0
    depth: int = 0
    size: int = 0
    path: int = 0


# A line of a folder: mode as git writes it (b"100644", b"40000"), name, object in bytes.
Item = tuple[bytes, bytes, bytes]


class Objects:
    """Requests kinds, sizes and contents from one `git cat-file`."""

    def __init__(self, process: Popen[bytes]) -> None:
        assert process.stdin
        assert process.stdout
        self._ask, self._answer = process.stdin, process.stdout

    def look_up(self, names: Iterable[str]) -> dict[str, tuple[str, int]]:
        """Kind ("blob", "tree", "commit", "tag") and size of objects."""
        wanted = list(names)
        found: dict[str, tuple[str, int]] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            self._send("".join(f"info {name}\n" for name in some))
            for name in some:
                found[name] = self._read_head()
        return found

    def read(self, name: str, largest: int = _LARGEST_OBJECT) -> bytes:
        """The content of an object that was looked up and is not larger than `largest`."""
        self._send(f"contents {name}\n")
        _, size = self._read_head()
        if size > largest:
            what = f"An object of the push has {size:,} bytes; {largest:,} are allowed."
            raise TooMuchError("", what)
        content = self._answer.read(size + 1)
        if len(content) != size + 1:
            raise GitError("git ended before it had answered")
        return content[:-1]

    def _send(self, questions: str) -> None:
        try:
            self._ask.write(f"{questions}flush\n".encode())
            self._ask.flush()
        except OSError as error:
            raise GitError(f"git ended before it was asked ({error.strerror})") from error

    def _read_head(self) -> tuple[str, int]:
        cells = self._answer.readline().split()
        if len(cells) != 3 or not cells[2].isdigit():
            raise GitError("an object of the push is missing")
        return cells[1].decode(), int(cells[2])


@contextmanager
def open_objects(repository: Path) -> Iterator[Objects]:
    """The objects of a repository and of the push that waits for its verdict."""
    with open_git_bare(repository, "cat-file", "--batch-command", "--buffer") as process:
        yield Objects(process)


def find_commit(objects: Objects, name: str) -> tuple[str, str]:
    """The commit to which a branch or tag leads in one step; or else what is wrong."""
    kind, size = objects.look_up([name])[name]
    if kind == "commit":
        return name, ""
    if kind != "tag":
        return "", f"This leads to a {_KINDS[kind]}, not to a commit."
    if size > _LARGEST_OBJECT:
        return "", f"The tag has {size:,} bytes; {_LARGEST_OBJECT:,} are allowed."
    target = re.match(rb"object ([0-9a-f]{40,64})\ntype ([a-z]+)\n", objects.read(name))
    if target is None or target[2] != b"commit":
        kind = _KINDS.get(target[2].decode(), "thing") if target else "thing"
        return "", f"This tag leads to a {kind}, not to a commit."
    return target[1].decode(), ""


_KINDS = {"blob": "file", "tree": "folder", "tag": "tag"}


def check_extent(
    repository: Path, objects: Objects, commits: Iterable[str], limits: Limits
) -> list[Problem]:
    """A problem for the first pushed commit that is too large when unpacked: tips first, but older
    ones too, because whoever asks for the history of a file unpacks them."""
    tips = list(dict.fromkeys(commits))
    if not tips:
        return []
    measure = Measure(objects, limits)
    words = ("rev-list", f"--max-count={limits.most_commits + 1}", *tips, "--not", "--all")
    new = run_git_bare(repository, *words).decode().split()
    if len(new) > limits.most_commits:
        what = f"The push adds more than {limits.most_commits:,} commits."
        how = "Push the older ones first, or ask the server's administrator."
        return [Problem(new[0][:10], 0, 0, what, how=how)]
    for commit in dict.fromkeys([*tips, *new]):
        try:
            measure.commit(commit)
        except TooMuchError as error:
            older = f"It is in {commit[:10]}, an older commit of the push:"
            how = "Remove what is too much."
            how = how if commit in tips else f"{older} begin a new branch without it."
            return [Problem(error.path.rstrip("/") or commit[:10], 0, 0, str(error), how=how)]
    return []


class Measure:
    """Measures commits; each folder is read once, even if many commits share it."""

    def __init__(self, objects: Objects, limits: Limits) -> None:
        self._objects = objects
        self._limits = limits
        self._too_deep = f"There are more than {limits.deepest_folder} folders, one in another."
        self._folders: dict[bytes, Extent] = {}
        self._sizes: dict[bytes, int] = {}
        self._lines = 0

    def commit(self, commit: str) -> Extent:
        """The extent of an unpacked commit; raises TooMuchError beyond a limit."""
        _, size = self._objects.look_up([commit])[commit]
        if size > _LARGEST_OBJECT:
            what = f"The commit's message has {size:,} bytes; {_LARGEST_OBJECT:,} are allowed."
            raise TooMuchError("", what)
        head = re.match(rb"tree ([0-9a-f]{40,64})\n", self._objects.read(commit))
        if head is None:
            raise GitError(f"{commit} is no commit")
        return self._folder(bytes.fromhex(head[1].decode()))

    def _folder(self, top: bytes) -> Extent:
        """Depth first, with an explicit stack: a push may be deeper than Python can recurse."""
        stack = [self._open(top, "")] if top not in self._folders else []
        while stack:
            own, path, items, inner_folders = stack[-1]
            inner = next((one for one in inner_folders if one[2] not in self._folders), None)
            if inner is None:
                self._folders[own] = self._add_up(items, path)
                stack.pop()
                continue
            if len(stack) > self._limits.deepest_folder:
                raise TooMuchError(path, self._too_deep)
            stack.append(self._open(inner[2], f"{path}{_text(inner[1])}/"))
        return self._folders[top]

    def _open(self, own: bytes, path: str) -> tuple[bytes, str, list[Item], Iterator[Item]]:
        items = self._read_folder(own, path)
        return own, path, items, (one for one in items if one[0] == _FOLDER)

    def _read_folder(self, own: bytes, path: str) -> list[Item]:
        """The lines of a folder; looks up the sizes of its files and folders."""
        size = self._sizes.get(own) or self._objects.look_up([own.hex()])[own.hex()][1]
        if size > _LARGEST_OBJECT:
            what = f"The list of this folder has {size:,} bytes; {_LARGEST_OBJECT:,} are allowed."
            raise TooMuchError(path, what)
        items = parse_folder(self._objects.read(own.hex()), len(own))
        self._lines += len(items)
        most = self._limits.most_objects
        if self._lines > _LINES_FOR_EACH * most:
            what = f"The push's folders have more than {_LINES_FOR_EACH * most:,} lines together."
            raise TooMuchError(path, what)
        new = {name for mode, _, name in items if mode != _OTHER_REPOSITORY} - self._sizes.keys()
        if len(self._sizes) + len(new) > most:
            raise TooMuchError(path, f"The push has more than {most:,} objects.")
        found = self._objects.look_up(name.hex() for name in new)
        self._sizes |= {bytes.fromhex(name): size for name, (_, size) in found.items()}
        return items

    def _add_up(self, items: list[Item], path: str) -> Extent:
        limits = self._limits
        inner = [(name, self._folders[own]) for mode, name, own in items if mode == _FOLDER]
        files = len(items) + sum(one.files for _, one in inner)
        depth = max((1 + one.depth for _, one in inner), default=0)
        size = sum(self._sizes.get(own, 0) for mode, _, own in items if mode != _FOLDER)
        size += sum(one.size for _, one in inner)
        lengths = [(len(name), name) for _, name, _ in items]
        lengths += [(len(name) + 1 + one.path, name) for name, one in inner if one.files]
        longest, name = max(lengths, default=(0, b""))
        if longest > limits.longest_path:
            what = f"The path, or one in it, has more than {limits.longest_path} bytes."
            raise TooMuchError(f"{path}{_text(name)}", what)
        if files > limits.most_files:
            what = f"There are more than {limits.most_files:,} files and folders."
            raise TooMuchError(path, what)
        if depth > limits.deepest_folder:
            raise TooMuchError(path, self._too_deep)
        if size > limits.most_bytes:
            what = f"The files have more than {limits.most_bytes:,} bytes together."
            raise TooMuchError(path, what)
        return Extent(files, depth, size, longest)


def parse_folder(content: bytes, length: int) -> list[Item]:
    """The lines of a tree object; `length` is that of an object's name in bytes."""
    items: list[Item] = _LINES[length].findall(content)
    shortest = sum(len(name) for _, name, _ in items) + (length + 2) * len(items)
    if shortest > len(content) or (content and not items):
        raise GitError("a folder of the push cannot be read")
    return items


def _text(name: bytes) -> str:
    return shown(name.decode("utf-8", "surrogateescape"))
