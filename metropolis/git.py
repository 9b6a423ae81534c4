"""The one way to call git: run_git answers or says why not; the questions below it take no answer
for an answer.

Questions about history end with what the clone has: a shallow one has little.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from metropolis.text_file import plain_lines

_LONGEST = 60  # seconds for a question
# Replacement objects and grafts let whoever can push a ref say what another commit holds: they are
# never read.
_SAFE = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
_CONFIGURATION = (
    "core.useReplaceRefs=false",
    "advice.graftFileDeprecated=false",
    "log.showSignature=false",
)
_OPTIONS = tuple(word for setting in _CONFIGURATION for word in ("-c", setting))
# What a hook needs of git's own environment: where the objects of a push wait for the verdict.
_QUARANTINE = ("GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH")
_ALTERNATES = "GIT_ALTERNATE_OBJECT_DIRECTORIES"


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
            ["git", *_OPTIONS, *arguments],
            cwd=folder,
            env={**(os.environ if environment is None else environment), **_SAFE},
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


def run_git_bare(repository: Path, *arguments: str, data: bytes = b"") -> bytes:
    """The same in a bare repository, with the objects of a push that waits for its verdict."""
    return run_git(repository, *arguments, data=data, environment=_bare_environment(repository))


@contextmanager
def open_git_bare(repository: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A git command in a bare repository that is asked and read bit by bit; it ends with the
    `with`."""
    try:
        process = subprocess.Popen(
            ["git", *_OPTIONS, *arguments],
            cwd=repository,
            env={**_bare_environment(repository), **_SAFE},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise GitError(str(error)) from error
    try:
        yield process
    finally:
        process.kill()
        for stream in (process.stdin, process.stdout):
            with suppress(OSError):  # what was not sent yet is of no interest to anybody
                if stream:
                    stream.close()
        process.wait()


def _bare_environment(repository: Path) -> dict[str, str]:
    """No variable of git's but those that lead to quarantined objects: who pushes may have set
    others."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    for name in _QUARANTINE:
        if name in os.environ:
            environment[name] = str((repository / os.environ[name]).resolve())
    if _ALTERNATES in os.environ:
        environment[_ALTERNATES] = os.environ[_ALTERNATES]
    return {**environment, "GIT_DIR": str(repository)}


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
    return None if answer is None else plain_lines(answer.decode("utf-8-sig", "replace"))


def files_at(root: Path, commit: str, folder: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files that stood directly in `folder` in a commit."""
    for path in ask_git_text(root, "ls-tree", "--name-only", commit, f"{folder}/").split("\n"):
        content = ask_git(root, "show", f"{commit}:./{path}") if path else None
        if content is not None:
            yield path, content
