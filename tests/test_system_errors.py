"""Whatever fails in the system, every command answers with a line and an exit code, never a trace.

Each command of the parser runs under each fault, in a process of its own: a fork of this one, which
has loaded the whole package once. A new command needs its arguments in COMMANDS, a new fault a line
in FAULTS. The project has one page, so that a command takes a fraction of a second."""

from __future__ import annotations

import argparse
import ctypes
import errno
import io
import os
import pkgutil
import re
import resource
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

import metropolis
from metropolis.cli import _parser, main
from metropolis.system_error import reason

PAGE = "content/es/vision.md"
COMMANDS = {
    "check": "check",
    "build": "build",
    "pdf": "pdf",
    "serve": "serve --address 192.0.2.1:8000",
    "translation status": "translation status",
    "translation diff": f"translation diff {PAGE}",
    "translation accept": f"translation accept {PAGE}",
    "translation start": "translation start pt",
    "translation move": "translation move vision#participation vision#voice --yes",
    "translation renew": "translation renew",
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
# These run on a project whose data cannot be read, which they report at once. On a good one they
# would build the pages of all members, and a book.
BROKEN = ("build", "pdf")
# They print nothing: the preview cannot listen, the log of a new server is empty.
SILENT = ("serve", "publish log")
NOT_COPIED = shutil.ignore_patterns(".cache", ".git")
LIBC = ctypes.CDLL(None)
MOUNTS = Path("/proc/self/ns/mnt").readlink()  # of the tests
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


def ordinary_user() -> None:
    """This process is no longer root, in its own view: `publish setup` would create an account, and
    other commands become it. Files belong to the same user as before, and mounts are its own.

    In a chroot and in most containers the system forbids that. Then Python alone says so."""
    user, group = os.getuid(), os.getgid()
    new_user, new_mounts = 0x10000000, 0x20000
    try:
        if LIBC.unshare(new_user | new_mounts) != 0:
            raise PermissionError
        Path("/proc/self/setgroups").write_text("deny", "ascii")
        Path("/proc/self/uid_map").write_text(f"1000 {user} 1", "ascii")
        Path("/proc/self/gid_map").write_text(f"1000 {group} 1", "ascii")
    except PermissionError:
        os.getuid = os.geteuid = lambda: user or 1000


def read_only() -> None:
    """Both projects are on a disk that can only be read, for this process alone."""
    if Path("/proc/self/ns/mnt").readlink() == MOUNTS:
        sys.addaudithook(forbid_writing)
        return
    folder, projects = Path.cwd(), os.fsencode(Path.cwd().parent)
    only_read, remount, bind = 1, 32, 4096
    # What the disk forbids already (programs, devices, times of access) must stay forbidden.
    kept = os.statvfs(projects).f_flag & (2 | 4 | 8 | 1024 | 2048)
    if (
        LIBC.mount(projects, projects, None, bind, None) != 0
        or LIBC.mount(None, projects, None, bind | remount | only_read | kept, None) != 0
    ):
        sys.addaudithook(forbid_writing)
    os.chdir(folder)


# What Python does to a file or a folder when it writes, beside opening it.
WRITING = {"os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "os.symlink",
           "os.truncate", "os.utime"}  # fmt: skip


def forbid_writing(event: str, arguments: tuple[object, ...]) -> None:
    """Python asks this before it acts: what a disk answers that can only be read. For systems that
    do not let a process have its own mounts."""
    flags = arguments[2] if event == "open" else 0
    is_opened = isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if event not in WRITING and not is_opened:
        return
    for path in arguments[: 1 if is_opened else 2]:
        if isinstance(path, str | bytes | os.PathLike):
            place = Path(os.fsdecode(path)).absolute()
            if place.is_relative_to(Path.cwd().parent):
                raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(place))


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
    "the disk can only be read": (read_only, "utf-8"),
}
# What is reported where a command meets the fault for certain.
REPORTED = {
    "the output is on a full disk": (
        {"check", "build", "pdf", "data schema", "help"},
        "the disk is full",
    ),
    "the disk can only be read": (
        {"translation export", "data schema", "data import observations"},
        "the disk can only be read",
    ),
}


@pytest.fixture(scope="module")
def good(module_copy: Path) -> Path:
    """A project of two pages in three languages, with a history; the whole package is loaded."""
    for module in pkgutil.walk_packages(metropolis.__path__, "metropolis."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    folder = module_copy
    (folder / ".cache").unlink(missing_ok=True)
    editions = folder / "data/editions.yml"
    editions.write_text(editions.read_text("utf-8").partition("\n")[0] + "\n[]\n", "utf-8")
    for page in (folder / "content").rglob("*.md"):
        if page.parent.parent.name == "content" and page.name in ("index.md", "vision.md"):
            links = r"\[([^\]]*)\]\([^)]*\.md[^)]*\)"
            page.write_text(re.sub(links, r"\1", page.read_text("utf-8")), "utf-8")
        else:
            page.unlink()
    file = folder / "mkdocs.yml"
    file.write_text(
        re.sub(r"\nnav:(\n  .*)+", "\nnav: [index.md, vision.md]", file.read_text("utf-8")), "utf-8"
    )
    figures = folder / "data/key-figures.yml"
    figures.write_text(re.sub(r"\n  page: .*", "", figures.read_text("utf-8")), "utf-8")
    for synonyms in (folder / "language").glob("search.*.yml"):  # they lead to pages that are gone
        synonyms.unlink()
    export = ["translation", "export", "--to", "es", "--folder", str(folder), PAGE]
    assert main(["--project", str(folder), *export]) == 0
    (folder / "values.csv").write_text(VALUES, "utf-8")
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "data"], ["commit", "-qm", "Data"]):
        subprocess.run([*git, *arguments], cwd=folder, check=True)
    shutil.copytree(folder, folder.parent / "pristine", symlinks=True)
    return folder


@pytest.fixture(scope="module")
def pristine(good: Path) -> Path:
    """The good project as it was before any command."""
    return good.parent / "pristine"


@pytest.fixture(scope="module")
def checked(pristine: Path) -> set[str]:
    """What `check` prints of the good project, which has no error."""
    output = pristine.parent / "output"
    assert run("check", pristine, nothing, "utf-8", output) == (0, "")
    return set(output.read_text("utf-8").splitlines())


@pytest.fixture(scope="module")
def broken(good: Path) -> Path:
    folder = good.parent / "broken"
    folder.mkdir()
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
            ordinary_user()
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
    commands, words = REPORTED.get(fault, (set(), ""))
    if command in commands:
        assert (code, reported(error)) == (1, f"This could not be done: {words}")
    if fault == "whoever reads has ended" and command not in SILENT:
        assert code in (1, 2)
        assert "could not be done" not in error


@pytest.mark.parametrize(
    "command",
    ["translation export", "translation import", "translation move", "data schema", "data import observations"],
)  # fmt: skip
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


# Where a pipe, a device or a folder stands in place of a file, and what is said of it.
PLACES = ("content/es/vision.md", "data/members.yml", "data/other.yml", "language/words.txt", "language/rules.yml",
          "language/inclusive.yml", "language/accepted.es.tsv", "mkdocs.yml", "data/observations/x.csv",
          "content/fr/images/x.png")  # fmt: skip


@pytest.mark.parametrize("kind", ["pipe", "device", "folder", "loop"])
@pytest.mark.parametrize("path", PLACES)
def test_what_is_no_file(
    path: str, kind: str, pristine: Path, checked: set[str], tmp_path: Path
) -> None:
    folder = tmp_path / "project"
    shutil.copytree(pristine, folder, symlinks=True, ignore=NOT_COPIED)
    (folder / ".cache").symlink_to(pristine / ".cache")
    place = folder / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.unlink(missing_ok=True)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("/dev/zero" if kind == "device" else place.name)
    code, error = run("check", folder, nothing, "utf-8", tmp_path / "output")
    assert "Traceback" not in error
    assert code in (1, 2)
    printed = set((error + (tmp_path / "output").read_text("utf-8")).splitlines())
    assert any(Path(path).name in line for line in printed - checked)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (OSError(errno.EFBIG, "x", "x.md"), "a file would be larger than this account may write"),
        (OSError(errno.ENXIO, "x", "x.md"), "x.md is a pipe or a device, not a file"),
        (OSError(errno.EISDIR, "x", "x.md"), "x.md is a folder"),
        (OSError(errno.ENOSPC, "x", "/"), "the disk is full"),
        (OSError(errno.EDQUOT, "x"), "this account has used up its share of the disk"),
        (OSError(errno.EROFS, "x", "/srv"), "the disk can only be read"),
        (OSError(errno.EIO, "x"), "the disk does not answer"),
        (OSError(errno.EMFILE, "x"), "too many files are open"),
        (OSError(errno.EAGAIN, "x"), "too many programs are running"),
        (OSError(errno.ENOMEM, "x"), "there is not enough memory"),
        (PermissionError(errno.EACCES, "x", "/srv/publish.lock"), "this account may not read or write /srv/publish.lock"),
        (FileNotFoundError(errno.ENOENT, "x", b"/srv/\xff\x1b"), "/srv/�� is missing"),
        (FileNotFoundError(errno.ENOENT, "x"), "a file is missing"),
        (OSError("odd"), "oserror"),
        (MemoryError(), "there is not enough memory"),
        (RecursionError(), "something is nested too deeply"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "x"), "a name or a text is not written in UTF-8"),
        (KeyError("x"), "something unforeseen happened (KeyError)"),
    ],
)  # fmt: skip
def test_reasons(error: BaseException, words: str) -> None:
    assert reason(error) == words


def test_a_folder_that_was_deleted(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    script = f"import os; os.chdir({str(gone)!r}); os.rmdir({str(gone)!r}); from metropolis.cli"
    script += " import main; raise SystemExit(main(['check']))"
    result = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False
    )
    words = "This could not be done: the folder that the command was started in was deleted."
    assert (result.returncode, result.stderr.partition(" The details")[0]) == (1, words + "\n")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "table.txt",
            "{} is neither a .csv nor a .xlsx file. Save the table as a workbook (.xlsx) or as “CSV"
            " UTF-8”.",
        ),
        ("pipe.csv", "Nothing can be imported: {} is a pipe or a device, not a file."),
        ("folder.csv", "Nothing can be imported: {} is a folder."),
        ("none.xlsx", "Nothing can be imported: {} is missing."),
    ],
)
def test_an_import_of_no_table(
    name: str, words: str, pristine: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    (tmp_path / "folder.csv").mkdir()
    place = tmp_path / name
    code = main(["--project", str(pristine), "data", "import", "observations", str(place)])
    assert (code, capsys.readouterr().err) == (2, words.format(place) + "\n")
