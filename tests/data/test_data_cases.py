"""Golden cases of the data checks: each lays a broken file over a valid set and expects the exact
lines."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.data.records import Records
from metropolis.problem import Problem

CASES = [
    pytest.param(case, id=f"{file.stem}: {case['name']}")
    for file in sorted((Path(__file__).parent / "cases").glob("*.yml"))
    for case in yaml.safe_load(file.read_text("utf-8"))
]
Load = Callable[[dict[str, Any]], tuple[Records | None, list[Problem]]]


@pytest.mark.parametrize("case", CASES)
def test_case(load_case: Load, case: dict[str, Any]) -> None:
    records, problems = load_case(case)
    assert [str(problem) for problem in problems] == case["problems"]
    assert (records is None) == bool(problems)


def test_base_is_valid(load_case: Load) -> None:
    records, problems = load_case({})
    assert problems == []
    assert records
    assert records.figure_value(records.key_figures["members"]) == 1
    assert records.region_of(records.members["lyon"]).id == "europe"
    assert [milestone.id for milestone in records.milestones_of_member("lyon")] == ["1985-congress"]


def test_two_thousand_members_are_read_in_their_order(
    load_case: Load, base: dict[str, str]
) -> None:
    record = base["members"].removeprefix("- id: lyon")
    ids = [f"city-{number}" for number in range(2000)]
    records, problems = load_case(
        {"file": "members", "text": base["members"] + "".join(f"- id: {id}{record}" for id in ids)}
    )
    assert problems == []
    assert records
    assert list(records.members) == ["lyon", *ids]
    assert len(records.members_of_country("FR")) == len(records.members_of_region("europe")) == 2001
    assert records.figure_value(records.key_figures["members"]) == 2001
