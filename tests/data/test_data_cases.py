"""Golden cases of the data checks: each lays a broken file over a small valid set and expects the exact lines."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.data.load import load_records
from metropolis.project import Locale, Project

HERE = Path(__file__).parent
BASE: dict[str, str] = yaml.safe_load((HERE / "base.yml").read_text("utf-8"))
CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted((HERE / "cases").glob("*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
LOCALES = (Locale("fr", "Français", True), Locale("en", "English"), Locale("es", "Español"))


def schema_line(name: str) -> str:
    return f"# yaml-language-server: $schema=schema/{name}.json\n"


def write(folder: Path, case: dict[str, Any]) -> None:
    """The base, with the case laid over it."""
    texts = dict(BASE)
    if "swap" in case:
        old, new = (part.replace("\n    ", "\n  ").replace("    government", "  government") for part in case["swap"])
        assert old in texts[case["file"]], "the case swaps what the base does not have"
        texts[case["file"]] = texts[case["file"]].replace(old, new)
    elif "text" in case:
        texts[case["file"]] = case["text"]
    texts |= case.get("files", {})
    for name, text in texts.items():
        if name not in case.get("remove", []):
            (folder / f"{name}.yml").write_text(schema_line(name) + text, "utf-8")
    if "bytes" in case:
        (folder / f"{case['file']}.yml").write_bytes(bytes.fromhex(case["bytes"]))


@pytest.mark.parametrize("case", CASES)
def test_case(tmp_path: Path, case: dict[str, Any]) -> None:
    (tmp_path / "data").mkdir()
    write(tmp_path / "data", case)
    records, problems = load_records(Project(tmp_path, LOCALES, "https://example.org/"))
    assert [str(problem) for problem in problems] == case["problems"]
    assert (records is None) == bool(problems)


def test_base_is_valid(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    write(tmp_path / "data", {})
    records, problems = load_records(Project(tmp_path, LOCALES, "https://example.org/"))
    assert problems == []
    assert records
    assert records.figure_value(records.key_figures["members"]) == 1
    assert records.region_of(records.members["lyon"]).id == "europe"
