"""A bad push waits for nobody and keeps nobody waiting; who has to wait is told for what, and not
for long."""

from __future__ import annotations

import os
import re
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from rehearsal import Rehearsal

from metropolis.publish.settings import Settings

from .conftest import refused

PAGE = "content/fr/index.md"


@pytest.fixture
def made(tmp_path: Path, settings: Settings) -> Iterator[Rehearsal]:
    """A server with short times, and a first release."""
    limits = replace(settings, longest_check=3, longest_build=25, longest_wait=4)
    rehearsal = Rehearsal(tmp_path / "waiting", limits)
    for name in ("ana", "luc"):
        rehearsal.clone(name)
    rehearsal.commit(rehearsal.folder / "ana", {PAGE: "release 1"}, "one")
    assert rehearsal.push(rehearsal.folder / "ana")[0] == 0
    rehearsal.git(
        rehearsal.folder / "luc", "pull", "--quiet", str(rehearsal.places.repository), "main"
    )
    yield rehearsal
    rehearsal.close()


def commit(rehearsal: Rehearsal, who: str, words: str) -> Path:
    copy = rehearsal.folder / who
    rehearsal.commit(copy, {PAGE: words}, words)
    return copy


def begun(rehearsal: Rehearsal, who: str, words: str, until: str) -> subprocess.Popen[str]:
    """A push under way, as far as a certain line."""
    push = rehearsal.start_push(
        commit(rehearsal, who, words), f"HEAD:refs/heads/preview/{who}", who=who
    )
    assert push.stdout
    assert any(until in line for line in iter(push.stdout.readline, ""))
    return push


def end(push: subprocess.Popen[str]) -> None:
    """Kills a push with its hook; what this has started goes with it."""
    os.killpg(push.pid, signal.SIGKILL)
    push.communicate()


def test_a_page_without_end_is_stopped_and_named_and_nobody_waits(made: Rehearsal) -> None:
    endless = made.start_push(commit(made, "luc", "endless"), "HEAD:main", who="luc")
    assert endless.stdout
    assert "Checking data and pages" in endless.stdout.readline()
    assert made.push(commit(made, "ana", "release 2"))[0] == 0
    assert endless.poll() is None or endless.returncode
    output = endless.communicate(timeout=60)[0]
    assert endless.returncode == 1
    assert "The check took longer than 3 seconds and was stopped." in output
    assert f"What you changed: {PAGE}." in output


def test_a_bad_push_is_answered_while_another_builds(made: Rehearsal) -> None:
    slow = begun(made, "ana", "slow", "Looking at the files")
    output = refused(made.push(commit(made, "luc", "broken"), "HEAD:main", who="luc"))
    assert f"{PAGE}:1:1: This is broken. Mend it." in output
    assert "Waiting" not in output
    assert slow.poll() is None
    end(slow)


def test_a_good_push_waits_for_a_stated_time_and_is_told_for_what(made: Rehearsal) -> None:
    slow = begun(made, "ana", "slow", "Looking at the files")
    commit_of_ana = made.git(made.folder / "ana", "rev-parse", "HEAD")[:10]
    output = refused(made.push(commit(made, "luc", "release 2"), "HEAD:main", who="luc"))
    words = re.sub(r"\d+ s", "N s", output)
    told = (
        f"The push of ana to preview/ana ({commit_of_ana}) has been in progress for N s. "
        "It takes about N s, and N s at most."
    )
    assert f"\nWaiting. {told}\n" in words
    assert f"Others were first, and you waited N s. {told} Push again in a few minutes." in words
    end(slow)


def test_what_was_accepted_is_live_before_the_next_one_is_built(made: Rehearsal) -> None:
    """Nobody's publication waits for a build that began after its own."""
    first = commit(made, "ana", "release 2")
    made.git(made.folder / "luc", "pull", "--quiet", "--rebase", str(first), "HEAD")
    pushes = [
        made.start_push(first, "HEAD:main"),
    ]
    assert pushes[0].stdout
    assert any("Looking at the files" in line for line in iter(pushes[0].stdout.readline, ""))
    slow = made.start_push(commit(made, "luc", "slow"), "HEAD:refs/heads/preview/luc", who="luc")
    output = pushes[0].communicate(timeout=60)[0]
    assert f"Published: {made.git(first, 'rev-parse', 'HEAD')[:10]} is live." in output
    assert slow.poll() is None
    end(slow)
