"""One run of a program, measured: wall and processor seconds, memory. Read by every part of the
bench."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

# In a process of its own, whose children's time and memory the system counts apart.
_WRAPPER = """
import json, resource, subprocess, sys
run = subprocess.run(sys.argv[1:], capture_output=True, text=True)
if run.returncode:
    sys.exit(run.stdout[-3000:] + run.stderr[-3000:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([used.ru_utime + used.ru_stime, used.ru_maxrss, run.stderr]))
"""


@dataclass(frozen=True)
class Measured:
    """`wall` and `cpu` in seconds, `memory` of the largest process in MB, `said` what went to
    standard error."""

    wall: float
    cpu: float
    memory: float
    said: str = ""


def measure(command: list[str], folder: Path, **environment: str) -> Measured:
    """Runs a command in a folder; ends the whole bench when it fails."""
    os.sync()  # what was written before is not to be paid for now
    # Without bytecode, each start would compile the code that is measured.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    started = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-c", _WRAPPER, *command],
        cwd=folder,
        env={**inherited, "NO_MKDOCS_2_WARNING": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    wall = time.monotonic() - started
    if run.returncode:
        sys.exit(f"{' '.join(command)}: {run.stderr}")
    cpu, memory, said = json.loads(run.stdout)
    return Measured(wall, cpu, memory / 1024, said)


def median(found: list[Measured]) -> Measured:
    """The middle of several runs, number by number."""
    return Measured(
        *(
            statistics.median(getattr(one, name) for one in found)
            for name in ("wall", "cpu", "memory")
        )
    )
