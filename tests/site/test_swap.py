"""The new site takes the old one's place whole, with or without the system's exchange."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from metropolis import folders
from metropolis.builder import whole_site


def make(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(text)
    return folder


@pytest.mark.parametrize("can_exchange", [True, False])
def test_new_site_takes_the_old_ones_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool
) -> None:
    if not can_exchange:
        monkeypatch.setattr(folders, "swap", lambda one, other: False)
    site, staging = make(tmp_path / "site", "old"), make(tmp_path / ".site-1", "new")
    folders.put_in_place(staging, site)
    assert (site / "index.html").read_text() == "new"
    assert not (tmp_path / ".site-1-old").exists()


def test_first_site_is_put_in_place(tmp_path: Path) -> None:
    folders.put_in_place(make(tmp_path / ".site-1", "new"), tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "new"


def test_old_site_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders, "swap", lambda one, other: False)
    site = make(tmp_path / "site", "old")
    with pytest.raises(OSError, match="gone"):
        folders.put_in_place(tmp_path / "gone", site)
    assert (site / "index.html").read_text() == "old"


def test_what_a_killed_build_left_is_cleared_away_and_nothing_else(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    killed = make(tmp_path / f".site-{process.pid}-x1", "left")
    kept = [
        make(tmp_path / name, "kept")
        for name in (f".site-{os.getpid()}-x2", ".site-old-x3", "site")
    ]
    whole_site._clear_away(tmp_path)
    assert not killed.exists()
    assert all(folder.exists() for folder in kept)


def test_the_old_site_is_laid_aside_for_the_next_build(tmp_path: Path) -> None:
    before = tmp_path / ".cache/site-before"
    whole_site._lay_aside(make(tmp_path / ".site-1", "old"), before)
    assert (before / "index.html").read_text() == "old"
    whole_site._lay_aside(make(tmp_path / ".site-2", "newer"), before)  # another build was quicker
    assert (before / "index.html").read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == [".cache"]
