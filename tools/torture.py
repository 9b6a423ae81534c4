"""The long campaign against publishing: `make torture`. Bounded, seeded, and it prints its figures.

First to a path of this machine; then over ssh to a server on a machine of its own, with whole
builds among the pushes and a disk that fills up (root's only). Each run is one seed; the figures of
all are stored in build/torture.json and added up. After Ctrl-C or SIGTERM it prints the figures so
far."""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from campaign import Campaign
from figures import Figures
from own_machine import refusal
from own_server import OwnServer
from rehearsal import Rehearsal
from small_build import write_program

from metropolis.publish.settings import Settings

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "torture.json"
# Bytes of the small disk; a release of the small build is about 0.2 MB, git's part of it the rest.
DISK = 24_000_000


def settings(folder: Path) -> Settings:
    program = write_program(folder / "python")
    return Settings(
        str(ROOT), str(program), maintainers=("ana", "ben"), keep=3, least_space=2_000_000
    )


# How it is pushed: what the server is, who pushes, and how many of 200 pushes the real builder
# builds.
WAYS: dict[str, tuple[Callable[[Path], Rehearsal], tuple[str, str], int]] = {
    "path": (lambda folder: Rehearsal(folder, settings(folder)), ("ana", "ben"), 0),
    "ssh": (lambda folder: OwnServer(folder / "machine"), ("ana", "luc"), 5),
}


def campaign(way: str, pushes: int, seed: int) -> Figures:
    make, people, real = WAYS[way]
    with tempfile.TemporaryDirectory(prefix="metropolis-torture-") as name:
        server = make(Path(name))
        try:
            run = Campaign(server, seed, people, -(-real * pushes // 200))
            with suppress(KeyboardInterrupt):
                run.run(pushes, lambda words: print(f"\r{words}  ", end="", flush=True))
            print("", *run.bad_answers, sep="\n")
            return run.figures
        finally:
            server.close()


def full_disk() -> str:
    """What happens when nothing more can be written: on a small disk in memory, which needs
    root."""
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
        whole = (
            rehearsal.get("/en/")[2].rstrip().endswith(b"</html>")
            and rehearsal.places.live() == live
        )
        left = list(rehearsal.places.work.iterdir())
        (disk / "filler").unlink()
        recovered = rehearsal.push(copy)[0] == 0 and rehearsal.places.live() == second
    finally:
        rehearsal.close()
    good = all(refused) and whole and recovered and not left
    return (
        f"{'held' if good else 'FAILED'}: {sum(map(bool, refused))} of 3 pushes refused, old site"
        f" whole: {whole}, left behind: {len(left)}, published once there was space: {recovered}"
    )


def report(way: str, pushes: int, seed: int) -> bool:
    """Runs one campaign and prints its figures and those of all that were run; whether nothing is
    wrong."""
    runs = json.loads(KEPT.read_text("utf-8")) if KEPT.is_file() else []
    before = [run for run in runs if run.get("way", "path") == way]
    seed = seed or len(before) + 1
    started = time.monotonic()
    print(
        f"Over {way}, seed {seed}: {pushes} pushes of two people, with three readers all the time."
    )
    figures = campaign(way, pushes, seed)
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(
        json.dumps([*runs, {"way": way, "seed": seed, **vars(figures)}], indent=1), "utf-8"
    )
    print(f"\n{'':18}{'this run':>10}{'all runs':>10}")
    for name, count in vars(figures).items():
        print(f"{name:18}{count:>10}{count + sum(run.get(name, 0) for run in before):>10}")
    print(
        f"\n{time.monotonic() - started:.0f} s; all runs over {way}: {len(before) + 1}"
        " (build/torture.json)\n"
    )
    return not figures.faults


def main() -> int:
    parser = argparse.ArgumentParser(description="The long campaign against publishing.")
    parser.add_argument(
        "--over", choices=WAYS, help="only to a path of this machine, or only over ssh"
    )
    parser.add_argument("--pushes", type=int, default=200)
    parser.add_argument("--seed", type=int, default=0, help="default: the next one")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    good = True
    for way in [options.over] if options.over else WAYS:
        if way == "ssh" and (why := refusal()):
            print(f"Over ssh: not run, {why}.")
            continue
        good &= report(way, options.pushes, options.seed)
        if way == "path":
            print(f"Full disk: {full_disk()}\n")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
