"""Whatever fails in the system, every command answers with a line and an exit code, never a trace.

Each command of the parser runs under each fault, in a process of its own. A new command needs its
arguments in COMMANDS, a new fault a line in FAULTS."""

from __future__ import annotations

import argparse
import errno
import io
import os
import resource
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from metropolis.cli import _parser, main

PAGE = "content/es/vision.md"
# Of a project in which all is well, or (check, build, pdf) whose data cannot be read: they say so
# at once, where else a book would be made.
COMMANDS = {
    "check": "check",
    "build": "build",
    "pdf": "pdf",
    "serve": "serve --address 192.0.2.1:8000",
    "translation status": "translation status",
    "translation diff": f"translation diff {PAGE}",
    "translation accept": f"translation accept {PAGE}",
    "translation start": "translation start pt",
    "translation export": f"translation export --to es --folder out {PAGE}",
    "translation import": "translation import vision.es.xlf",
    "data schema": "data schema",
    "data diff": "data diff HEAD",
    "data import observations": "data import observations values.csv --write",
    "publish setup": "publish --at nowhere setup",
    "publish doctor": "publish --at nowhere doctor",
    "publish person add": "publish --at nowhere person add ana",
    "publish person remove": "publish --at nowhere person remove ana",
    "publish person list": "publish --at nowhere person list",
    "publish shell": "publish --at nowhere shell ana",
    "publish status": "publish --at nowhere status",
    "publish log": "publish --at nowhere log",
    "publish rollback": "publish --at nowhere rollback",
    "publish unpin": "publish --at nowhere unpin",
    "publish reconcile": "publish --at nowhere reconcile",
    "publish verify": "publish --at nowhere verify site",
    "publish hook": "publish --at nowhere hook pre-receive",
    "publish mirror": "publish mirror nobody:site",
    "help": "--help",
    "wrong use": "chek",
}
BROKEN = ("check", "build", "pdf")
VALUES = """place,indicator,year,value,unit,sex,source
seoul,poverty,2019,8.9,percent,total,plan-2021-2023
"""


def leaves(parser: argparse.ArgumentParser, name: str = "") -> Iterator[str]:
    groups = [one for one in parser._actions if isinstance(one, argparse._SubParsersAction)]
    for group in groups:
        for word, command in group.choices.items():
            yield from leaves(command, f"{name} {word}".strip())
    if not groups:
        yield name


def test_every_command_is_tried() -> None:
    assert set(leaves(_parser([]))) | {"help", "wrong use"} == set(COMMANDS)


def full_disk() -> None:
    os.dup2(os.open("/dev/full", os.O_WRONLY), 1)


def closed_pipe() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    os.dup2(writer, 1)


def closed_output() -> None:
    os.close(1)


def no_large_file() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (50, resource.RLIM_INFINITY))


def no_more_files() -> None:
    resource.setrlimit(resource.RLIMIT_NOFILE, (3, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))


def no_programs() -> None:
    os.environ["PATH"] = "/nowhere"


def nothing() -> None:
    """Only the encoding is another."""


FAULTS: dict[str, tuple[Callable[[], None], str]] = {
    "the output is on a full disk": (full_disk, "utf-8"),
    "whoever reads has ended": (closed_pipe, "utf-8"),
    "the output is closed": (closed_output, "utf-8"),
    "the output knows ASCII only": (nothing, "ascii"),
    "the output knows Windows' letters only": (nothing, "cp1252"),
    "no file may grow": (no_large_file, "utf-8"),
    "no file can be opened": (no_more_files, "utf-8"),
    "no program is installed": (no_programs, "utf-8"),
}


@pytest.fixture(scope="module")
def good(module_copy: Path) -> Path:
    os.unlink(module_copy / ".cache") if (module_copy / ".cache").is_symlink() else None  # noqa: PTH108
    export = ["translation", "export", "--to", "es", "--folder", str(module_copy), str(PAGE)]
    assert main(["--project", str(module_copy), *export]) == 0
    (module_copy / "values.csv").write_text(VALUES, "utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "data"], ["commit", "-qm", "Data"]):
        subprocess.run([*git, *arguments], cwd=module_copy, check=True)
    return module_copy


@pytest.fixture(scope="module")
def broken(tmp_path_factory: pytest.TempPathFactory, good: Path) -> Path:
    folder = tmp_path_factory.mktemp("broken")
    for entry in good.iterdir():
        (folder / entry.name).symlink_to(entry)
    (folder / "data").unlink()
    (folder / "data").mkdir()
    return folder


def run(
    arguments: str, folder: Path, fault: Callable[[], None], encoding: str, output: Path
) -> tuple[int, str]:
    """The exit code of a command under a fault, and its standard error. As in a process of its own,
    what Python itself would print at its end counts."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(writer, 2)
            os.dup2(os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
            os.chdir(folder)
            sys.stderr = io.TextIOWrapper(io.FileIO(2, "w"), encoding, write_through=True)
            fault()
            sys.stdout = None  # type: ignore[assignment]
            if fault is not closed_output:
                sys.stdout = io.TextIOWrapper(io.BufferedWriter(io.FileIO(1, "w")), encoding)
            try:
                code = main(arguments.split())
            except SystemExit as end:
                code = end.code if isinstance(end.code, int) else 120
            if sys.stdout:
                sys.stdout.flush()
        except BaseException:
            os.write(2, traceback.format_exc().encode())
            code = 120
        os._exit(code)
    os.close(writer)
    with os.fdopen(reader, encoding=encoding) as error:
        words = error.read()
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), words


def reported(error: str) -> str:
    """The last line, without the place of the log."""
    return error.rstrip().rpartition("\n")[2].partition(". The details")[0].rstrip(".")


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_fault_of_the_system(
    command: str, fault: str, good: Path, broken: Path, tmp_path: Path
) -> None:
    folder = broken if command in BROKEN else good
    code, error = run(COMMANDS[command], folder, *FAULTS[fault], tmp_path / "output")
    assert "Traceback" not in error, error
    assert code in (0, 1, 2), error
    if fault == "the output is on a full disk" and command in (*BROKEN, "data schema", "help"):
        assert (code, reported(error)) == (1, "This could not be done: the disk is full")
    if fault == "whoever reads has ended" and command != "serve":
        assert code in (1, 2)
        assert "could not be done" not in error


@pytest.mark.parametrize(
    "command",
    ["translation export", "translation import", "data schema", "data import observations"],
)
def test_what_stood_stays_whole_when_no_file_may_grow(
    command: str, good: Path, tmp_path: Path
) -> None:
    def files() -> dict[str, bytes]:
        return {
            str(file.relative_to(good)): file.read_bytes()
            for name in ("content", "data", "out")
            for file in (good / name).rglob("*")
            if file.is_file()
        }

    for old in (good / "data/observations").glob("*.csv"):
        old.unlink()
    page = good / PAGE
    page.write_text(page.read_text("utf-8") + "\n", "utf-8")
    before = files()
    code, error = run(COMMANDS[command], good, no_large_file, "utf-8", tmp_path / "output")
    words = "This could not be done: a file would be larger than this account may write"
    assert (code, reported(error)) == (1, words)
    assert files() == before


@pytest.mark.parametrize("command", [one for one in COMMANDS if not one.startswith("publish")])
def test_a_project_that_can_only_be_read(command: str, good: Path, broken: Path) -> None:
    folder = broken if command in BROKEN else good
    mount = f"mount --bind {good} {good} && mount -o remount,bind,ro {good} && cd {folder} &&"
    metropolis = f"{sys.executable} -m metropolis.cli {COMMANDS[command]}"
    ended = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", f"{mount} {metropolis}"],
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert "Traceback" not in ended.stderr
    assert ended.returncode in (0, 1, 2)
    if command in ("translation export", "data schema", "data import observations"):
        assert ended.stderr == "This could not be done: the disk can only be read.\n"


# Where a pipe, a device or a folder stands in place of a file, and what is said of it.
PLACES = ("content/es/vision.md", "data/members.yml", "language/words.txt", "language/rules.yml",
          "language/inclusive.yml", "language/accepted.es.tsv", "mkdocs.yml", "data/observations/x.csv",
          "content/fr/images/x.png")  # fmt: skip


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loop"])
@pytest.mark.parametrize("path", PLACES)
def test_what_is_no_file(path: str, kind: str, project_copy: Path, tmp_path: Path) -> None:
    place = project_copy / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("/dev/zero" if kind == "device" else place.name)
    code, error = run("check", project_copy, nothing, "utf-8", tmp_path / "output")
    assert "Traceback" not in error
    assert code in (1, 2)
    assert Path(path).name in error + (tmp_path / "output").read_text("utf-8")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (errno.EFBIG, "a file would be larger than this account may write"),
        (errno.ENXIO, "x.md is a pipe or a device, not a file"),
        (errno.EISDIR, "x.md is a folder"),
    ],
)
def test_reasons(code: int, words: str) -> None:
    from metropolis.system_error import reason

    assert reason(OSError(code, "x", "x.md")) == words
