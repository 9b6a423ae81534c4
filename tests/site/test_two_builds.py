"""Builds that meet, and builds that are killed: the site is whole at every moment, and what comes
after is right."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from .conftest import Files, read_files, said_by, start_program


def start(root: Path) -> subprocess.Popen[str]:
    return start_program("metropolis.cli", root, "build")


def say(root: Path, words: str) -> None:
    file = root / "content/en/vision.md"
    text = file.read_text("utf-8").partition("\nThe plan goes on")[0]
    file.write_text(f"{text}\nThe plan goes on {words}.\n", "utf-8")


def test_two_builds_at_once_and_one_that_is_killed(
    own_project: Path, tmp_path: Path, small_site: Files
) -> None:
    text = (own_project / "content/en/vision.md").read_text("utf-8")
    both = [start(own_project), start(own_project)]
    for build in both:
        said_by(build)
    assert read_files(own_project / "site") == small_site

    for step in ("Rendering", "Making the search index"):
        say(own_project, step)
        build = start(own_project)
        assert build.stderr is not None
        for line in build.stderr:
            if step in line:
                break
        os.killpg(build.pid, signal.SIGKILL)
        build.communicate()
        assert read_files(own_project / "site") == small_site

    (own_project / "content/en/vision.md").write_text(text, "utf-8")
    said_by(start(own_project))
    assert read_files(own_project / "site") == small_site
    assert list(own_project.glob(".site-*")) == []
