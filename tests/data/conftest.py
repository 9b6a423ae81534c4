"""What the data tests share: a small valid set of data, and a way to load it with something laid
over it."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.data.load import load_records
from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.project import Locale, Project

LOCALES = (Locale("fr", "Français", True), Locale("en", "English"), Locale("es", "Español"))
Case = dict[str, Any]
Load = Callable[[Case], tuple[Records | None, list[Problem]]]


@pytest.fixture(scope="session")
def base() -> dict[str, str]:
    """The valid set: name of the file -> what stands in it after its first line."""
    texts: dict[str, str] = yaml.safe_load((Path(__file__).parent / "base.yml").read_text("utf-8"))
    return texts


@pytest.fixture(scope="session")
def load_case(base: dict[str, str]) -> Load:
    """Loads the valid set with a case laid over it.

    A case names its `file` and either swaps a part of it (`swap`), or gives its `text` or its
    `bytes` (hexadecimal, the first line too). `files` gives texts by name, `remove` takes files
    away, `observations` gives the tables of data/observations/ by name."""

    def load(case: Case) -> tuple[Records | None, list[Problem]]:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "data").mkdir()
            for name, data in _contents(base, case).items():
                (Path(folder) / f"data/{name}.yml").write_bytes(data)
            (Path(folder) / "data/observations").mkdir()
            for name, table in case.get("observations", {}).items():
                (Path(folder) / f"data/observations/{name}.csv").write_bytes(
                    table.encode("latin-1" if name == "latin" else "utf-8")
                )
            return load_records(Project(Path(folder), LOCALES, "https://example.org/"))

    return load


def _contents(base: dict[str, str], case: Case) -> dict[str, bytes]:
    texts = base | case.get("files", {})
    if "swap" in case:
        old, new = case["swap"]
        assert texts[case["file"]].count(old) >= 1, "the case swaps what the base does not have"
        texts[case["file"]] = texts[case["file"]].replace(old, new)
    elif "text" in case:
        texts[case["file"]] = case["text"]
    contents = {
        name: f"# yaml-language-server: $schema=schema/{name}.json\n{text}".encode()
        for name, text in texts.items()
        if name not in case.get("remove", [])
    }
    return contents | ({case["file"]: bytes.fromhex(case["bytes"])} if "bytes" in case else {})
