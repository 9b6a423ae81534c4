"""The files of a push, read from git's objects before the ref moves: no work tree can be made of a
quarantine, and `git archive` would obey attributes in the push. They are listed, checked, and
written one by one: links and submodules never reach the disk. Anyone with push access may change
words and facts, only maintainers code, although the server builds with the installed version."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from metropolis.content.images import PICTURES, check_picture_size
from metropolis.git import GitError, open_git_bare, run_git_bare
from metropolis.portable_names import Fault, byte_length, find_faults, fold_name, shown
from metropolis.problem import Problem
from metropolis.publish.pushed_objects import Objects, open_objects
from metropolis.publish.settings import Limits

# What a build reads from a push: words and facts. Everything else is the server's own.
PUBLISHED = ("content", "data", "language")
_PROSE = (*PUBLISHED, "docs")
# Files of words, facts and pictures. Any other kind could be a program: no list of those is whole.
_PROSE_KINDS = (
    ".md", ".txt", ".yml", ".yaml", ".csv", ".tsv", ".json", ".geojson", ".bib", ".po", ".xliff",
    ".xlf", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".pdf", ".xlsx", ".docx", ".odt", ".ods",
)  # fmt: skip
_CODE = "Only maintainers may change this file: it is, or controls, code that runs on the server."


class TreeEntry(NamedTuple):
    """A file of the tree: `mode` as git has it ("100644"), its object and size in bytes."""

    mode: str
    object: str
    size: int
    path: str


def list_tree(repository: Path, commit: str) -> list[TreeEntry]:
    words = ("ls-tree", "-r", "-l", "-z", "--full-tree", commit)
    entries = []
    for line in run_git_bare(repository, *words).decode("utf-8", "surrogateescape").split("\0"):
        if line:
            head, _, path = line.partition("\t")
            mode, _, name, size = head.split()
            entries.append(TreeEntry(mode, name, int(size) if size.isdigit() else 0, path))
    return entries


def check_tree(entries: Iterable[TreeEntry], limits: Limits) -> list[Problem]:
    """A problem for each file that may not be published or would not work on some computer."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for entry in entries:
        for what, how in (*_find_faults(entry, limits), *find_faults(entry.path)):
            problems.append(Problem(shown(entry.path), 0, 0, what, how=how))
        problems += _find_twins(entry.path, seen)
    return problems


def _find_faults(entry: TreeEntry, limits: Limits) -> Iterator[Fault]:
    if entry.mode == "120000":
        what = "This is a link to another file, and could publish any file of the server."
        yield what, "Put the file itself here."
    elif entry.mode == "160000":
        what = "This is another repository (a submodule), which is not published."
        yield what, "Remove it: git rm --cached."
    elif entry.mode not in ("100644", "100755"):
        what = f"Git does not know this kind of file ({entry.mode})."
        yield what, "Remove it and add it again: git rm, git add."
    elif entry.size > limits.largest_file:
        what = f"The file has {entry.size:,} bytes; {limits.largest_file:,} are allowed."
        yield what, "Make it smaller."
    parts = [fold_name(part) for part in entry.path.split("/")]
    if parts[-1] == ".gitmodules" or (
        parts[0] in _PROSE and any(part.startswith(".git") for part in parts)
    ):
        yield "Git would obey this file in everybody's copy.", "Remove it."
    if byte_length(entry.path) > limits.longest_path:
        yield f"The path has more than {limits.longest_path} bytes.", "Make it shorter."


def _find_twins(path: str, seen: dict[str, str]) -> Iterator[Problem]:
    """Files and folders that differ from one in `seen` by case or composition only."""
    parts = path.split("/")
    for count in range(1, len(parts) + 1):
        own = "/".join(parts[:count])
        twin = seen.setdefault(fold_name(own), own)
        if twin != own:
            kind = "file" if count == len(parts) else "folder"
            what = f"This name and “{shown(twin)}” are the same {kind} on some computers."
            yield Problem(shown(own), 0, 0, what, how="Rename one of them.")
            return


def check_pictures(
    objects: Objects, entries: Iterable[TreeEntry], limits: Limits
) -> Iterator[Problem]:
    """A problem for each picture that would fill a reader's memory."""
    for entry in entries:
        suffix = entry.path[entry.path.rfind(".") :].lower()
        if suffix not in PICTURES or not 0 < entry.size <= limits.largest_file:
            continue
        content = objects.read(entry.object, limits.largest_file)
        for what, how in check_picture_size(content, limits.most_pixels):
            yield Problem(shown(entry.path), 0, 0, what, how=how)


def is_protected(path: str) -> bool:
    """Whether a file is, or controls, code: all but content, data, language and the handbook."""
    folder, _, rest = path.partition("/")
    is_prose = folder in _PROSE and rest.lower().endswith(_PROSE_KINDS)
    return not is_prose and ("/" in path or not path.endswith(".md"))


def changed_paths(repository: Path, old: str, new: str, most: int) -> list[str]:
    """At most `most` of the paths that differ between two commits, removed ones included."""
    trees = (f"{old}^{{tree}}", f"{new}^{{tree}}")
    options = ("--no-renames", "--no-ext-diff", "--name-only", "-r", "-z")
    with open_git_bare(repository, "diff-tree", *options, *trees) as process:
        assert process.stdout
        paths: list[str] = []
        rest = b""
        while len(paths) < most and (data := process.stdout.read1(65536)):  # type: ignore[attr-defined]
            *found, rest = (rest + data).split(b"\0")
            paths += [path.decode("utf-8", "surrogateescape") for path in found]
        if len(paths) < most and process.wait():
            raise GitError("git could not compare the push with what is published")
        return paths[:most]


def check_trust(paths: Iterable[str], who: str, maintainers: Iterable[str]) -> list[Problem]:
    """A problem for each change of code by somebody who is not a maintainer."""
    if who in maintainers:
        return []
    names = ", ".join(maintainers) or "none is named yet"
    how = f"Remove it from your push, or ask a maintainer ({names})."
    return [Problem(shown(path), 0, 0, _CODE, how=how) for path in paths if is_protected(path)]


def export(repository: Path, entries: Iterable[TreeEntry], folder: Path) -> None:
    """Writes the published files to `folder`; the tree has been checked before."""
    with open_objects(repository) as objects:
        for entry in entries:
            if entry.path.split("/")[0] in PUBLISHED and entry.mode.startswith("100"):
                file = folder / entry.path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_bytes(objects.read(entry.object, entry.size))
