"""Who may push what: anyone with push access may change words and facts, only maintainers code,
which runs with the server's rights. Even then the server builds with the installed version."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from metropolis.git import GitError, open_git_bare
from metropolis.portable_names import shown
from metropolis.problem import Problem
from metropolis.publish.pushed_tree import PROSE

# Files of words, facts and pictures. Any other kind could be a program: no list of those is whole.
_PROSE_KINDS = (
    ".md", ".txt", ".yml", ".yaml", ".csv", ".tsv", ".json", ".geojson", ".bib", ".po", ".xliff",
    ".xlf", ".png", ".jpg", ".jpeg", ".webp", ".svg", ".pdf", ".xlsx", ".docx", ".odt", ".ods",
)  # fmt: skip
_CODE = "Only maintainers may change this file: it is, or controls, code that runs on the server."


def is_protected(path: str) -> bool:
    """Whether a file is, or controls, code: all but content, data, language and the handbook."""
    folder, _, rest = path.partition("/")
    is_prose = folder in PROSE and rest.lower().endswith(_PROSE_KINDS)
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
