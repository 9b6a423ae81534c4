"""Who waits is let in in the order of coming, and told for what; what a killed process left keeps
nobody out."""

from __future__ import annotations

import fcntl
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from metropolis.publish import lock
from metropolis.publish.lock import LockedTooLongError, Work, locked
from metropolis.publish.places import Places
from metropolis.publish.verdict import expected_time, note_time

WORK = Work("The push of ana to main (3f2a9c10ab)", 35, 240)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "publish.lock"


def kept_out(file: Path, said: Callable[[str], object] = print, longest: float = 0) -> str:
    """What somebody is told who does not get the lock."""
    with pytest.raises(LockedTooLongError) as error, locked(file, said, longest=longest):
        pass
    return str(error.value)


def test_who_waits_is_told_what_is_under_way(file: Path) -> None:
    said: list[str] = []
    with locked(file, said.append, work=WORK):
        assert not said
        told = kept_out(file, said.append)
    words = "The push of ana to main (3f2a9c10ab) has been in progress for 0 s. It takes about 35 s, and 240 s at most."
    assert said == [f"Waiting. {words}"]
    assert told == words
    assert not file.with_suffix(".json").exists()
    assert not list(file.with_suffix(".line").iterdir())


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (Work("A", 0, 240), "A has been in progress for 0 s. It takes 240 s at most."),
        (Work("A"), "A has been in progress for 0 s."),
        (None, "Another publication has been in progress for 0 s."),
    ],
)
def test_what_is_not_known_is_not_said(file: Path, work: Work | None, words: str) -> None:
    with locked(file, print, work=work):
        assert kept_out(file) == words


@pytest.mark.parametrize(
    "record",
    [None, "", "{", "[]", json.dumps({"what": "x"}), json.dumps({"what": 1, "since": "x"})],
)
def test_a_record_that_cannot_be_read(file: Path, record: str | None) -> None:
    with locked(file, print, work=WORK):
        file.with_suffix(".json").unlink()
        if record is not None:
            file.with_suffix(".json").write_text(record, "utf-8")
        assert kept_out(file) == "Another publication is in progress."


def test_it_is_said_again_while_it_lasts(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "_REPORT_TIME", 0.01)
    monkeypatch.setattr(lock, "_POLL_TIME", 0.001)
    said: list[str] = []
    with locked(file, said.append, work=WORK):
        kept_out(file, said.append, longest=0.1)
    assert len(said) > 2


def test_in_the_order_of_coming(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dozen wait: each is let in after those who came before."""
    monkeypatch.setattr(lock, "_POLL_TIME", 0.001)
    came: list[int] = []
    order: list[int] = []

    def wait(number: int) -> None:
        with locked(file, lambda _: None, longest=60):
            order.append(number)

    threads = []
    with locked(file, print):
        for number in range(12):
            thread = threading.Thread(target=wait, args=(number,))
            thread.start()
            threads.append(thread)
            while len(list(file.with_suffix(".line").glob("[!.]*"))) <= number:
                time.sleep(0.001)
            came.append(number)
    for thread in threads:
        thread.join()
    assert order == came


def test_those_before_are_counted(file: Path) -> None:
    line = file.with_suffix(".line")
    with locked(file, print, work=WORK):
        line.mkdir(exist_ok=True)
        for number in range(2):
            (line / f"{number:020d}-1").touch()
        with (line / f"{0:020d}-1").open() as first:
            fcntl.flock(first, fcntl.LOCK_EX)
            assert kept_out(file).endswith("at most. 1 more is before you.")
    # Nobody holds the other: it was cleared away.
    assert [one.name for one in line.iterdir()] == [f"{0:020d}-1"]


def test_a_killed_holder_keeps_nobody_out(file: Path) -> None:
    program = (
        "import sys, time; from pathlib import Path; from metropolis.publish.lock import locked\n"
        "with locked(Path(sys.argv[1]), print): print('held', flush=True); time.sleep(600)"
    )
    started = [sys.executable, "-c", program, str(file)]
    holder = subprocess.Popen(started, stdout=subprocess.PIPE, text=True)
    assert holder.stdout
    assert holder.stdout.readline() == "held\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    with locked(file, print, longest=5):
        assert file.with_suffix(".json").is_file()


def test_without_room_for_a_place_in_line(file: Path) -> None:
    """A full disk must not keep anybody from the lock."""
    file.with_suffix(".line").write_text("in the way", "utf-8")
    with locked(file, print, longest=0):
        pass
    assert os.path.isfile(file.with_suffix(".line"))  # noqa: PTH113


def test_how_long_a_build_takes(tmp_path: Path) -> None:
    places = Places(tmp_path)
    assert expected_time(places) == 0
    for seconds in (100, 30, 31, 35, 32, 33):
        note_time(places, seconds)
    assert expected_time(places) == 32
    places.build_times.write_text("{", "utf-8")
    assert expected_time(places) == 0
