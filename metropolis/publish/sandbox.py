"""Runs the build of a push as if nobody could be trusted: enclosed, in an empty environment, under
limits, and always to an end. The page gate lets no page run code; this is the second line of
defence. Progress, and why a build did not end by itself, is reported as it comes."""

from __future__ import annotations

import ctypes
import os
import resource
import selectors
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from metropolis.problem import Say
from metropolis.publish import TELL
from metropolis.publish.enclosure import IN_MEMORY, PR_SET_PDEATHSIG, enclose, sandbox_kind
from metropolis.publish.processes import descendants, memory_files, memory_of
from metropolis.publish.settings import Settings

LARGEST_WRITTEN = 500_000_000  # bytes
_PROCESSES = 4096
_LOOK = 0.5  # seconds between two measurements of the memory
MOST_SAID = 50_000_000  # bytes
_LAST_WORDS = 5  # seconds until killed processes have closed their pipes
_TRACE = b"Traceback (most recent call last):"
_STOPPED = " and was stopped."


@dataclass(frozen=True)
class Outcome:
    """How a build ended: `output` are its results (problems); `why` is the reason if it did not end
    by itself; `trace` is the stack trace of a fault of the program, for the administrator."""

    code: int
    output: str
    why: str = ""
    trace: str = ""


def run_build(
    project: Path,
    settings: Settings,
    commit: str,
    date: str,
    say: Say,
    readable: tuple[Path, ...] = (),
    command_name: str = "build",
) -> Outcome:
    """Builds `project` into its site/ (or runs another command) with the installed toolkit. `date`:
    the commit's, in seconds since 1970; `readable`: what it sees beside its folder and Python's."""
    command = [settings.python, "-m", "metropolis.cli", "--project", str(project), command_name]
    seen = (*readable, *_pythons(Path(settings.python)))
    parent = os.getpid()
    process = subprocess.Popen(
        enclose(command, project, seen, settings.python, sandbox_kind()),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(project, settings, commit, date),
        cwd=project,
        start_new_session=True,
        preexec_fn=lambda: _limit(settings, parent),
    )
    listener = _Listener(process, say, command_name)
    try:
        why = listener.follow(time.monotonic() + settings.longest_build, settings)
    finally:
        listener.end()
    trace = listener.trace.decode("utf-8", "replace")
    why = why or _reason(process.returncode, trace, settings, command_name)
    return Outcome(process.returncode, listener.results.decode("utf-8", "replace"), why, trace)


def _pythons(program: Path) -> list[Path]:
    """What Python needs to run: the program, its environment, the installation behind that."""
    found = [program, Path(sys.prefix), Path(sys.base_prefix)]
    settings = program.parent.parent / "pyvenv.cfg"
    if settings.is_file():
        lines = settings.read_text("utf-8").splitlines()
        values = dict(line.split(" = ", 1) for line in lines if " = " in line)
        found += [settings.parent, *([Path(values["home"]).parent] if "home" in values else [])]
    return found


def _environment(project: Path, settings: Settings, commit: str, date: str) -> dict[str, str]:
    """Nothing of the server's own environment: secrets stay where they are."""
    return {
        "PATH": f"{Path(settings.python).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(project),
        "TMPDIR": str(project / "tmp"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "METROPOLIS_COMMIT": commit,
        "SOURCE_DATE_EPOCH": date,
    }


def _limit(settings: Settings, parent: int) -> None:
    """In the child, before the build. It dies with the hook: nothing is built for a lost push."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it died before this request
        raise ChildProcessError("The process that asked for the build has ended.")
    os.umask(0o022)
    resource.setrlimit(resource.RLIMIT_AS, (settings.most_memory, settings.most_memory))
    # First comes the signal that names the limit, a little later the one that cannot be caught.
    resource.setrlimit(resource.RLIMIT_CPU, (settings.longest_build, settings.longest_build + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_WRITTEN, LARGEST_WRITTEN))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_NPROC)
    processes = _PROCESSES if most == resource.RLIM_INFINITY else min(_PROCESSES, most)
    resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))


class _Listener:
    """Reads from a build until its main process ends: others may keep the pipes open for ever."""

    def __init__(self, process: subprocess.Popen[bytes], say: Say, name: str) -> None:
        assert process.stdout
        assert process.stderr
        self.process, self.say, self.name = process, say, name
        self.results = bytearray()
        self.trace = b""
        self.heard = 0  # bytes
        self._line = b""
        self.pipes = {
            process.stdout.fileno(): self.results.extend,
            process.stderr.fileno(): self._progress,
        }
        self.selector = selectors.DefaultSelector()
        for pipe in self.pipes:
            os.set_blocking(pipe, False)
            self.selector.register(pipe, selectors.EVENT_READ)
        self.ended = os.pidfd_open(process.pid)
        self.selector.register(self.ended, selectors.EVENT_READ)

    def follow(self, deadline: float, settings: Settings) -> str:
        """Passes progress on, collects results. Returns why the build was stopped, if it was."""
        look = time.monotonic() + _LOOK
        while True:
            now = time.monotonic()
            if now >= deadline:
                most = settings.longest_build
                return f"The {self.name} took longer than {most} seconds{_STOPPED}"
            if now >= look:
                family = descendants(self.process.pid)
                memory = memory_of(family) + memory_files(max(family, default=0), IN_MEMORY)
                if memory > settings.most_memory:
                    return _too_much_memory(settings, self.name)
                look = time.monotonic() + _LOOK
            ready = [key.fd for key, _ in self.selector.select(min(deadline, look) - now)]
            self._read(ready)
            if self.heard > MOST_SAID:
                return f"The {self.name} wrote too many messages{_STOPPED}"
            if self.ended in ready:
                return ""

    def end(self) -> None:
        """Ends everything that the build has started, and reads what it wrote until then."""
        # Do not wait for the process yet: while it exists, no other process can have its number.
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        until = time.monotonic() + _LAST_WORDS
        self.selector.unregister(self.ended)
        while self.selector.get_map() and (left := until - time.monotonic()) > 0:
            self._read([key.fd for key, _ in self.selector.select(left)])
        self._progress(b"\n" if self._line else b"")
        self.selector.close()
        os.close(self.ended)
        self.process.wait()
        for stream in (self.process.stdout, self.process.stderr):
            if stream:
                stream.close()

    def _read(self, ready: list[int]) -> None:
        for pipe in ready:
            if pipe not in self.pipes:
                continue
            if data := os.read(pipe, 65536):
                self.heard += len(data)
                self.pipes[pipe](data)
            else:
                self.selector.unregister(pipe)

    def _progress(self, data: bytes) -> None:
        """Passes whole lines on; collects a stack trace, with which no pusher can do anything."""
        *lines, self._line = (self._line + data).split(b"\n")
        for line in lines:
            if self.trace or line.endswith(_TRACE):
                self.trace += line + b"\n"
            else:
                self.say(line.decode("utf-8", "replace"))


def _too_much_memory(settings: Settings, name: str) -> str:
    megabytes = settings.most_memory // 1_000_000
    return f"The {name} needed more than {megabytes:,} MB of memory{_STOPPED}"


def _reason(code: int, trace: str, settings: Settings, name: str = "build") -> str:
    """Why a build (or another command) did not end by itself; empty if it did."""
    # bubblewrap ends with 128 + the signal that has ended the build.
    ended_by = -code if code < 0 else code - 128
    if ended_by == signal.SIGXCPU:
        time_used = f"more than {settings.longest_build} seconds of processor time"
        return f"The {name} used {time_used}{_STOPPED}"
    if ended_by == signal.SIGXFSZ or "[Errno 27]" in trace:
        return f"The {name} wrote a file of more than {LARGEST_WRITTEN // 1_000_000:,} MB{_STOPPED}"
    if "MemoryError" in trace:
        return _too_much_memory(settings, name)
    if ended_by == signal.SIGKILL or "BrokenProcessPool" in trace:
        what = f"The {name}, or a part of it, was killed from outside (SIGKILL), as happens when"
        how = "Push again; if it happens again, tell the server's administrator."
        return f"{what} the machine has no memory left. {how}"
    if ended_by > 0:
        known = {int(one): one.name for one in signal.Signals}
        return f"The {name} was ended by a signal ({known.get(ended_by, ended_by)}). {TELL}"
    if code != 0 and trace:
        return f"The {name} met something unforeseen. {TELL}"
    return ""
