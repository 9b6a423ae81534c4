"""Pushes that are killed at any moment, two at once, broken, forced, while readers request the site
all the time.

These rules must always hold: readers get whole pages of one release; no ref and no release is lost;
one reconcile repairs everything; nothing is left behind."""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from figures import Figures
from reader import Reader
from rehearsal import Rehearsal

from metropolis.publish.verification import verify_folder

ROOT = Path(__file__).resolve().parent.parent
# What no push may bring, by what is wrong with it.
_BAD_FILES = {
    "accents": "content/fr/e\u0301te\u0301.md",
    "hidden": "content/fr/\u202egpj.md",
    "case": "CONTENT/fr/index.md",
    "large": "content/fr/large.md",
}
_BAD_WORDS = ("slow", "broken", "unbuildable")
_LONGEST_SLOW = 8  # seconds that a build may take which takes longer
_TITLE = re.compile(r"^# .*$", re.MULTILINE)
_SHOWN = 5
_LARGE = 1500  # paragraphs more than a page has


class Campaign:
    """Pushes of two people to one server, in an order and at moments that `seed` decides.

    `real` of them are of the whole site, which the real builder builds; the copies have it then.
    """

    def __init__(
        self, server: Rehearsal, seed: int, people: tuple[str, str] = ("ana", "ben"), real: int = 0
    ) -> None:
        self.server, self.real = server, real
        self.random = random.Random(seed)
        self.figures = Figures()
        self._number = 0
        self._copies = [server.clone(name) for name in people]
        self._stop, self._may_go_back = threading.Event(), threading.Event()
        self._is_real = False  # the push that comes next
        # Seconds; kills of small and of real builds come at any moment of it.
        self._longest = {False: 1.6, True: 60.0}
        self._accepted = ""
        self._readers = [
            Reader(server, one, self._stop, self._may_go_back) for one in ("identity", "gzip", "br")
        ]

    def run(self, pushes: int, say: Callable[[str], None] = lambda _: None) -> Figures:
        """Pushes and checks; the site is read from the first publication to the end."""
        self._push_good(self._copies[0])
        self.server.serve()
        for reader in self._readers:
            reader.start()
        try:
            self._go_on(pushes, say)
        finally:
            self._stop.set()
            for reader in self._readers:
                reader.join()
            self._count_requests()
        return self.figures

    def _go_on(self, pushes: int, say: Callable[[str], None]) -> None:
        kills = [self._kill_client, self._kill_all, self._kill_server_side]
        kinds = [*kills, self._push_good, self._push_two, self._roll_back, self._push_broken]
        kinds += [self._push_forced, self._kill_all, self._kill_server_side]
        kinds += [self._push_full] if self.server.has_own_disk else []
        while self.figures.pushes < pushes:
            before = self._tip()
            due = (2 * self.figures.pushes * self.real + pushes) // (2 * pushes)
            self._is_real = due > self.figures.real_pushes
            self.figures.real_pushes += self._is_real
            # The first tells how long a real build takes: others are killed at any moment of it,
            # every other time.
            is_killed = self.figures.real_pushes > 1 and self.figures.real_pushes % 2 == 0
            own = (kills if is_killed else [self._push_good]) if self._is_real else kinds
            self.random.choice(own)(self.random.choice(self._copies))
            self._look(before)
            self._count_requests()
            done = f"{self.figures.pushes} pushes, {self.figures.requests} requests"
            say(f"{done}, faults: {self.figures.faults}")

    def _count_requests(self) -> None:
        for name in ("requests", "not_200", "torn", "backwards", "missing_assets"):
            setattr(self.figures, name, sum(reader.found[name] for reader in self._readers))

    @property
    def bad_answers(self) -> list[str]:
        """The first ones of each reader, in words."""
        return [words for reader in self._readers for words in reader.bad_answers[:_SHOWN]]

    # --- pushes ---

    def _next(self, copy: Path, words: str = "") -> str:
        """A commit on top of what is published."""
        self._number += 1
        self.server.git(copy, "fetch", "--quiet", self.server.remote, check=False)
        if tip := self._tip():
            self.server.git(copy, "reset", "--quiet", "--hard", tip)
        text = words or f"release {self._number}"
        files = self._whole_pages(text) if self._is_real else {"content/fr/index.md": text + "\n"}
        return self.server.commit(copy, files, text)

    def _whole_pages(self, words: str) -> dict[str, str]:
        """The first page in each language with `words` at both ends; every third time it is a very
        long page."""
        mark = f"`{words}`\n"
        more = f"{mark}\n" * (_LARGE if self.figures.real_pushes % 3 == 0 else 1)
        pages = {}
        for locale in ("fr", "en", "es"):
            text = (ROOT / f"content/{locale}/index.md").read_text("utf-8")
            marked = _TITLE.sub(lambda title: f"{title[0]}\n\n{mark}", text, 1)
            pages[f"content/{locale}/index.md"] = f"{marked}\n{more}"
        return pages

    def _finish(self, push: subprocess.Popen[str], commit: str) -> bool:
        """Waits for a push; whether git says that it was accepted."""
        output, _ = push.communicate(timeout=1800)
        self.figures.pushes += 1
        self.figures.traces += "Traceback" in output
        if push.returncode == 0:
            self._accepted = commit
            self.figures.real_published += self._is_real
        return push.returncode == 0

    def _push(self, copy: Path, commit: str, force: bool = False) -> bool:
        is_accepted = self._finish(self.server.start_push(copy, "HEAD:main", force=force), commit)
        self.figures.published += is_accepted
        self.figures.refused += not is_accepted
        return is_accepted

    def _push_good(self, copy: Path) -> None:
        commit, started = self._next(copy), time.monotonic()
        if self._push(copy, commit):
            self._longest[self._is_real] = time.monotonic() - started
        else:
            self.figures.good_refused += 1

    def _push_full(self, copy: Path) -> None:
        """With a full disk a push is accepted or rejected as a whole; readers see no change."""
        commit = self._next(copy)
        files = self.random.random() < 0.5
        left = self.random.randrange(200) if files else self.random.randrange(3_000_000)
        self.figures.no_inodes += files
        self.figures.full_disks += not files
        with self.server.full(files, left):
            self._push(copy, commit)
            self.server.reconcile()

    def _roll_back(self, copy: Path) -> None:
        """What is pushed meanwhile is accepted, and goes live when the rollback ends."""
        self._may_go_back.set()
        if self.server.staff("rollback") == 0:  # else nothing else was ever live
            back = self.server.places.live()
            self._push_good(copy)
            self.figures.not_converged += self.server.places.live() != back
            self.figures.not_converged += self.server.staff("unpin")
            self.figures.rollbacks += 1
        self._may_go_back.clear()

    def _push_broken(self, copy: Path) -> None:
        """Bad content of one kind or another: all of it is refused."""
        kind = self.random.choice(["page", *_BAD_WORDS, *_BAD_FILES])
        self._next(copy, f"{kind if kind in _BAD_WORDS else 'broken'} {self._number}")
        if kind in _BAD_FILES:
            size = 3_000_000 if kind == "large" else 1
            self.server.commit(copy, {_BAD_FILES[kind]: "x" * size}, kind)
        elif kind == "page":
            (copy / "content/fr/link.md").symlink_to("/etc/passwd")
            self.server.commit(copy, {}, "a link")
        with self.server.decided(longest_build=_LONGEST_SLOW):
            self.figures.bad_accepted += self._push(copy, "")

    def _push_forced(self, copy: Path) -> None:
        self._next(copy)
        self.server.git(copy, "commit", "--quiet", "--amend", "-m", "another past")
        self.server.git(copy, "checkout", "--quiet", "--orphan", f"other-{self._number}")
        self.server.git(copy, "commit", "--quiet", "-m", "no past at all")
        self.figures.bad_accepted += self._push(copy, "", force=True)
        self.server.git(copy, "checkout", "--quiet", "-B", "main")

    def _push_two(self, _: Path) -> None:
        """Both from the same state: one is published, the other is rejected."""
        commits = [self._next(one) for one in self._copies]
        pushes = [self.server.start_push(one, "HEAD:main") for one in self._copies]
        accepted = sum(
            self._finish(push, commit) for push, commit in zip(pushes, commits, strict=True)
        )
        self.figures.published += accepted
        self.figures.good_refused += not accepted
        self.figures.refused += 2 - accepted

    def _kill_client(self, copy: Path) -> None:
        self._killed(copy, lambda push: os.kill(self.server.client(push), signal.SIGKILL))

    def _kill_all(self, copy: Path) -> None:
        self._killed(copy, lambda push: os.killpg(push, signal.SIGKILL))

    def _kill_server_side(self, copy: Path) -> None:
        self._killed(copy, self._kill_on_the_server)

    def _kill_on_the_server(self, push: int) -> None:
        found = self.server.server_processes(push)
        if found:
            os.kill(self.random.choice(found), signal.SIGKILL)

    def _killed(self, copy: Path, kill: Callable[[int], None]) -> None:
        commit = self._next(copy)
        push = self.server.start_push(copy, "HEAD:main")
        time.sleep(self.random.uniform(0.02, self._longest[self._is_real]))
        with suppress(ProcessLookupError):
            kill(push.pid)
        self._finish(push, commit)
        self.figures.killed += 1
        self._wait_for_silence()

    def _wait_for_silence(self) -> None:
        """What the killed push left running on the server's side comes to its end: nobody waits for
        it but us."""
        until = time.monotonic() + 300
        while time.monotonic() < until and self.server.is_busy():
            time.sleep(0.05)

    # --- checks ---

    def _tip(self) -> str:
        return self._git("rev-parse", "--verify", "--quiet", "refs/heads/main")

    def _git(self, *words: str) -> str:
        return self.server.git(self.server.places.repository, *words, check=False)

    def _grew_from(self, commit: str, tip: str) -> bool:
        return bool(tip) and self._git("merge-base", commit, tip) == commit

    def _look(self, before: str) -> None:
        """What must hold after one reconcile."""
        places = self.server.places
        self.server.reconcile()
        tip = self._tip()
        self.figures.lost_refs += not self._grew_from(before, tip)
        is_lost = bool(self._accepted) and not self._grew_from(self._accepted, tip)
        self.figures.lost_accepted += is_lost
        self.figures.not_converged += places.live() != tip
        for release in places.releases.iterdir():
            _, problems = verify_folder(release, release.name)
            self.figures.damaged_releases += bool(problems)
        fsck = self._git("fsck", "--full", "--strict", "--no-dangling")
        self.figures.fsck_problems += bool(fsck)
        left = [*places.work.iterdir(), *places.root.glob(".current-*")]
        self.figures.left_behind += bool([*left, *places.repository.rglob("*.lock")])
