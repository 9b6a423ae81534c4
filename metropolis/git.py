"""The one way to call git: run_git answers or says why not; the questions below it take no answer for an answer.

Questions about history end with what the clone has: a shallow one has little.
"""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

_LONGEST = 60  # seconds for a question


class GitError(Exception):
    """git did not answer; the message is its own."""


def run_git(
    folder: Path,
    *arguments: str,
    data: bytes = b"",
    environment: Mapping[str, str] | None = None,
    longest: float | None = None,
) -> bytes:
    """The standard output of a git command run in `folder`; `longest` is in seconds."""
    try:
        run = subprocess.run(
            ["git", *arguments],
            cwd=folder,
            env=environment,
            input=data,
            capture_output=True,
            check=False,
            timeout=longest,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(str(error)) from error
    if run.returncode:
        raise GitError(run.stderr.decode("utf-8", "replace").strip())
    return run.stdout


def ask_git(root: Path, *arguments: str) -> bytes | None:
    """The answer to a question; None where git, the repository or the object is not there."""
    try:
        return run_git(root, *arguments, longest=_LONGEST)
    except GitError:
        return None


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
