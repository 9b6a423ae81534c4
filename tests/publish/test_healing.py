"""What is live is what was built, whatever has happened to the disk: damage is found, not
inherited, and repaired."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from rehearsal import Rehearsal

from metropolis.publish import pool
from metropolis.publish.places import Places
from metropolis.publish.publication_log import read_publications
from metropolis.publish.releases import (
    clean,
    finish_release,
    make_live,
    put_release,
    release_problems,
)
from metropolis.publish.seal import READABLE_FILE, READABLE_FOLDER
from metropolis.publish.settings import write_settings
from metropolis.publish.verification import verify_folder

from .conftest import command, publish


def overwrite(file: Path) -> None:
    """As a bad disk would: size and time stay."""
    state = file.stat()
    content = file.read_bytes()
    with file.open("r+b") as out:
        out.write(bytes(byte ^ 1 for byte in content[:6]))
    os.utime(file, ns=(state.st_atime_ns, state.st_mtime_ns))


DAMAGES: dict[str, Callable[[Path], object]] = {
    "changed in place": lambda live: (live / "en/404.html").write_text("other", "utf-8"),
    "a compressed copy": lambda live: (live / "index.html.gz").write_bytes(b"defaced"),
    "a file is missing": lambda live: (live / "es/index.html").unlink(),
    "a folder is missing": lambda live: shutil.rmtree(live / "es"),
    "a file was added": lambda live: (live / "evil.html").write_text("x", "utf-8"),
    "a file in a new folder": lambda live: (
        (live / "x").mkdir(),
        (live / "x/index.html").write_text("x"),
    ),
    "a link": lambda live: (
        (live / "en/404.html").unlink(),
        (live / "en/404.html").symlink_to("/etc/passwd"),
    ),
    "the manifest": lambda live: (live / "release.json").write_text("{}", "utf-8"),
    "no manifest": lambda live: (live / "release.json").unlink(),
    "what static hosts say": lambda live: (live / "_headers").write_text("", "utf-8"),
    "not readable": lambda live: (live / "index.html").chmod(0o600),
    "not enterable": lambda live: (live / "en").chmod(0o700),
    "the style sheet": lambda live: next(live.glob("assets/*.css")).write_text("x", "utf-8"),
}


def test_a_damaged_release_is_built_again(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    for kind, damage in DAMAGES.items():
        damage(places.release(commit))
        capsys.readouterr()
        assert command(rehearsal, "reconcile") == 0, kind
        seen = capsys.readouterr()
        assert f"The release {commit[:10]} is damaged" in seen.err, kind
        assert seen.out == f"Live: {commit[:10]}.\n"
        assert command(rehearsal, "verify") == 0, kind
        assert not list(places.work.iterdir())
    capsys.readouterr()
    assert command(rehearsal, "reconcile") == 0
    assert "damaged" not in capsys.readouterr().err


def test_a_disk_that_changes_a_file_without_a_sign_is_found_within_a_day(
    rehearsal: Rehearsal,
) -> None:
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    overwrite(places.current / "index.html")
    assert release_problems(places, commit) == []
    yesterday = time.time() - 90_000
    os.utime(places.seal(commit), (yesterday, yesterday))
    assert [problem.what for problem in release_problems(places, commit)] == [
        "“index.html” is not as it was built."
    ]
    assert command(rehearsal, "verify") == 1
    assert command(rehearsal, "reconcile") == 0
    assert command(rehearsal, "verify") == 0


def test_damage_is_not_inherited(rehearsal: Rehearsal) -> None:
    """The same file, byte for byte by the manifest of both: what the old release holds by now is
    another thing."""
    first = publish(rehearsal, "release 1")
    places = rehearsal.places
    for file in ("en/404.html", "index.html.br"):
        overwrite(places.release(first) / file)
    copy = rehearsal.folder / "ana"
    second = rehearsal.commit(copy, {"docs/x.md": "x"}, "two")
    assert rehearsal.push(copy)[0] == 0
    assert places.live() == second
    assert verify_folder(places.release(second), "second")[1] == []
    assert command(rehearsal, "verify") == 0


def test_a_link_that_leads_nowhere_is_repaired(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    shutil.rmtree(places.release(commit))
    assert places.live() == ""
    assert command(rehearsal, "verify") == 1
    assert (
        "the live release: There is none: the link to it leads nowhere." in capsys.readouterr().out
    )
    for _ in range(2):
        assert command(rehearsal, "reconcile") == 0
        assert places.live() == commit
        assert command(rehearsal, "verify") == 0
        places.current.unlink()  # without its link, the lost release is built again too
        shutil.rmtree(places.release(commit))


def test_a_copied_folder_in_the_place_of_the_link(rehearsal: Rehearsal) -> None:
    """A backup that follows links brings folders back where links were."""
    commit = publish(rehearsal, "release 1")
    current = rehearsal.places.current
    current.unlink()
    shutil.copytree(rehearsal.places.release(commit), current)
    assert command(rehearsal, "reconcile") == 0
    assert current.is_symlink()
    assert rehearsal.places.live() == commit


def test_what_cannot_be_repaired_is_said_and_is_no_success(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    (places.release(commit) / "index.html").unlink()
    write_settings(places, replace(rehearsal.settings, python="/bin/false"))
    capsys.readouterr()
    assert command(rehearsal, "reconcile") == 1
    said = capsys.readouterr().out
    assert said.splitlines()[:2] == [
        f"Live: {commit[:10]}.",
        (
            f"the release {commit[:10]}: The release {commit[:10]} could not be built again; what"
            " is live stays. It ended without a message. Tell the server's administrator."
        ),
    ]
    assert said.count("could not be built again") == 1
    shutil.rmtree(places.release(commit))
    assert command(rehearsal, "reconcile") == 1
    assert capsys.readouterr().out.startswith("Live: nothing.\n")


def test_previews_editions_and_kept_releases_are_looked_at_too(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    first = publish(rehearsal, "release 1")
    copy = rehearsal.folder / "ana"
    rehearsal.git(copy, "tag", "edition-2021")
    assert rehearsal.push(copy, "edition-2021")[0] == 0
    second = publish(rehearsal, "release 2")
    publish(rehearsal, "release 3")
    preview = publish(rehearsal, "release 4", "preview/x")
    places = rehearsal.places
    for commit in (first, second, preview):
        (places.release(commit) / "index.html").write_text("damaged", "utf-8")
    assert command(rehearsal, "reconcile") == 0
    assert (
        f"The release {second[:10]}, kept for a rollback, was damaged, and is removed."
        in capsys.readouterr().err
    )
    assert not places.release(second).exists()
    assert not places.seal(second).exists()
    for commit in (first, preview):
        assert verify_folder(places.release(commit), "")[1] == []
    # It can still be gone back to: it is built again.
    assert command(rehearsal, "rollback", second[:10]) == 0
    assert places.live() == second
    assert command(rehearsal, "verify") == 0


def test_a_preview_that_cannot_be_built_again_gets_no_link(rehearsal: Rehearsal) -> None:
    """A link to nothing would be worse than none: readers would see an error of the server."""
    publish(rehearsal, "release 1")
    preview = publish(rehearsal, "release 2", "preview/x")
    places = rehearsal.places
    (link,) = places.previews.iterdir()
    link.unlink()
    shutil.rmtree(places.release(preview))
    write_settings(places, replace(rehearsal.settings, python="/bin/false"))
    assert command(rehearsal, "reconcile") == 1
    assert list(places.previews.iterdir()) == []
    write_settings(places, rehearsal.settings)
    assert command(rehearsal, "reconcile") == 0
    assert link.readlink().name == preview


def test_a_rollback_to_what_cannot_be_built_stays_where_it_was(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    first = publish(rehearsal, "release 1")
    second = publish(rehearsal, "release 2")
    places = rehearsal.places
    (places.release(first) / "index.html").unlink()
    write_settings(places, replace(rehearsal.settings, python="/bin/false"))
    capsys.readouterr()
    assert command(rehearsal, "rollback") == 1
    assert (
        f"The release {first[:10]} could not be built again; what is live stays."
        in capsys.readouterr().out
    )
    assert places.live() == second
    assert places.pinned() == ""


def test_a_release_without_a_seal_is_looked_at_and_sealed(rehearsal: Rehearsal) -> None:
    """From before there were seals: what the manifest knows decides, and from then on the seal."""
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    shutil.rmtree(places.seals)
    assert command(rehearsal, "reconcile") == 0
    assert places.seal(commit).is_file()
    places.seal(commit).write_text("{", "utf-8")
    (places.current / "index.html.gz").write_bytes(b"defaced")
    assert command(rehearsal, "reconcile") == 0
    assert command(rehearsal, "verify") == 0


def test_a_release_that_was_copied_to_another_disk_is_the_same(rehearsal: Rehearsal) -> None:
    commit = publish(rehearsal, "release 1")
    release = rehearsal.places.release(commit)
    shutil.copytree(release, release.with_name("copy"))
    shutil.rmtree(release)
    release.with_name("copy").rename(release)
    before = rehearsal.places.seal(commit).read_text("utf-8")
    assert release_problems(rehearsal.places, commit) == []
    assert rehearsal.places.seal(commit).read_text("utf-8") != before


# --- what a build leaves ---


def test_the_build_is_not_believed(rehearsal: Rehearsal, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret", "utf-8")
    site = tmp_path / "site"
    (site / "assets").mkdir(parents=True)
    (site / "a.html").symlink_to(secret)
    (site / "folder").symlink_to("/etc")
    os.mkfifo(site / "fifo")
    (site / "b.html").write_text("b", "utf-8")
    (site / "c.html").write_text("c", "utf-8")
    (site / "release.json").write_text(
        json.dumps({"files": {"c.html": "0" * 64, "../../secret": "0" * 64}}), "utf-8"
    )
    found = [problem.what for problem in finish_release(site, rehearsal.places)]
    assert sorted(found) == [
        "“../../secret” is not as the manifest says.",
        "“a.html” is not a plain file.",
        "“b.html” is not in the manifest.",
        "“c.html” is not as the manifest says.",
        "“fifo” is not a plain file.",
        "“folder” is not a plain file.",
    ]
    assert secret.read_text("utf-8") == "secret"
    (site / "release.json").unlink()
    (site / "release.json").symlink_to(secret)
    assert any(
        "not a plain file" in problem.what for problem in finish_release(site, rehearsal.places)
    )


def test_a_second_name_that_a_build_kept_for_itself_does_not_reach_the_release(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    """A hard link in the cache: what is written through it later is not served."""
    commit = publish(rehearsal, "release 1")
    for path in ("index.html", "en/index.html"):
        assert (rehearsal.places.release(commit) / path).stat().st_nlink == 1
    site, cached = tmp_path / "site", tmp_path / "cached"
    site.mkdir()
    cached.write_text("as built", "utf-8")
    os.link(cached, site / "index.html")
    digest = hashlib.sha256(b"as built").hexdigest()
    (site / "release.json").write_text(json.dumps({"files": {"index.html": digest}}), "utf-8")
    assert finish_release(site, rehearsal.places) == []
    cached.write_text("changed later", "utf-8")
    assert (site / "index.html").read_text("utf-8") == "as built"
    assert (site / "index.html").stat().st_nlink == 1


def test_a_build_that_made_nothing_is_no_release(rehearsal: Rehearsal, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (problem,) = finish_release(tmp_path / "site", rehearsal.places)
    assert problem.what == "There is no manifest (release.json)."


def test_a_finished_release_is_readable_and_in_the_pool_before_it_has_its_name(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    site, name = tmp_path / "site", "assets/site.0123456789.css"
    (site / "assets").mkdir(mode=0o700, parents=True)
    (site / name).write_text("a", "utf-8")
    (site / name).chmod(0o600)
    digest = hashlib.sha256(b"a").hexdigest()
    (site / "release.json").write_text(json.dumps({"files": {name: digest}}), "utf-8")
    assert finish_release(site, rehearsal.places) == []
    assert (site / "assets").stat().st_mode & 0o777 == 0o755
    assert (site / name).stat().st_mode & 0o777 == 0o644
    put_release(site, rehearsal.places, "c" * 40)
    assert (rehearsal.places.pool / name).samefile(rehearsal.places.release("c" * 40) / name)
    # A release from before there were seals may have been written under any umask.
    rehearsal.places.seal("c" * 40).unlink()
    (rehearsal.places.release("c" * 40) / name).chmod(0o600)
    assert release_problems(rehearsal.places, "c" * 40) == []
    assert (rehearsal.places.release("c" * 40) / name).stat().st_mode & 0o777 == 0o644


# --- umask ---


@pytest.mark.parametrize("umask", [0o077, 0o027])
def test_readable_whatever_the_pushers_umask(rehearsal: Rehearsal, umask: int) -> None:
    before = os.umask(umask)
    try:
        publish(rehearsal, "release 1")
        publish(rehearsal, "release 2", "preview/x")
        publish(rehearsal, "release 3")
    finally:
        os.umask(before)
    places = rehearsal.places
    for top in (places.releases, places.pool):
        for place, _, files in os.walk(top):
            if Path(place) != top:
                assert Path(place).stat().st_mode & 0o777 == READABLE_FOLDER
            for name in files:
                assert Path(place, name).stat().st_mode & 0o777 == READABLE_FILE


# --- the journal ---


def test_a_line_that_a_kill_kept_from_being_written_is_written_later(rehearsal: Rehearsal) -> None:
    first = publish(rehearsal, "release 1")
    second = publish(rehearsal, "release 2")
    log = rehearsal.places.log
    log.write_text(log.read_text("utf-8").splitlines(keepends=True)[0], "utf-8")
    assert command(rehearsal, "reconcile") == 0
    assert [(line.commit, line.event) for line in read_publications(rehearsal.places)] == [
        (first, "published"),
        (second, "reconciled"),
    ]
    assert command(rehearsal, "rollback") == 0
    assert rehearsal.places.live() == first


def test_a_journal_that_cannot_be_written_is_said(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    publish(rehearsal, "release 1")
    places = rehearsal.places
    places.log.unlink()
    places.log.mkdir()
    capsys.readouterr()
    assert command(rehearsal, "reconcile") == 1
    words = f"{places.root}: The line in the log could not be written: {places.log} is a folder."
    assert words in capsys.readouterr().out


# --- the pool ---


def test_the_pool_is_repaired_from_the_releases(
    rehearsal: Rehearsal, capsys: pytest.CaptureFixture[str]
) -> None:
    commit = publish(rehearsal, "release 1")
    places = rehearsal.places
    pooled = next(places.pool.glob("assets/*.css"))
    content = pooled.read_bytes()
    other = pooled.with_name("other")
    other.write_text("damaged", "utf-8")
    other.replace(pooled)
    (places.pool / "evil.js").write_text("alert(1)", "utf-8")
    assert command(rehearsal, "verify") == 1
    capsys.readouterr()
    assert command(rehearsal, "reconcile") == 0
    assert "“evil.js” was added: no build made it. It was repaired." in capsys.readouterr().err
    assert pooled.read_bytes() == content
    assert pooled.samefile(places.release(commit) / "assets" / pooled.name)
    assert not (places.pool / "evil.js").exists()
    assert command(rehearsal, "verify") == 0


def test_a_file_stays_for_its_time_after_its_last_release_has_gone(
    rehearsal: Rehearsal, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However old it is: a page that is open since this morning asks for it."""
    publish(rehearsal, "release 1")
    places = rehearsal.places
    pooled = next(places.pool.glob("assets/*.css"))
    publish(rehearsal, "release 2")
    long_ago = time.time() - 200 * 86_400
    os.utime(pooled, (long_ago, long_ago))
    for number in range(3, 5):
        publish(rehearsal, f"release {number}")
    assert pooled.stat().st_nlink == 1
    assert pooled.exists()
    assert command(rehearsal, "verify") == 0
    later = time.time() + 89 * 86_400
    monkeypatch.setattr(time, "time", lambda: later)
    assert command(rehearsal, "reconcile") == 0
    assert pooled.exists()
    later += 2 * 86_400
    assert command(rehearsal, "reconcile") == 0
    assert not pooled.exists()
    assert command(rehearsal, "verify") == 0


def test_a_file_that_comes_back_counts_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = Places(tmp_path)
    places.pool.mkdir()
    file = places.pool / "a.css"
    file.write_text("a", "utf-8")
    state = SimpleNamespace(st_nlink=1, st_ctime=1_000_000_000.0)
    monkeypatch.setattr(pool, "entries", lambda _: [("a.css", state)])
    monkeypatch.setattr(time, "time", lambda: 1_000_000_000.0 + days * 86_400)
    days = 91
    state.st_nlink = 2  # a release has it
    assert pool._remove_expired(places) == set()
    state.st_nlink, state.st_ctime = 1, time.time()  # and goes
    assert pool._remove_expired(places) == set()
    days = 180
    assert pool._remove_expired(places) == set()
    assert file.exists()
    days = 182
    assert pool._remove_expired(places) == {"a.css"}
    assert not file.exists()


def test_the_system_notes_when_a_file_loses_its_other_name(tmp_path: Path) -> None:
    file, other = tmp_path / "a.css", tmp_path / "release"
    file.write_text("a", "utf-8")
    os.link(file, other)
    linked = file.stat().st_ctime_ns
    while other.exists() or file.stat().st_ctime_ns == linked:
        other.unlink(missing_ok=True)
        os.link(file, other)
        other.unlink()
    assert file.stat().st_ctime_ns > linked


# --- the cache ---


def test_a_cache_that_was_lent_to_a_killed_build_comes_back(rehearsal: Rehearsal) -> None:
    publish(rehearsal, "release 1")
    places = rehearsal.places
    (places.cache / "kept").write_text("x", "utf-8")
    (places.work / "build-killed").mkdir()
    places.cache.rename(places.work / "build-killed/.cache")
    assert command(rehearsal, "reconcile") == 0
    assert (places.cache / "kept").read_text("utf-8") == "x"
    assert not list(places.work.iterdir())


def test_a_link_in_the_place_of_the_cache_is_not_followed(
    rehearsal: Rehearsal, tmp_path: Path
) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    places = rehearsal.places
    subprocess.run(["rm", "-rf", str(places.cache)], check=True)
    places.cache.symlink_to(outside)
    publish(rehearsal, "release 1")
    assert not places.cache.is_symlink()
    assert not list(outside.iterdir())


def test_a_pinned_release_stays_even_while_another_is_live(rehearsal: Rehearsal) -> None:
    places = rehearsal.places
    for letter in "abc":
        places.release(letter * 40).mkdir()
    places.write_pin("b" * 40)
    make_live(places, "c" * 40)
    assert set(clean(places, 0, ())) == {"b" * 40, "c" * 40}
    assert not places.release("a" * 40).exists()
