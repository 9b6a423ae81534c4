"""The cache: a result comes back for the same inputs alone, whatever happens to the disk."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from metropolis.cache import LIMITS, Cache, CacheEntry
from metropolis.folders import empty_folder

KIND = "drawings"


@dataclass(frozen=True)
class Words:
    text: str
    count: int = 1


made: list[object] = []


def repeated(inputs: Words) -> str:
    made.append(inputs)
    return inputs.text * inputs.count


def as_bytes(inputs: int) -> bytes:
    return bytes(inputs)


def as_text(inputs: int) -> str:
    return str(inputs)


def refused(inputs: str) -> str:
    made.append(inputs)
    raise ValueError(inputs)


@pytest.fixture(autouse=True)
def nothing_is_made() -> None:
    made.clear()


def test_a_result_is_made_once_for_its_inputs(tmp_path: Path) -> None:
    for _ in range(2):
        assert Cache(tmp_path).remember(KIND, Words("a", 2), repeated) == "aa"
    assert Cache(tmp_path).remember(KIND, Words("a", 3), repeated) == "aaa"
    assert made == [Words("a", 2), Words("a", 3)]


def test_kind_function_and_toolkit_are_in_the_key(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = Cache(tmp_path)
    entries: list[CacheEntry[int, Any]] = [
        cache.entry(KIND, 3, as_bytes),
        cache.entry("fonts", 3, as_bytes),
        cache.entry(KIND, 3, as_text),
    ]
    monkeypatch.setattr("metropolis.cache.toolkit_digest", lambda: "other code")
    entries.append(cache.entry(KIND, 3, as_bytes))
    assert len({entry.key for entry in entries}) == 4


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 50])
def test_a_damaged_entry_is_removed_and_made_again(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    entry = cache.entry(KIND, Words("a"), repeated)
    entry.make()
    file = tmp_path / KIND / entry.key
    file.write_bytes(damage)
    assert entry.read() is None
    assert not file.exists()
    assert cache.remember(KIND, Words("a"), repeated) == "a"
    assert entry.read() == "a"


def test_the_entries_that_were_read_longest_ago_go_first(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache = Cache(tmp_path)
    entries = [cache.entry(KIND, 100 + number, as_bytes) for number in range(5)]
    for moment, entry in enumerate(entries):
        entry.make()
        os.utime(tmp_path / KIND / entry.key, (moment, moment))
    entries[0].read()
    monkeypatch.setitem(LIMITS, KIND, 4 * 160)
    cache.prune(KIND, LIMITS[KIND])
    cache.entry(KIND, 1, as_bytes).make()
    left = {file.name for file in (tmp_path / KIND).iterdir()}
    assert entries[0].key in left
    assert entries[1].key not in left


def test_many_processes_of_one_entry_each_keep_within_the_limit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each looks into the folder at the first entry that it adds."""
    monkeypatch.setitem(LIMITS, KIND, 1_000)
    for number in range(30):
        Cache(tmp_path).remember(KIND, 100 + number, as_bytes)
    assert 0 < sum(file.stat().st_size for file in (tmp_path / KIND).iterdir()) <= 1_000


def test_many_may_write_read_and_prune_at_once(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(LIMITS, KIND, 200)
    cache = Cache(tmp_path)

    def work(number: int) -> bool:
        size = 100 + number % 3
        found = cache.remember(KIND, size, as_bytes)
        cache.prune(KIND, LIMITS[KIND])
        return found == bytes(size)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))
    assert not list((tmp_path / KIND).glob(".*"))


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for _ in range(2):
        assert Cache(tmp_path / "file").remember(KIND, Words("a"), repeated) == "a"
    assert len(made) == 2


def test_without_a_folder_results_live_in_memory(tmp_path: Path) -> None:
    cache = Cache(None)
    for _ in range(2):
        assert cache.remember(KIND, Words("a"), repeated) == "a"
    assert len(made) == 1


def test_what_is_held_is_not_read_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.remember(KIND, Words("a"), repeated, hold=True)
    empty_folder(tmp_path)
    assert cache.remember(KIND, Words("a"), repeated) == "a"
    assert len(made) == 1


def test_an_error_is_raised_and_not_remembered(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match=r"^a$"):
            Cache(tmp_path).remember(KIND, "a", refused)
    assert len(made) == 2


def with_default(inputs: str, more: str = "") -> str:
    return inputs + more


def test_only_a_function_that_has_nothing_but_its_inputs_may_make(tmp_path: Path) -> None:
    text = "more"

    def inner(inputs: str) -> str:
        return inputs + text

    makers: list[Callable[[str], Any]] = [
        inner, lambda inputs: inputs, partial(refused), str.upper, "a".join, with_default, Words,
    ]  # fmt: skip
    message = "may have more than its inputs: give a function of a module"
    for make in makers:
        with pytest.raises(TypeError, match=message):
            Cache(tmp_path).remember(KIND, "a", make)
