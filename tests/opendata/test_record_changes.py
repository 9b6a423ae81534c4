"""What changed between two states of the data."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from metropolis.cache import LIMITS, Cache
from metropolis.cli import main
from metropolis.git import run_git
from metropolis.opendata.history import (
    RecordChange,
    changes_text,
    differences,
    read_data,
    read_days,
)
from metropolis.problem import RefusedError
from metropolis.release.provenance import read_release
from metropolis.web.feed import read_history

MEMBERS = b"""# schema
- id: lyon
  name: {fr: "Lyon", en: "Lyon", es: "Lyon"}
  coordinates: {latitude: 45.75, longitude: 4.85}
- id: berlin
  name: {fr: "Berlin", en: "Berlin", es: "Berl\xc3\xadn"}
"""
LINES = b"""# schema
- id: line-1
  axes:
    - id: axis-1-1
      results:
        - id: result-1-1-1
          gender: true
"""
VALUES = b"place,indicator,year,value,unit,sex,source\nlyon,poverty,2019,8.9,percent,total,plan\n"
Repository = Callable[[str, str, bytes], None]
FILES = {
    "data/members.yml": MEMBERS,
    "data/action-lines.yml": LINES,
    "data/observations/a.csv": VALUES,
}


@pytest.mark.parametrize(
    ("path", "old", "new", "changes"),
    [
        ("data/members.yml", b"4.85", b"4.8", [("lyon", "changed", "coordinates.longitude", "4.85", "4.8")]),
        ("data/members.yml", b', es: "Lyon"', b"", [("lyon", "changed", "name.es", "Lyon", "")]),
        ("data/members.yml", b"id: berlin", b"id: bonn", [("berlin", "removed"), ("bonn", "added")]),
        ("data/action-lines.yml", b"true", b"false",
         [("line-1", "changed", "axes.axis-1-1.results.result-1-1-1.gender", "true", "false")]),
        ("data/observations/a.csv", b"8.9", b"9.1", [("poverty/lyon/2019/total", "changed", "value", "8.9", "9.1")]),
    ],
)  # fmt: skip
def test_each_change_is_told_at_its_place(
    path: str, old: bytes, new: bytes, changes: list[tuple[str, ...]]
) -> None:
    after = FILES | {path: FILES[path].replace(old, new)}
    kind = path.removeprefix("data/").split(".")[0].split("/")[0]
    found = differences(read_data(FILES), read_data(after))
    assert found == [RecordChange(kind, *one) for one in changes]  # type: ignore[arg-type]


def test_another_order_is_no_change_and_other_files_do_not_count() -> None:
    first, _, second = MEMBERS.partition(b"- id: berlin")
    head, body = first[:9], first[9:]
    turned = head + b"- id: berlin" + second + body
    assert turned != MEMBERS
    after = FILES | {
        "data/members.yml": turned,
        "data/strings.yml": b"- id: new\n",
        "data/schema/x.json": b"{}",
    }
    assert differences(read_data(FILES), read_data(after)) == []


def test_a_moved_table_of_values_is_no_change() -> None:
    after = {**FILES, "data/observations/b.csv": VALUES}
    del after["data/observations/a.csv"]
    assert differences(read_data(FILES), read_data(after)) == []


def test_the_report_names_records_once_and_counts_them() -> None:
    changes = [
        RecordChange("members", "bonn", "added"),
        RecordChange("members", "lyon", "changed", "name.es", "Lyon", "León"),
        RecordChange("members", "lyon", "changed", "note.fr", "", "Un mot"),
    ]
    assert changes_text(changes).splitlines() == [
        "members",
        "  + bonn",
        "  ~ lyon",
        "      name.es: “Lyon” → “León”",
        "      note.fr: nothing → “Un mot”",
        "1 added, 1 changed, 0 removed.",
    ]
    assert changes_text([]) == "0 added, 0 changed, 0 removed."


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    """`commit(day, path, content)` in a new repository."""
    run_git(tmp_path, "init", "-q")
    (tmp_path / "mkdocs.yml").write_text("")

    def commit(day: str, path: str, content: bytes) -> None:
        file = tmp_path / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        stamp = day if "T" in day else f"{day}T12:00:00Z"
        said = {"NAME": "A", "EMAIL": "a@example.org", "DATE": stamp}
        roles = ("AUTHOR", "COMMITTER")
        environment = {f"GIT_{role}_{what}": said[what] for role in roles for what in said}
        environment["PATH"] = "/usr/bin:/bin"
        run_git(tmp_path, "add", "-A", environment=environment)
        run_git(tmp_path, "commit", "-qm", day, environment=environment)

    return commit


def test_days_are_told_newest_first_and_kept(repository: Repository, tmp_path: Path) -> None:
    repository("2021-01-01", "data/members.yml", MEMBERS)
    repository("2021-02-01", "data/strings.yml", b"# nothing public\n")
    repository("2021-03-01", "data/members.yml", MEMBERS.replace(b"4.85", b"4.8"))
    repository("2021-03-01", "data/members.yml", MEMBERS.replace(b"4.85", b"4.9"))
    cache = Cache(tmp_path / ".cache")
    days = read_days(tmp_path, date(2021, 12, 31), cache)
    assert [(day.date.isoformat(), day.is_first) for day in days] == [
        ("2021-03-01", False),
        ("2021-01-01", True),
    ]
    change = RecordChange("members", "lyon", "changed", "coordinates.longitude", "4.85", "4.9")
    assert days[0].changes == (change,)
    assert read_days(tmp_path, date(2021, 12, 31), cache) == days
    assert [day.date.isoformat() for day in read_days(tmp_path, date(2021, 2, 15), cache)] == [
        "2021-01-01"
    ]


def test_a_day_is_a_day_in_utc_for_the_release_the_data_and_the_feed(
    repository: Repository, tmp_path: Path
) -> None:
    """A committer east of Greenwich just after midnight, another west of it just before."""
    repository("2021-01-01", "data/members.yml", MEMBERS)
    repository("2021-02-10T20:30:00-05:00", "data/members.yml", MEMBERS.replace(b"4.85", b"4.8"))
    repository("2021-03-05T00:30:00+01:00", "data/members.yml", MEMBERS.replace(b"4.85", b"4.9"))
    release = read_release(tmp_path).date
    expected = ["2021-03-04", "2021-02-11", "2021-01-01"]
    assert release.isoformat() == expected[0]
    days = read_days(tmp_path, release, Cache(tmp_path / ".cache"))
    assert [day.date.isoformat() for day in days] == expected
    assert [day.isoformat() for day in read_history(tmp_path, release)] == expected


@pytest.mark.parametrize("epoch", ["yesterday", "9" * 30])
def test_a_date_that_is_none_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, epoch: str
) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    with pytest.raises(RefusedError, match=f"SOURCE_DATE_EPOCH is “{epoch}”; seconds since 1970"):
        read_release(tmp_path)


def test_remembered_days_are_those_of_this_code_and_do_not_grow_without_end(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for month in range(1, 10):
        members = MEMBERS.replace(b"4.85", f"4.{month}".encode())
        repository(f"2021-0{month}-01", "data/members.yml", members)
    monkeypatch.setitem(LIMITS, "history", 2_000)
    cache, folder = Cache(tmp_path / ".cache"), tmp_path / ".cache/history"
    days = read_days(tmp_path, date(2021, 12, 31), cache)
    before = {file.name for file in folder.iterdir()}
    monkeypatch.setattr("metropolis.cache.toolkit_digest", lambda: "other code")
    assert read_days(tmp_path, date(2021, 12, 31), cache) == days
    assert {file.name for file in folder.iterdir()} - before
    assert sum(file.stat().st_size for file in folder.iterdir()) <= 2_000


def test_without_history_there_are_no_days(tmp_path: Path) -> None:
    assert read_days(tmp_path, date(2021, 1, 1), Cache(tmp_path / ".cache")) == []


def test_the_command_compares_two_releases(
    repository: Repository,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    repository("2021-01-01", "data/members.yml", MEMBERS)
    repository("2021-03-01", "data/members.yml", MEMBERS.replace(b"berlin", b"bonn"))
    assert main(["--project", str(tmp_path), "data", "diff", "HEAD~1", "HEAD"]) == 0
    expected = "members\n  - berlin\n  + bonn\n1 added, 0 changed, 1 removed.\n"
    assert capsys.readouterr().out == expected
    assert main(["--project", str(tmp_path), "data", "diff", "v9"]) == 2
    expected = "git does not know “v9” here. Name a commit, a tag or a branch.\n"
    assert capsys.readouterr().err == expected


def test_a_history_that_is_cut_or_missing_is_named(
    project_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    diff = ["data", "diff", "v9"]
    assert main(["--project", str(project_copy), *diff]) == 2
    assert capsys.readouterr().err.startswith(
        "There is no history here: fatal: not a git repository"
    )
    git = ["git", "-c", "user.name=a", "-c", "user.email=a@example.org", "-C", str(project_copy)]
    for words in (["init", "-q"], ["add", "mkdocs.yml"], ["commit", "-qm", "a"]):
        subprocess.run([*git, *words], check=True)
    subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", "b"], check=True)
    shallow = tmp_path / "shallow"
    clone = ["git", "clone", "-q", "--depth", "1", f"file://{project_copy}", str(shallow)]
    subprocess.run(clone, check=True)
    assert main(["--project", str(shallow), *diff]) == 2
    assert capsys.readouterr().err == (
        "git does not know “v9” here: this clone has only a part of the history. Type: git fetch"
        " --unshallow\n"
    )
