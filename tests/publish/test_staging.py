"""What a build leaves: its folder goes, its cache comes back, releases make room and protected ones
stay."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from rehearsal import Rehearsal

from metropolis.problem import RefusedError
from metropolis.publish import releases, staging
from metropolis.publish.places import Places
from metropolis.publish.reconciliation import reconcile
from metropolis.publish.settings import Settings
from metropolis.publish.staging import make_release, needed_space, protected_commits, recover_cache

from .conftest import publish

PAGE = "content/fr/index.md"


def quiet(_: str) -> None:
    """Takes what a build says."""


@pytest.fixture
def places(tmp_path: Path) -> Places:
    made = Places(tmp_path)
    (made.work / "build-1").mkdir(parents=True)
    return made


def lend(places: Places) -> Path:
    """The cache as a killed build left it."""
    left = places.work / "build-1" / ".cache"
    left.mkdir()
    (left / "entry").write_text("lent", "utf-8")
    return left


def test_a_cache_that_is_there_is_not_replaced(places: Places) -> None:
    lend(places)
    places.cache.mkdir()
    (places.cache / "entry").write_text("newer", "utf-8")
    recover_cache(places)
    assert (places.cache / "entry").read_text("utf-8") == "newer"


def test_a_link_that_a_build_put_in_the_place_of_its_cache_is_left(places: Places) -> None:
    elsewhere = places.root / "keys"
    elsewhere.mkdir()
    (places.work / "build-1" / ".cache").symlink_to(elsewhere)
    recover_cache(places)
    assert not places.cache.is_symlink()
    assert not places.cache.exists()


def test_a_link_in_the_place_of_the_cache_gives_way(places: Places) -> None:
    lend(places)
    places.cache.symlink_to(places.root)
    recover_cache(places)
    assert not places.cache.is_symlink()
    assert (places.cache / "entry").exists()


def test_a_build_uses_the_cache_of_a_killed_one_and_leaves_no_folder(rehearsal: Rehearsal) -> None:
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    shutil.rmtree(places.cache)
    (places.work / "build-1").mkdir(parents=True)
    lend(places)
    shutil.rmtree(places.release(commit))
    make_release(places, rehearsal.settings, commit, quiet)
    assert (places.cache / "entry").read_text("utf-8") == "lent"
    assert [left.name for left in places.work.iterdir()] == ["build-1"]


def test_space_is_needed_for_two_more_releases_like_the_live_one(rehearsal: Rehearsal) -> None:
    places, settings = rehearsal.places, rehearsal.settings
    assert needed_space(places, settings) == settings.least_space
    live = places.release(publish(rehearsal, "release 1"))
    size = sum(file.stat().st_size for file in live.rglob("*") if file.is_file())
    assert size > 0
    assert needed_space(places, settings) == settings.least_space + 2 * size


def test_a_full_disk_costs_old_releases_first_and_then_the_push(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    places, settings = rehearsal.places, rehearsal.settings
    commits = [publish(rehearsal, f"release {number}") for number in range(4)]
    assert [places.release(one).is_dir() for one in commits] == [False, True, True, True]
    monkeypatch.setattr(staging.shutil, "disk_usage", lambda _: SimpleNamespace(free=0))
    shutil.rmtree(places.release(commits[0]), ignore_errors=True)
    full = r"too little space: 0 MB are free, \d MB are needed. Tell the server's administrator\."
    with pytest.raises(RefusedError, match=full):
        make_release(places, settings, commits[0], quiet)
    assert [places.release(one).is_dir() for one in commits] == [False, False, True, True]


def test_the_branch_previews_and_editions_are_protected(rehearsal: Rehearsal) -> None:
    first = publish(rehearsal, "release 1")
    copy = rehearsal.folder / "ana"
    rehearsal.git(copy, "tag", "--annotate", "--message", "x", "edition-2021")
    assert rehearsal.push(copy, "edition-2021")[0] == 0
    second = publish(rehearsal, "release 2")
    preview = publish(rehearsal, "release 3", "preview/x")
    assert {first, second, preview} <= protected_commits(rehearsal.places, rehearsal.settings)


def test_a_preview_leads_to_its_newest_commit(rehearsal: Rehearsal) -> None:
    publish(rehearsal, "release 1")
    publish(rehearsal, "release 2", "preview/x")
    newest = publish(rehearsal, "release 3", "preview/x")
    (link,) = rehearsal.places.previews.iterdir()
    assert link.readlink().name == newest


def test_a_damaged_release_that_is_live_stays_until_it_is_built_again(
    rehearsal: Rehearsal,
) -> None:
    """Readers of its other pages would get nothing."""
    first = publish(rehearsal, "release 1")
    publish(rehearsal, "release 2")
    places = rehearsal.places
    places.write_pin(first)
    reconcile(places, rehearsal.settings, "ana", quiet)
    assert places.live() == first
    (places.release(first) / "index.html").unlink()
    broken: Settings = replace(rehearsal.settings, python="/bin/false")
    assert reconcile(places, broken, "ana", quiet)
    assert places.live() == first


def test_what_was_removed_is_gone_when_a_reconciliation_ends(rehearsal: Rehearsal) -> None:
    first = publish(rehearsal, "release 1")
    publish(rehearsal, "release 2")
    places = rehearsal.places
    (places.release(first) / "index.html").write_text("damaged", "utf-8")
    reconcile(places, rehearsal.settings, "ana", quiet)
    assert not places.release(first).exists()
    assert list(places.work.iterdir()) == []


def test_a_release_is_on_the_disk_before_it_has_its_name(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    shutil.rmtree(places.release(commit))
    had_name: list[tuple[bool, bool]] = []

    def note(_: Path, is_all: bool = False) -> None:
        had_name.append((is_all, places.release(commit).exists()))

    monkeypatch.setattr(releases, "sync", note)
    make_release(places, rehearsal.settings, commit, quiet)
    assert had_name == [(True, False), (False, True)]  # all of it, then its name


def test_a_release_loses_its_name_before_its_files(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed in the middle, half a release would have a release's name."""
    for name in ("a", "b"):
        places.release(name).mkdir(parents=True)
    os.utime(places.release("a"), (1, 1))
    removed: list[tuple[Path, bool]] = []
    monkeypatch.setattr(
        releases.shutil,
        "rmtree",
        lambda folder, **_: removed.append((folder, places.release("a").exists())),
    )
    assert releases.clean(places, 1, ()) == ["b"]
    assert removed == [(places.work / "gone-a", False)]
