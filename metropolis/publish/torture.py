"""Pushes that are killed at any moment, two at once, broken, forced; while somebody reads the site all the time.

What must hold whatever happens: readers get whole pages of one release; no ref and no release is lost; one reconcile
puts everything right; nothing is left behind.
"""

from __future__ import annotations

import os
import random
import re
import signal
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from metropolis.publish.processes import descendants
from metropolis.publish.reconcile import reconcile
from metropolis.publish.rehearsal import Rehearsal
from metropolis.publish.verify import verify_folder

_PAGES = ("/", "/en/", "/es/")
_WORDS = re.compile(rb"<p>(release \d+)</p>")
_STYLE = re.compile(rb'href="(/assets/[^"]+)"')
# What no push may bring, by what is wrong with it.
_BAD_FILES = {
    "accents": "content/fr/e\u0301te\u0301.md",
    "hidden": "content/fr/\u202egpj.md",
    "case": "CONTENT/fr/index.md",
    "large": "content/fr/large.md",
}
_BAD_WORDS = ("slow", "broken", "unbuildable")
_LONGEST_PUSH = 1.6  # seconds: kills fall anywhere in it


@dataclass
class Figures:
    """What happened. All but the first five have to be nought."""

    pushes: int = 0
    killed: int = 0
    published: int = 0
    refused: int = 0
    requests: int = 0
    not_200: int = 0
    torn: int = 0
    backwards: int = 0
    missing_assets: int = 0
    lost_refs: int = 0
    damaged_releases: int = 0
    fsck_problems: int = 0
    not_converged: int = 0
    left_behind: int = 0

    @property
    def faults(self) -> dict[str, int]:
        """What should have been nought and is not."""
        good = {"pushes", "killed", "published", "refused", "requests"}
        return {name: count for name, count in vars(self).items() if name not in good and count}


class Campaign:
    """Pushes to one rehearsal, in an order and at moments that `seed` decides."""

    def __init__(self, rehearsal: Rehearsal, seed: int) -> None:
        self.rehearsal = rehearsal
        self.random = random.Random(seed)
        self.figures = Figures()
        self._number = 0
        self._copies = [rehearsal.clone(name) for name in ("ana", "ben")]
        self._stop = threading.Event()
        self._newest_seen = 0

    def run(self, pushes: int, say: Callable[[str], None] = lambda _: None) -> Figures:
        """Pushes and looks; the site is read from the first publication to the end."""
        self._push_good(self._copies[0])
        self.rehearsal.serve()
        reader = threading.Thread(target=self._read)
        reader.start()
        try:
            kinds = [self._kill_client, self._kill_all, self._kill_server_side, self._push_good, self._push_two]
            kinds += [self._kill_all, self._kill_server_side, self._push_broken, self._push_forced]
            while self.figures.pushes < pushes:
                before = self._tip()
                self.random.choice(kinds)(self._copies[0])
                self._look(before)
                say(f"{self.figures.pushes} pushes, {self.figures.requests} requests, faults: {self.figures.faults}")
        finally:
            self._stop.set()
            reader.join()
        return self.figures

    # --- pushes ---

    def _next(self, copy: Path, words: str = "") -> str:
        """A commit on top of what is published."""
        self._number += 1
        self.rehearsal.git(copy, "fetch", "--quiet", str(self.rehearsal.places.repository), check=False)
        if tip := self._tip():
            self.rehearsal.git(copy, "reset", "--quiet", "--hard", tip)
        text = words or f"release {self._number}"
        return self.rehearsal.commit(copy, {"content/fr/index.md": text + "\n"}, text)

    def _push_good(self, copy: Path) -> None:
        self._next(copy)
        code, _ = self.rehearsal.push(copy)
        self.figures.pushes += 1
        self.figures.published += code == 0

    def _push_broken(self, copy: Path) -> None:
        """Bad content of one kind or another: all of it is refused."""
        kind = self.random.choice(["page", *_BAD_WORDS, *_BAD_FILES])
        self._next(copy, f"{kind if kind in _BAD_WORDS else 'broken'} {self._number}")
        if kind in _BAD_FILES:
            self.rehearsal.commit(copy, {_BAD_FILES[kind]: "x" * (3_000_000 if kind == "large" else 1)}, kind)
        elif kind == "page":
            (copy / "content/fr/link.md").symlink_to("/etc/passwd")
            self.rehearsal.commit(copy, {}, "a link")
        code, _ = self.rehearsal.push(copy)
        self.figures.pushes += 1
        self.figures.refused += code != 0
        self.figures.lost_refs += code == 0

    def _push_forced(self, copy: Path) -> None:
        self._next(copy)
        self.rehearsal.git(copy, "commit", "--quiet", "--amend", "-m", "another past")
        self.rehearsal.git(copy, "checkout", "--quiet", "--orphan", f"other-{self._number}")
        self.rehearsal.git(copy, "commit", "--quiet", "-m", "no past at all")
        code, _ = self.rehearsal.push(copy, force=True)
        self.rehearsal.git(copy, "checkout", "--quiet", "-B", "main")
        self.figures.pushes += 1
        self.figures.refused += code != 0
        self.figures.lost_refs += code == 0

    def _push_two(self, copy: Path) -> None:
        """Both from the same state: one is published, the other is told so."""
        for one in (copy, self._copies[1]):
            self._next(one)
        pushes = [self.rehearsal.start_push(one, "HEAD:main") for one in (copy, self._copies[1])]
        codes = [push.wait(120) for push in pushes if push.communicate(timeout=120)]
        self.figures.pushes += 2
        self.figures.published += codes.count(0)
        self.figures.refused += len(codes) - codes.count(0)

    def _kill_client(self, copy: Path) -> None:
        self._killed(copy, lambda push: os.kill(push, signal.SIGKILL))

    def _kill_all(self, copy: Path) -> None:
        self._killed(copy, lambda push: os.killpg(push, signal.SIGKILL))

    def _kill_server_side(self, copy: Path) -> None:
        self._killed(copy, self._kill_a_descendant)

    def _kill_a_descendant(self, push: int) -> None:
        found = descendants(push)
        if found:
            os.kill(self.random.choice(found), signal.SIGKILL)

    def _killed(self, copy: Path, kill: Callable[[int], None]) -> None:
        self._next(copy)
        push = self.rehearsal.start_push(copy, "HEAD:main")
        time.sleep(self.random.uniform(0.02, _LONGEST_PUSH))
        with suppress(ProcessLookupError):
            kill(push.pid)
        push.communicate(timeout=120)
        self.figures.pushes += 1
        self.figures.killed += 1
        self._wait_for_silence()

    def _wait_for_silence(self) -> None:
        """What the killed push left running on the server's side comes to its end: nobody waits for it but us."""
        until = time.monotonic() + 60
        mark = str(self.rehearsal.places.root)
        while time.monotonic() < until and any(mark in command for command in _commands()):
            time.sleep(0.05)

    # --- looking ---

    def _tip(self) -> str:
        return self.rehearsal.git(
            self.rehearsal.places.repository, "rev-parse", "--verify", "--quiet", "refs/heads/main", check=False
        )

    def _look(self, before: str) -> None:
        """What must hold after one reconcile."""
        places, settings = self.rehearsal.places, self.rehearsal.settings
        reconcile(places, settings, "torture", lambda _: None)
        tip = self._tip()
        ancestors = self.rehearsal.git(places.repository, "merge-base", before, tip, check=False)
        self.figures.lost_refs += not tip or ancestors != before
        self.figures.not_converged += places.live() != tip
        for release in places.releases.iterdir():
            _, problems = verify_folder(release, release.name)
            self.figures.damaged_releases += bool(problems)
        fsck = self.rehearsal.git(places.repository, "fsck", "--full", "--strict", "--no-dangling", check=False)
        self.figures.fsck_problems += bool(fsck)
        left = [*places.work.iterdir(), *places.root.glob(".current-*"), *places.repository.rglob("*.lock")]
        self.figures.left_behind += bool(left)

    def _read(self) -> None:
        """Somebody who reads all the time, in all languages, and what pages load."""
        while not self._stop.is_set():
            for page in _PAGES:
                status, _, body = self.rehearsal.get(page)
                self.figures.requests += 1
                words = _WORDS.findall(body)
                if status != 200:
                    self.figures.not_200 += 1
                    continue
                if len(words) != 2 or words[0] != words[1] or not body.rstrip().endswith(b"</html>"):
                    self.figures.torn += 1
                    continue
                number = int(words[0].split()[1])
                self.figures.backwards += number < self._newest_seen
                self._newest_seen = max(number, self._newest_seen)
                style = _STYLE.search(body)
                if style:
                    self.figures.requests += 1
                    self.figures.missing_assets += self.rehearsal.get(style[1].decode())[0] != 200


def _commands() -> list[str]:
    """The command lines of all processes but nginx's."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with suppress(OSError):
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace")
                if "nginx" not in line:
                    found.append(line)
    return found
