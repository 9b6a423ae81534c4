"""The long campaign against publishing: `make torture`. Bounded, seeded, and it prints its figures.

usage: python tools/torture.py [PUSHES [SEED]]   (default: 200 pushes)

It can be gone on with: each run is one seed, and the figures of all runs are kept in build/torture.json and added up.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from metropolis.publish.places import Settings
from metropolis.publish.rehearsal import Rehearsal
from metropolis.publish.small_build import write_program
from metropolis.publish.torture import Campaign

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "torture.json"
# Bytes of the small disk; a release of the small build is about 0.2 MB, git's part of it the rest.
DISK = 24_000_000


def settings(folder: Path) -> Settings:
    program = write_program(folder / "python")
    return Settings(str(ROOT), str(program), maintainers=("ana", "ben"), keep=3, longest_build=8, least_space=2_000_000)


def campaign(pushes: int, seed: int) -> dict[str, int]:
    with tempfile.TemporaryDirectory(prefix="metropolis-torture-") as name:
        rehearsal = Rehearsal(Path(name), settings(Path(name)))
        try:
            figures = Campaign(rehearsal, seed).run(pushes, lambda words: print(f"\r{words}  ", end="", flush=True))
        finally:
            rehearsal.close()
    print()
    return vars(figures)


def full_disk() -> str:
    """What happens when nothing more can be written: on a small disk in memory, which needs root."""
    if os.geteuid() != 0:
        return "not run: a small disk in memory needs root"
    with tempfile.TemporaryDirectory(prefix="metropolis-disk-") as name:
        disk = Path(name)
        mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK}", "tmpfs", str(disk)]
        if subprocess.run(mount, capture_output=True, check=False).returncode:
            return "not run: this system does not let us mount a small disk"
        try:
            return _fill(disk)
        finally:
            subprocess.run(["umount", "-l", str(disk)], check=False)


def _fill(disk: Path) -> str:
    rehearsal = Rehearsal(disk, replace(settings(disk), least_space=1000))
    try:
        copy = rehearsal.clone("ana")
        rehearsal.commit(copy, {"content/fr/index.md": "release 1\n"}, "one")
        assert rehearsal.push(copy)[0] == 0
        live = rehearsal.places.live()
        rehearsal.serve()
        second = rehearsal.commit(copy, {"content/fr/index.md": "release 2\n"}, "two")
        free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
        (disk / "filler").write_bytes(b"x" * max(0, free - 120_000))
        refused = [rehearsal.push(copy)[0] for _ in range(3)]
        whole = rehearsal.get("/en/")[2].rstrip().endswith(b"</html>") and rehearsal.places.live() == live
        left = list(rehearsal.places.work.iterdir())
        (disk / "filler").unlink()
        recovered = rehearsal.push(copy)[0] == 0 and rehearsal.places.live() == second
    finally:
        rehearsal.close()
    good = all(refused) and whole and recovered and not left
    return (
        f"{'held' if good else 'FAILED'}: {sum(map(bool, refused))} of 3 pushes refused, old site whole: {whole}, "
        f"left behind: {len(left)}, published once there was space: {recovered}"
    )


def main() -> int:
    pushes = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    runs = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else []
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else len(runs) + 1
    started = time.monotonic()
    print(f"Seed {seed}: {pushes} pushes, with one reader in three languages all the time.")
    runs.append({"seed": seed, **campaign(pushes, seed)})
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(runs, indent=1), "utf-8")
    print(f"\nFull disk: {full_disk()}\n")
    names = [name for name in runs[-1] if name != "seed"]
    print(f"{'':18}{'this run':>10}{'all runs':>10}")
    for name in names:
        print(f"{name:18}{runs[-1][name]:>10}{sum(run.get(name, 0) for run in runs):>10}")
    print(f"\n{time.monotonic() - started:.0f} s; all runs: {len(runs)} (build/torture.json)")
    good = {"seed", "pushes", "killed", "published", "refused", "requests"}
    return int(any(count for name, count in runs[-1].items() if name not in good))


if __name__ == "__main__":
    sys.exit(main())
