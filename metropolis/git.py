"""The one way to ask git: answers as bytes, None where git, the repository or the object is not there.

Nothing here changes a repository. Questions about history end with what the clone has: a shallow one has little.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path


def ask_git(root: Path, *arguments: str) -> bytes | None:
    """The standard output of a git command run at `root`, or None if it failed."""
    try:
        run = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False, timeout=60)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return run.stdout if run.returncode == 0 else None


def ask_git_text(root: Path, *arguments: str) -> str:
    """The same as text without the last line's end; empty where there is no answer."""
    answer = ask_git(root, *arguments)
    return answer.decode("utf-8", "replace").strip() if answer else ""


def commits_of(root: Path, *paths: str) -> list[str]:
    """The commits that changed one of `paths` (relative to `root`), newest first."""
    return ask_git_text(root, "log", "--format=%H", "--", *paths).split()


def file_at(root: Path, commit: str, path: str) -> str | None:
    """The text of a file as it was in a commit."""
    answer = ask_git(root, "show", f"{commit}:./{path}")
    return None if answer is None else answer.decode("utf-8", "replace").replace("\r\n", "\n")


def files_at(root: Path, commit: str, folder: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files that stood directly in `folder` in a commit."""
    for path in ask_git_text(root, "ls-tree", "--name-only", commit, f"{folder}/").split("\n"):
        content = ask_git(root, "show", f"{commit}:./{path}") if path else None
        if content is not None:
            yield path, content
