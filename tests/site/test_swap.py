"""The new site takes the old one's place whole, with or without the system's exchange."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.site import build


def make(folder: Path, text: str) -> Path:
    folder.mkdir()
    (folder / "index.html").write_text(text)
    return folder


@pytest.mark.parametrize("can_exchange", [True, False])
def test_new_site_takes_the_old_ones_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_exchange: bool) -> None:
    if not can_exchange:
        monkeypatch.setattr(build, "_exchange", lambda one, other: False)
    site, staging = make(tmp_path / "site", "old"), make(tmp_path / ".site-1", "new")
    build._put_in_place(staging, site)
    assert (site / "index.html").read_text() == "new"
    assert not (tmp_path / ".site-1-old").exists()


def test_first_site_is_put_in_place(tmp_path: Path) -> None:
    build._put_in_place(make(tmp_path / ".site-1", "new"), tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text() == "new"


def test_old_site_comes_back_when_the_new_one_cannot_take_its_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "_exchange", lambda one, other: False)
    site = make(tmp_path / "site", "old")
    with pytest.raises(OSError, match="gone"):
        build._put_in_place(tmp_path / "gone", site)
    assert (site / "index.html").read_text() == "old"
