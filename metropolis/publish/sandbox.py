"""Runs the build of a push as if nobody could be trusted: no network, an empty environment, limits, and an end.

The page gate lets no page run anything; this is the second line. What the build says is passed on as it comes.
"""

from __future__ import annotations

import ctypes
import os
import resource
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from metropolis.publish.places import Settings

_PR_SET_PDEATHSIG = 1
_DIE_WITH_PARENT = (
    f"import ctypes, os, sys; ctypes.CDLL(None).prctl({_PR_SET_PDEATHSIG}, {int(signal.SIGKILL)}); "
    "os.execv(sys.argv[1], sys.argv[1:])"
)


@dataclass(frozen=True)
class Outcome:
    """How a build ended: `output` are its results (problems), `why` is filled when it was stopped."""

    code: int
    output: str
    why: str = ""


def run_build(
    project: Path, settings: Settings, commit: str, date: str, say: Callable[[str], None], command_name: str = "build"
) -> Outcome:
    """Builds `project` into its site/, or checks it, with the installed toolkit. `date` is the commit's, in seconds
    since 1970.
    """
    command = [settings.python, "-m", "metropolis.cli", "--project", str(project), command_name]
    if _can_unshare():
        # A new namespace forgets what _limit asked of the system about the parent's death: it is asked again inside.
        command = ["unshare", "--net", "--map-root-user", settings.python, "-c", _DIE_WITH_PARENT, *command]
    process = subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=_environment(project, settings, commit, date),
        cwd=project,
        start_new_session=True,
        preexec_fn=lambda: _limit(settings),
    )
    try:
        output, why = _listen(process, time.monotonic() + settings.longest_build, say)
    finally:
        _end(process)
    if not why and process.returncode < 0:
        why = f"The build was ended by the system (signal {-process.returncode}): it may have needed too much memory."
    return Outcome(process.returncode, output, why)


def _environment(project: Path, settings: Settings, commit: str, date: str) -> dict[str, str]:
    """Nothing of the server's own environment: secrets stay where they are."""
    return {
        "PATH": f"{Path(settings.python).parent}:/usr/local/bin:/usr/bin:/bin",
        "HOME": str(project),
        "TMPDIR": str(project / "tmp"),
        "LC_ALL": "C.UTF-8",
        "TZ": "UTC",
        "PYTHONDONTWRITEBYTECODE": "1",
        "METROPOLIS_COMMIT": commit,
        "SOURCE_DATE_EPOCH": date,
    }


@cache
def _can_unshare() -> bool:
    """Whether this system lets us run something without network."""
    if not shutil.which("unshare"):
        return False
    probe = subprocess.run(["unshare", "--net", "--map-root-user", "true"], capture_output=True, check=False)
    return probe.returncode == 0


def _limit(settings: Settings) -> None:
    """In the child, before the build begins. It dies with the hook: nothing is built for a push that is gone."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (settings.most_memory, settings.most_memory))
    resource.setrlimit(resource.RLIMIT_CPU, (settings.longest_build, settings.longest_build))
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000_000, 500_000_000))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, most = resource.getrlimit(resource.RLIMIT_NPROC)
    processes = 4096 if most == resource.RLIM_INFINITY else min(4096, most)
    resource.setrlimit(resource.RLIMIT_NPROC, (processes, processes))


def _listen(process: subprocess.Popen[bytes], deadline: float, say: Callable[[str], None]) -> tuple[str, str]:
    """Passes progress on line by line, keeps the results, and stops what takes too long."""
    assert process.stdout
    assert process.stderr
    results: list[bytes] = []
    progress = b""
    with selectors.DefaultSelector() as selector:
        selector.register(process.stdout, selectors.EVENT_READ)
        selector.register(process.stderr, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                return b"".join(results).decode("utf-8", "replace"), "The build took too long and was stopped."
            for key, _ in selector.select(left):
                data = os.read(key.fd, 65536)
                if not data:
                    selector.unregister(key.fileobj)
                elif key.fileobj is process.stdout:
                    results.append(data)
                else:
                    *lines, progress = (progress + data).split(b"\n")
                    for line in lines:
                        say(line.decode("utf-8", "replace"))
    process.wait()
    return b"".join(results).decode("utf-8", "replace"), ""


def _end(process: subprocess.Popen[bytes]) -> None:
    """Whatever the build has started ends with it."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for stream in (process.stdout, process.stderr):
        if stream:
            stream.close()
