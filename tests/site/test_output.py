"""Only what differs is written, nothing stays that nobody wrote, and what files hold is known
without reading them."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from metropolis.web.output import Output, Signature


def known(output: Output) -> dict[Signature, bytes]:
    return {held.signature: held.sha256 for held in output.files.values()}


def files_of(folder: Path) -> dict[str, str]:
    found = (file for file in folder.rglob("*") if file.is_file())
    return {file.relative_to(folder).as_posix(): file.read_text() for file in found}


def test_a_file_that_holds_it_already_stays(tmp_path: Path) -> None:
    first = Output(tmp_path)
    first.write("en/vision/index.html", "words")
    first.write("en/index.html", "other words")
    inode = (tmp_path / "en/vision/index.html").stat().st_ino
    again = Output(tmp_path, known(first))
    again.write("en/vision/index.html", "words")
    again.write("en/index.html", "new words")
    assert (tmp_path / "en/vision/index.html").stat().st_ino == inode
    assert files_of(tmp_path) == {"en/vision/index.html": "words", "en/index.html": "new words"}
    assert {path: held.digest for path, held in again.files.items()} == {
        "en/vision/index.html": sha256(b"words").hexdigest(),
        "en/index.html": sha256(b"new words").hexdigest(),
    }


def test_a_known_file_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Output(tmp_path)
    digest = first.write("index.html", "words")
    monkeypatch.setattr(Output, "read", None)
    assert Output(tmp_path, known(first)).keep("index.html", digest)


@pytest.mark.parametrize("is_known", [True, False])
def test_a_file_that_somebody_changed_is_written_again(tmp_path: Path, is_known: bool) -> None:
    first = Output(tmp_path)
    digest = first.write("index.html", "words")
    (tmp_path / "index.html").write_text("wards")
    again = Output(tmp_path, known(first) if is_known else {})
    assert not again.keep("index.html", digest)
    again.write("index.html", "words")
    assert files_of(tmp_path) == {"index.html": "words"}


def test_another_name_of_the_old_file_keeps_the_old_content(tmp_path: Path) -> None:
    output = Output(tmp_path / "site")
    output.write("index.html", "old")
    os.link(tmp_path / "site/index.html", tmp_path / "served")
    output.write("index.html", "new")
    assert (tmp_path / "served").read_text() == "old"


def test_what_nobody_wrote_goes(tmp_path: Path) -> None:
    for path in ("old/index.html", "en/old/deep/index.html", "en/old.css", "link/x"):
        Output(tmp_path).write(path, "old")
    (tmp_path / "empty").mkdir()
    (tmp_path / "en/pointer").symlink_to(tmp_path)
    output = Output(tmp_path)
    output.write("en/index.html", "new")
    output.sweep()
    assert files_of(tmp_path) == {"en/index.html": "new"}
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["en", "index.html"]


def test_a_file_takes_the_place_of_a_folder_and_a_folder_that_of_a_file(tmp_path: Path) -> None:
    Output(tmp_path).write("a/b/index.html", "old")
    Output(tmp_path).write("c", "old")
    output = Output(tmp_path)
    output.write("a/b", "new")
    output.write("c/d/index.html", "new")
    output.sweep()
    assert files_of(tmp_path) == {"a/b": "new", "c/d/index.html": "new"}


def test_what_another_process_wrote_is_taken_over(tmp_path: Path) -> None:
    here, there = Output(tmp_path), Output(tmp_path)
    there.write("index.html", "words")
    here.files |= there.files
    here.sweep()
    assert files_of(tmp_path) == {"index.html": "words"}
