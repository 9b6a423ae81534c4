"""What builds keep: found again, thrown away when damaged, bounded, safe with others at work."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from metropolis.store import Store

KEY, OTHER = "ab" * 32, "cd" * 32


def test_what_was_kept_is_found_again_by_its_key_alone(tmp_path: Path) -> None:
    Store(tmp_path).put(KEY, b"content")
    assert Store(tmp_path).get(KEY) == b"content"
    assert Store(tmp_path).get(OTHER) is None


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 50])
def test_a_damaged_entry_is_as_if_it_were_not_there_and_goes(tmp_path: Path, damage: bytes) -> None:
    store = Store(tmp_path)
    store.put(KEY, b"content")
    entry = next(tmp_path.iterdir())
    entry.write_bytes(damage)
    assert store.get(KEY) is None
    assert not entry.exists()
    store.put(KEY, b"content")
    assert store.get(KEY) == b"content"


def test_the_entries_that_were_of_use_longest_ago_go_first(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=3 * 132)
    keys = [f"{number:02}" * 32 for number in range(5)]
    for moment, key in enumerate(keys):
        store.put(key, bytes(100))
        os.utime(tmp_path / key, (moment, moment))
    store.keep(keys[0])
    store.prune()
    assert [key for key in keys if store.get(key)] == [keys[0], keys[3], keys[4]]


def test_many_may_write_read_and_prune_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path, limit=200)

    def work(number: int) -> bool:
        content = bytes(100)
        key = f"{number % 3:02}" * 32
        store.put(key, content)
        found = store.get(key)
        store.keep(key)
        store.prune()
        return found in (None, content)

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(work, range(400)))
    assert not list(tmp_path.glob(".*"))


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    store = Store(tmp_path / "file")
    store.put(KEY, b"content")
    assert store.get(KEY) is None
