"""Whatever happens while a file is written, what stood there is not lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.publish.places import Places
from metropolis.publish.publication_log import note_live, read_publications
from metropolis.text_file import append_lines, decode, write_file, write_files


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (None, b"head\nnew\n"),
        (b"", b"head\nnew\n"),
        (b"head\none\n", b"head\none\nnew\n"),
        (b"head\none\ntor", b"head\none\ntor\nnew\n"),
        (b"head\none\n\xc3", b"head\none\n\xc3\nnew\n"),
        (b"\0\0\0", b"\0\0\0\nnew\n"),
    ],
)
def test_a_new_line_begins_on_its_own(tmp_path: Path, before: bytes | None, after: bytes) -> None:
    file = tmp_path / "log"
    if before is not None:
        file.write_bytes(before)
    append_lines(file, ["new"], heading="head")
    assert file.read_bytes() == after


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"PK\x03\x04\x14\x00", "a document of a word processor, or another package"),
        (b"{\\rtf1\\ansi", "a document of a word processor (RTF)"),
        (b"%PDF-1.7", "a PDF"),
        (b"\n<!DOCTYPE html>", "a web page"),
        (
            b"version https://git-lfs.github.com/spec/v1",
            "what Git LFS leaves in the place of a file",
        ),
        (b"\0GITCRYPT\0", "encrypted by git-crypt"),
    ],
)
def test_another_kind_of_file_is_named(start: bytes, kind: str) -> None:
    text, problems = decode(start + b"\xff\n", "x.md")
    how = "Write the text itself here, or take the file back from git."
    assert text == ""
    assert list(map(str, problems)) == [f"x.md:1:1: This is {kind}, and no plain text. {how}"]


def publish(places: Places, commit: str, who: str) -> None:
    places.release(commit).mkdir(parents=True)
    places.current.unlink(missing_ok=True)
    places.current.symlink_to(f"releases/{commit}")
    note_live(places, "published", who)


@pytest.mark.parametrize("cut", range(1, 60))
def test_a_torn_line_of_the_journal_does_not_swallow_the_next(tmp_path: Path, cut: int) -> None:
    places = Places(tmp_path)
    for commit in ("a" * 10, "b" * 10):
        publish(places, commit, "ana")
    content = places.log.read_bytes()
    places.log.write_bytes(content[: max(len(content) - cut, 0)])
    publish(places, "c" * 10, "ben")
    lines = read_publications(places)
    assert lines[-1].commit == "c" * 10
    assert lines[-1].who == "ben"


def test_bytes_that_are_no_text_do_not_hide_the_journal(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.log.write_bytes(b"\xff\xfe\t\0\n")
    publish(places, "c" * 10, "ben")
    assert [line.commit for line in read_publications(places)] == ["c" * 10]


def test_what_is_live_is_noted_once(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.release("abc").mkdir(parents=True)
    note_live(places, "reconciled", "timer")
    assert read_publications(places) == []
    places.current.symlink_to("releases/abc")
    for _ in range(2):
        note_live(places, "reconciled", "timer")
    assert [(line.commit, line.event) for line in read_publications(places)] == [
        ("abc", "reconciled")
    ]


@pytest.mark.parametrize("data", [b"a\nb\n", b"a\r\nb\r\n", b"a\rb\r", b"\xef\xbb\xbfa\r\nb\n"])
def test_one_text_is_read_whatever_wrote_it(data: bytes) -> None:
    assert decode(data, "x.yml") == ("a\nb\n", [])


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"\xff\xfex\0", "x.yml:1:1: The file is saved as UTF-16. Save it as UTF-8."),
        (
            b"\0" * 300,
            "x.yml:1:1: The file has only zeros: a crash or a cloud drive has lost its text. Take it"
            " back from git, or from a copy.",
        ),
        (b"x\0y\0", "x.yml:1:1: The file is saved as UTF-16. Save it as UTF-8."),
        (
            b"a\r\xc3\xa9\xe9",
            "x.yml:2:2: This character is not saved as UTF-8. Save the file as UTF-8.",
        ),
        (
            b"a\n<<<<<<< a\n=======\n>>>>>>> b\n",
            "x.yml:2:1: The lines 2, 3 and 4 are left over from a merge (“<<<<<<< a”). Keep the"
            " right version of the lines around these signs, and delete the signs.",
        ),
    ],
)
def test_what_is_no_text_to_be_read_is_reported(data: bytes, problem: str) -> None:
    assert [str(one) for one in decode(data, "x.yml")[1]] == [problem]


def test_a_file_is_replaced_in_one_step_or_not_at_all_and_keeps_its_mode(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "page.md"
    write_file(file, "old\n")
    file.chmod(0o640)
    write_file(file, "new\n")

    def fail(*arguments: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr("os.replace", fail)
    with pytest.raises(OSError, match="disk full"):
        write_file(file, "newer\n")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new\n", 0o640)
    assert [one.name for one in tmp_path.iterdir()] == ["page.md"]


def test_all_files_are_written_or_none(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("before", "utf-8")
    (tmp_path / "folder").mkdir()
    with pytest.raises(OSError, match="folder"):
        write_files(tmp_path, {"a.md": "after", "new/b.md": "new", "folder": "not a file"})
    assert (tmp_path / "a.md").read_text("utf-8") == "before"
    assert not (tmp_path / "new/b.md").exists()
