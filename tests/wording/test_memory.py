"""What was judged once is not judged again, and a damaged memory is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from metropolis.problem import Problem
from metropolis.wording.finding import Finding
from metropolis.wording.memory import Memory

FOUND = [Finding("spelling", "mott", Problem("content/fr/a.md", 8, 1, "…", "", "…", "advice"))]


def test_what_was_kept_comes_back_in_the_next_run(tmp_path: Path) -> None:
    memory = Memory(tmp_path / "cache" / "wording.json", "data")
    key = memory.key("content/fr/a.md", "text")
    assert memory.recall(key) is None
    memory.learn(key, FOUND)
    memory.keep()
    assert Memory(tmp_path / "cache" / "wording.json", "data").recall(key) == FOUND
    assert [file.name for file in (tmp_path / "cache").iterdir()] == ["wording.json"]


def test_each_text_and_the_setting_make_another_key(tmp_path: Path) -> None:
    memory, other = Memory(None, "data"), Memory(None, "other data")
    keys = {memory.key("a", "b"), memory.key("a", "c"), memory.key("ab", ""), other.key("a", "b")}
    assert len(keys) == 4


def test_what_was_not_asked_for_is_forgotten(tmp_path: Path) -> None:
    file = tmp_path / "wording.json"
    memory = Memory(file, "data")
    memory.learn(memory.key("old"), FOUND)
    memory.keep()
    memory = Memory(file, "data")
    memory.learn(memory.key("new"), [])
    memory.keep()
    assert Memory(file, "data").recall(memory.key("old")) is None
    assert Memory(file, "data").recall(memory.key("new")) == []


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a": [["spelling"]]}', b'{"a": 1}', b"\xff"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "wording.json"
    file.write_bytes(content)
    memory = Memory(file, "data")
    assert memory.recall("a") is None
    memory.learn("a", FOUND)
    memory.keep()
    assert Memory(file, "data").recall("a") == FOUND
