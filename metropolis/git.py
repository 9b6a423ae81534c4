"""The only way to call git: run_git answers or raises an error with the reason; the other functions
accept that there is no answer. A shallow clone knows little of the history."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from metropolis.text_file import plain_lines

_LONGEST = 60  # seconds for a question
# With replacement objects and grafts, whoever can push a ref decides what a commit contains.
_SAFE = {"GIT_NO_REPLACE_OBJECTS": "1", "GIT_GRAFT_FILE": os.devnull}
_OPTIONS = (
    *("-c", "core.useReplaceRefs=false"),
    *("-c", "advice.graftFileDeprecated=false"),
    *("-c", "log.showSignature=false"),
)
# The folder of a push's objects until the verdict: all that a hook needs of git's variables.
QUARANTINE = ("GIT_OBJECT_DIRECTORY", "GIT_QUARANTINE_PATH", "GIT_ALTERNATE_OBJECT_DIRECTORIES")


class GitError(Exception):
    """git did not answer; the message is its own."""


def run_git(
    folder: Path,
    *arguments: str,
    environment: Mapping[str, str] | None = None,
    longest: float | None = None,
) -> bytes:
    """The standard output of a git command run in `folder`; `longest` is in seconds."""
    try:
        run = subprocess.run(
            ["git", *_OPTIONS, *arguments],
            cwd=folder,
            env={**(os.environ if environment is None else environment), **_SAFE},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=longest,
        )
    except FileNotFoundError as error:
        what = "git is not installed" if error.filename == "git" else f"there is no folder {folder}"
        raise GitError(what) from error
    except (OSError, subprocess.TimeoutExpired) as error:
        raise GitError(str(error)) from error
    if run.returncode:
        raise GitError(run.stderr.decode("utf-8", "replace").strip())
    return run.stdout


def run_git_bare(repository: Path, *arguments: str) -> bytes:
    """The same in a bare repository, with the objects of a push that waits for its verdict."""
    return run_git(repository, *arguments, environment=_bare_environment(repository))


@contextmanager
def open_git_bare(repository: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A git command in a bare repository, to write to and read from; it ends with the `with`."""
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
            with suppress(OSError):  # it does not matter what was not sent yet
                if stream:
                    stream.close()
        process.wait()


def _bare_environment(repository: Path) -> dict[str, str]:
    """Of git's variables, only those of quarantined objects: a pusher may have set others."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    quarantine = {name: os.environ[name] for name in QUARANTINE if name in os.environ}
    for name in QUARANTINE[:2]:  # relative to the repository, unlike the alternates
        if name in quarantine:
            quarantine[name] = str((repository / quarantine[name]).resolve())
    return {**environment, **quarantine, "GIT_DIR": str(repository)}


def ask_git(root: Path, *arguments: str) -> bytes | None:
    """The answer to a question; None if git, the repository or the object is missing."""
    try:
        return run_git(root, *arguments, longest=_LONGEST)
    except GitError:
        return None


def ask_git_text(root: Path, *arguments: str) -> str:
    """The same as text without the last line's end; empty if there is no answer."""
    answer = ask_git(root, *arguments)
    return answer.decode("utf-8", "replace").strip() if answer else ""


def commits_of(root: Path, *paths: str) -> list[str]:
    """The commits that changed one of `paths` (relative to `root`), newest first."""
    return ask_git_text(root, "log", "--format=%H", "--", *paths).split()


def names_of(root: Path, path: str) -> list[tuple[str, str]]:
    """The commits that changed a file, newest first, each with the file's path then."""
    options = ("--follow", "--relative", "--name-only", "--format=%H")
    answer = ask_git_text(root, "-c", "core.quotePath=false", "log", *options, "--", path)
    named = [word for word in answer.split("\n") if word]
    return list(zip(named[::2], named[1::2], strict=False))


def file_at(root: Path, commit: str, path: str) -> str | None:
    answer = ask_git(root, "show", f"{commit}:./{path}")
    return None if answer is None else plain_lines(answer.decode("utf-8-sig", "replace"))


def files_at(root: Path, commit: str, folder: str) -> Iterator[tuple[str, bytes]]:
    """Path and content of the files that were directly in `folder` in a commit."""
    for path in ask_git_text(root, "ls-tree", "--name-only", commit, f"{folder}/").split("\n"):
        content = ask_git(root, "show", f"{commit}:./{path}") if path else None
        if content is not None:
            yield path, content
