"""Whatever fails on the server, whoever pushes reads one plain line with the true reason, and never
a trace."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from rehearsal import Rehearsal

from metropolis.cli import main
from metropolis.publish.settings import Limits
from metropolis.system_error import reason

from .conftest import refused

ROOT = Path(__file__).parent.parent.parent
SAFE = "Not published. The site online has not changed and your work is safe in your own copy."
TELL = "Tell the server's administrator."


def hook(rehearsal: Rehearsal, name: str, **options: object) -> tuple[int, str]:
    """The hook as git calls it; what it says."""
    file = rehearsal.places.repository / "hooks" / name
    given = {"stdin": subprocess.DEVNULL, "env": rehearsal.environment(), **options}
    run = subprocess.run(
        [str(file)], cwd=rehearsal.places.repository, capture_output=True, **given  # type: ignore[call-overload]
    )  # fmt: skip
    return run.returncode, (run.stdout + run.stderr).decode("utf-8", "replace")


def test_settings_that_cannot_be_read(rehearsal: Rehearsal) -> None:
    (rehearsal.places.root / "settings.json").write_text("{", "utf-8")
    code, output = hook(rehearsal, "pre-receive")
    assert (code, output.split("\n\n")[-1].strip()) == (
        1,
        f"{rehearsal.places.settings_file}:1:2: The settings are cut short or are not JSON. "
        f"Fix the file, or restore a copy of it. {TELL}",
    )


@pytest.mark.parametrize("is_closed", [True, False])
def test_nothing_on_standard_input(rehearsal: Rehearsal, is_closed: bool) -> None:
    options = {"stdin": None, "preexec_fn": lambda: os.close(0)} if is_closed else {}
    code, output = hook(rehearsal, "pre-receive", **options)
    assert code == 1
    assert f"git did not report to the server what is pushed. {TELL}" in output
    assert "Traceback" not in output
    assert hook(rehearsal, "post-receive", **options)[0] == 0


@pytest.mark.parametrize(
    "data", [b"\xff\xfe \0 \x80\n", b"x y z\n" * 20, b"a b refs/heads/main\n", b"\n" * 2_000_000]
)
def test_nonsense_on_standard_input(rehearsal: Rehearsal, data: bytes) -> None:
    code, output = hook(rehearsal, "pre-receive", stdin=None, input=data)
    assert code == 1
    assert SAFE in output
    assert "Traceback" not in output


def test_a_server_out_of_order(rehearsal: Rehearsal) -> None:
    copy = rehearsal.clone("ana")
    rehearsal.commit(copy, {"content/fr/index.md": "release 1"}, "one")
    rehearsal.places.lock.mkdir()
    output = refused(rehearsal.push(copy))
    assert SAFE in output
    what = f"The server could not judge the push: {rehearsal.places.lock} is a folder. {TELL}"
    assert what in output
    assert "Traceback" not in output
    assert "Traceback" in rehearsal.places.faults.read_text("utf-8")


@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError(), OSError(errno.EIO, "x"), KeyError("x")]
)
def test_any_command(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    error: Exception,
) -> None:
    def fail(*_: object) -> None:
        raise error

    (tmp_path / ".cache").mkdir()
    (tmp_path / "mkdocs.yml").touch()
    monkeypatch.setattr("metropolis.builder.gate.prepare", fail)
    assert main(["--project", str(tmp_path), "check"]) == 1
    out, err = capsys.readouterr()
    log = tmp_path / ".cache" / "faults.log"
    words = f"This could not be done: {reason(error)}. The details are in {log}.\n"
    assert (out, err) == ("", words)
    assert "Traceback" in log.read_text("utf-8")


def test_a_terminal_that_cannot_write_all_letters(rehearsal: Rehearsal) -> None:
    run = subprocess.run(
        [sys.executable, "-m", "metropolis.cli", "--project", str(ROOT), "publish", "--at", str(rehearsal.places.root),
         "rollback", "Ω"],
        env={**os.environ, "PYTHONIOENCODING": "ascii:strict"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert run.returncode == 1
    assert run.stdout == "\\u201c\\u03a9\\u201d does not name a single release. There were: none.\n"
    assert run.stderr == ""


def test_the_handbook_lists_every_limit() -> None:
    page = (ROOT / "docs/staff/publishing.md").read_text("utf-8")
    for limit in fields(Limits):
        assert f"| `{limit.name}` | {limit.default:,} |" in page
