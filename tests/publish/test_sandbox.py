"""What a build can do that is anybody's program: read nothing of the account, outlive nothing, hide
nothing.

A chroot and most containers can enclose nothing. There the same tests try what holds with limits
alone (decision 18)."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest
from rehearsal import Rehearsal

from metropolis.publish import sandbox
from metropolis.publish.enclosure import Kind, _works, sandbox_kind
from metropolis.publish.processes import descendants, memory_of, running_processes
from metropolis.publish.sandbox import Outcome, _reason, run_build
from metropolis.publish.settings import Settings, write_settings

from .conftest import refused

# Whether the system lets a process have its own users, mounts and processes.
HAS_NAMESPACES = (
    subprocess.run(["unshare", "--user", "--map-root-user", "true"], check=False).returncode == 0
)
KINDS: tuple[Kind, ...] = ("bubblewrap", "unshare", "limits") if HAS_NAMESPACES else ("limits",)
Build = Callable[..., Outcome]


def program(file: Path, script: str, language: str = "/bin/sh") -> Path:
    """A stand-in for Python, which does what `script` says when it is asked to build, and is Python
    for the rest."""
    own = f"exec {language} -c \"$(cat <<'EOF'\n{script}\nEOF\n)\"\n"
    other = f'[ "$1" = -c ] && exec {sys.executable} "$@"\nfor word in "$@"; do last=$word; done\n'
    file.write_text(f'#!/bin/sh\n{other}[ "$last" = check ] && exit 0\n{own}', "utf-8")
    file.chmod(file.stat().st_mode | stat.S_IXUSR)
    return file


@pytest.fixture
def build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Build:
    """Runs a script as the build of a project: its outcome."""

    def run(
        script: str, kind: Kind = KINDS[0], language: str = "/bin/sh", **limits: int
    ) -> Outcome:
        monkeypatch.setattr(sandbox, "sandbox_kind", lambda: kind)
        project = tmp_path / "project"
        (project / "tmp").mkdir(parents=True, exist_ok=True)
        python = program(tmp_path / "python", script, language)
        settings = Settings(toolkit=str(tmp_path), python=str(python), **limits)
        return run_build(project, settings, "c0ffee", "0", lambda line: None, ())

    return run


def is_running(mark: str) -> bool:
    """Whether a process has `mark` in its command line."""
    for process in running_processes():
        with suppress(OSError):
            if mark.encode() in Path(f"/proc/{process}/cmdline").read_bytes():
                return True
    return False


def ends(mark: str) -> bool:
    """Whether all processes with `mark` in their command line come to their end; the test waits for
    them."""
    until = time.monotonic() + 30
    while is_running(mark) and time.monotonic() < until:
        time.sleep(0.01)
    return not is_running(mark)


def test_the_best_enclosure_of_this_system_is_used() -> None:
    assert sandbox_kind() == KINDS[0], "sudo apt-get install bubblewrap"
    assert all(_works(kind) == HAS_NAMESPACES for kind in ("bubblewrap", "unshare"))


def test_a_build_sees_its_own_folder_and_nothing_else_of_the_account(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    places = rehearsal.places
    keys = tmp_path / ".ssh/authorized_keys"
    keys.parent.mkdir()
    keys.write_text("ssh-ed25519 …", "utf-8")
    (places.releases / "other").mkdir()
    hidden = [
        places.root / "settings.json", places.repository / "hooks/pre-receive", places.repository / "config",
        places.repository / "HEAD", places.repository / "refs", places.releases, places.current, places.pool,
        places.seals, keys, Path("/etc/passwd"), Path("/etc/shadow"), Path("/root/.bashrc"), Path("/var/log"),
        Path("/home"), Path(rehearsal.settings.toolkit) / ".git", Path(rehearsal.settings.toolkit) / "docs",
    ]  # fmt: skip
    written = [
        places.root / "settings.json", places.repository / "hooks/post-receive", places.repository / "objects/x",
        places.releases / "x", places.root / "x", keys, Path(rehearsal.settings.toolkit) / "macros/x.py",
        Path("/usr/x"), Path("/usr/local/bin/x"), Path(sys.prefix) / "x", Path(sys.executable),
    ]  # fmt: skip
    script = "".join(f'[ -e "{place}" ] && echo "sees {place}"\n' for place in hidden)
    script += "".join(f'(echo x >>"{place}") 2>/dev/null && [ -e "{place}" ] && '
                      f'[ "$(stat -f -c %T "$(dirname "{place}")")" != tmpfs ] && echo "writes {place}"\n'
                      for place in written)  # fmt: skip
    script += "[ $(ls /proc | grep -c '^[0-9]') -lt 8 ] || echo 'sees processes'\n"
    script += "[ $(wc -l </proc/net/dev) -le 3 ] || echo 'has a network'\n"
    if not HAS_NAMESPACES:
        script = ""  # limits alone hide nothing
    script += 'ls -d content >/dev/null || echo "no content"; [ -r theme/base.html ] || echo "no toolkit"\n'
    script += 'echo y >own && echo y >.cache/own || echo "cannot write"\n'
    script += "env\nexit 1\n"
    python = program(tmp_path / "evil", script)
    write_settings(places, replace(rehearsal.settings, python=str(python)))
    before = [file.read_bytes() if file.is_file() else None for file in written]
    copy = rehearsal.clone("ana")
    rehearsal.commit(copy, {"content/fr/index.md": "x"}, "one")
    os.environ["SECRET"] = "secret"
    try:
        code, output = rehearsal.push(copy)
    finally:
        del os.environ["SECRET"]
    assert code == 1
    assert "HOME=" in output, output
    assert not [
        line
        for line in output.splitlines()
        if line.startswith(("sees", "writes", "no ", "cannot", "has"))
    ]
    assert "secret" not in output
    assert "METROPOLIS_PUSHER" not in output
    assert before == [file.read_bytes() if file.is_file() else None for file in written]
    assert (places.cache / "own").read_text() == "y\n"  # what it keeps for the next build
    assert not list(places.work.iterdir())


@pytest.mark.parametrize("kind", KINDS)
def test_no_child_outlives_its_build(build: Build, kind: Kind, tmp_path: Path) -> None:
    """With limits alone, a child that begins a session of its own would."""
    mark = f"4242.{os.getpid()}1"
    sleep = f"sleep {mark}" if kind == "limits" else f"setsid sleep {mark}"
    outcome = build(f"{sleep} & {sleep} >/dev/null 2>&1 & echo done; exit 0", kind)
    assert (outcome.code, outcome.output, outcome.why) == (0, "done\n", "")
    assert ends(mark)


@pytest.mark.parametrize("kind", KINDS)
def test_a_build_that_is_killed_is_reported_at_once_and_truly(build: Build, kind: Kind) -> None:
    """Its children hold the pipes, as the books' workers do: nobody waits for them."""
    mark = f"4242.{os.getpid()}2"
    script = f"sleep {mark} & kill -9 $$"
    if (
        kind == "unshare"
    ):  # nothing in it can kill the first process of its own system, but a fault of its own
        script = f"sleep {mark} & exec {sys.executable} -c 'import ctypes; ctypes.string_at(0)'"
    outcome = build(script, kind, longest_build=600)
    if kind == "unshare":
        assert (
            outcome.why
            == "The build was ended by a signal (SIGSEGV). Tell the server's administrator."
        )
    else:
        assert (
            outcome.why
            == "The build, or a part of it, was killed from outside (SIGKILL), as happens when the"
            " machine has no memory left. Push again; if it happens again, tell the server's administrator."
        )
    assert ends(mark)


@pytest.mark.parametrize("kind", KINDS)
def test_all_that_a_build_has_started_goes_with_the_hook(kind: Kind, tmp_path: Path) -> None:
    """With limits alone, only its own process does."""
    mark = f"4242.{os.getpid()}3"
    child = "" if kind == "limits" else f"setsid sleep {mark} >/dev/null 2>&1 & "
    (tmp_path / "project/tmp").mkdir(parents=True)
    python = program(tmp_path / "python", f"{child}echo >here; exec sleep {mark}")
    hook = (
        "import sys; from pathlib import Path; from metropolis.publish import sandbox\nfrom"
        " metropolis.publish.settings import Settings\nsandbox.sandbox_kind = lambda:"
        f" {kind!r}\nsandbox.run_build(Path({str(tmp_path / 'project')!r}), Settings('',"
        f" {str(python)!r}), '', '0', print, ())\n"
    )
    process = subprocess.Popen([sys.executable, "-c", hook])
    until = time.monotonic() + 60
    while not (tmp_path / "project/here").exists() and time.monotonic() < until:
        time.sleep(0.01)
    assert (tmp_path / "project/here").exists()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert ends(mark)


def test_memory_counts_for_all_processes_together(build: Build) -> None:
    script = (
        "import subprocess, sys\nhold = 'x = b\"x\" * 150_000_000; import time; time.sleep(600)'\n"
    )
    script += "for one in [subprocess.Popen([sys.executable, '-c', hold]) for _ in range(4)]: one.wait()\n"
    outcome = build(script, language=sys.executable, most_memory=400_000_000)
    assert outcome.why == "The build needed more than 400 MB of memory and was stopped."


def test_memory_of_one_process(build: Build) -> None:
    outcome = build("x = b'x' * 900_000_000", language=sys.executable, most_memory=500_000_000)
    assert outcome.why == "The build needed more than 500 MB of memory and was stopped."
    assert "MemoryError" in outcome.trace


@pytest.mark.parametrize("kind", KINDS)
def test_files_in_memory_are_private_and_count(build: Build, kind: Kind) -> None:
    """With limits alone they are the machine's."""
    file = Path(f"/dev/shm/own-{os.getpid()}")
    script = f"echo x >{file} && echo written"
    if kind == "limits":
        assert (build(script, kind).output, file.exists()) == ("written\n", True)
        file.unlink()
        return
    script += "; head -c 400000000 /dev/zero >/dev/shm/large; sleep 4242"
    outcome = build(script, kind, most_memory=300_000_000)
    assert outcome.output == "written\n"
    assert outcome.why == "The build needed more than 300 MB of memory and was stopped."
    assert not file.exists()


def test_temporary_files_are_private(build: Build) -> None:
    """Limits alone give programs a folder for them."""
    if not HAS_NAMESPACES:
        assert "/project/tmp/" in build("mktemp").output
        return
    mark = f"own-{os.getpid()}"
    assert build(f"echo x >/tmp/{mark} && echo written").output == "written\n"
    assert not (Path("/tmp") / mark).exists()


def test_a_file_that_is_too_large(build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sandbox, "LARGEST_WRITTEN", 1_000_000)
    why = "The build wrote a file of more than 1 MB and was stopped."
    assert build("exec head -c 2000000 /dev/zero >large").why == why
    assert build("open('large', 'wb').write(b'x' * 2_000_000)", language=sys.executable).why == why


def test_a_build_without_end(build: Build) -> None:
    why = "The build took longer than 1 seconds and was stopped."
    assert build("sleep 4242", longest_build=1).why == why
    monkey = "yes"
    assert build(monkey).why == "The build wrote too many messages and was stopped."


def test_a_trace_is_for_who_looks_after_the_server(build: Build) -> None:
    outcome = build("import sys; sys.stderr.write('Begun\\n'); 1 / 0", language=sys.executable)
    assert outcome.why == "The build met something unforeseen. Tell the server's administrator."
    assert "ZeroDivisionError: division by zero" in outcome.trace
    assert outcome.code == 1


def test_a_trace_never_reaches_a_pusher(rehearsal: Rehearsal, tmp_path: Path) -> None:
    python = program(tmp_path / "evil", "raise ValueError('inside')", sys.executable)
    places = rehearsal.places
    write_settings(places, replace(rehearsal.settings, python=str(python)))
    copy = rehearsal.clone("ana")
    rehearsal.commit(copy, {"content/fr/index.md": "x"}, "one")
    output = refused(rehearsal.push(copy))
    assert "The build met something unforeseen. Tell the server's administrator." in output
    assert "Traceback" not in output
    assert "ValueError" not in output
    assert "ValueError: inside" in places.faults.read_text("utf-8")


TOO_LONG = "The build used more than 240 seconds of processor time and was stopped."


@pytest.mark.parametrize(
    ("code", "trace", "why"),
    [
        (0, "", ""),
        (1, "", ""),
        (2, "", ""),
        (0, "Traceback (most recent call last):\n", ""),
        (128 + signal.SIGXCPU, "", TOO_LONG),
        (-signal.SIGXCPU, "", TOO_LONG),
        (-signal.SIGXFSZ, "", "The build wrote a file of more than 500 MB and was stopped."),
        (
            128 + signal.SIGSEGV,
            "",
            "The build was ended by a signal (SIGSEGV). Tell the server's administrator.",
        ),
        (255, "", "The build was ended by a signal (127). Tell the server's administrator."),
    ],
)
def test_the_reason_is_the_true_one(code: int, trace: str, why: str) -> None:
    assert _reason(code, trace, Settings("", "")) == why


def test_memory_is_that_of_the_whole_family() -> None:
    script = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'x = b\"x\" * 10**8; input(len(x))'])"
    family = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert family.stdout
    assert family.stdout.read(9) == "100000000"
    assert len(descendants(family.pid)) == 1
    assert memory_of(descendants(family.pid)) > 90_000_000
    family.communicate("\n")
    assert memory_of([family.pid]) == 0
