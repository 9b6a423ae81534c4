"""No file of the size that is read takes long, eats memory or says more than somebody reads."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from metropolis.data import messages
from metropolis.data.records import Records
from metropolis.problem import Problem
from metropolis.strict_yaml.bounds import MAX_PROBLEMS, bounded
from metropolis.strict_yaml.reader import MAX_VALUES
from metropolis.strict_yaml.source import read_yaml
from metropolis.text_file import MAX_BYTES, decode

Load = Callable[[dict[str, Any]], tuple[Records | None, list[Problem]]]
ROOT = Path(__file__).parent.parent.parent


def test_every_shape_of_file_ends_in_time() -> None:
    """`yaml_shapes.py` says how much time and memory each may take."""
    program = [sys.executable, str(Path(__file__).with_name("yaml_shapes.py"))]
    table = subprocess.run(program, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert len(table.splitlines()) > 40
    assert "stopped" not in table
    # The last column says how many problems there are.
    assert all(int(line.split()[-1]) <= MAX_PROBLEMS + 1 for line in table.splitlines())


def test_a_file_that_is_too_large_is_not_read() -> None:
    text, problems = decode(b"x" * (MAX_BYTES + 1), "data/members.yml")
    assert (text, [str(problem) for problem in problems]) == (
        "",
        ["data/members.yml: The file is larger than 1 MB. Split it."],
    )
    assert decode(b"x" * MAX_BYTES, "data/members.yml")[1] == []


def test_a_file_with_too_many_values_is_reported_in_one_line() -> None:
    document, problems = read_yaml("- x\n" * MAX_VALUES, "x.yml")
    assert document is None
    assert [str(problem) for problem in problems] == [
        "x.yml:100000:3: The file has more than 100000 values. Split it."
    ]
    assert read_yaml("- x\n" * (MAX_VALUES - 1), "x.yml")[1] == []


@pytest.mark.parametrize(
    ("count", "last"),
    [
        (
            MAX_PROBLEMS,
            "x.yml:101:1: “a” occurs twice in the same record, here and on line 1. Keep one.",
        ),
        (MAX_PROBLEMS + 1, "x.yml:102:1: 1 more problem begins here. Mend those above first."),
        (5_000, "x.yml:102:1: 4900 more problems begin here. Mend those above first."),
    ],
)
def test_after_so_many_problems_the_rest_is_counted(count: int, last: str) -> None:
    _, problems = read_yaml("a: b\n" * (count + 1), "x.yml")
    assert str(problems[-1]) == last
    assert len(problems) == min(count, MAX_PROBLEMS + 1)


def test_a_list_of_problems_is_cut_alike() -> None:
    problems = [Problem("x.csv", line, 1, "Wrong.") for line in range(1, 200)]
    assert [*bounded(problems)][:MAX_PROBLEMS] == problems[:MAX_PROBLEMS]
    last = str(bounded(problems)[-1])
    assert last == "x.csv:101:1: 99 more problems begin here. Mend those above first."
    assert bounded(problems[:3]) == problems[:3]


def test_wrong_records_are_reported_and_counted(load_case: Load) -> None:
    _, problems = load_case({"file": "members", "text": "- {}\n" * 5_000})
    reported = [str(problem) for problem in problems if problem.path == "data/members.yml"]
    assert len(reported) == MAX_PROBLEMS + 1
    assert re.fullmatch(
        r"data/members\.yml:\d+:3: \d+ more problems begin here\. Mend those above first\.",
        reported[-1],
    )


def test_near_names_are_looked_for_only_where_somebody_reads_of_them(
    load_case: Load, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each look goes through all names: for every bad reference of a file it would take minutes."""
    looked: list[str] = []
    monkeypatch.setattr(
        messages, "get_close_matches", lambda wrong, *_, **__: looked.append(wrong) or []
    )
    people = "".join(f'- {{id: p{n}, name: "A", member: lyo{n}}}\n' for n in range(3_000))
    _, problems = load_case({"file": "people", "text": people})
    assert sum(one.path == "data/people.yml" for one in problems) == MAX_PROBLEMS + 1
    assert len(looked) <= 2 * MAX_PROBLEMS


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("x" * 6_000, "The text has 6000 characters. At most 5000 were expected. Shorten it."),
        (
            "A" + "\\u0323\\u0301" * 20,
            "One letter has more accents than anybody can read. Type it again.",
        ),
    ],
)
def test_a_text_that_nobody_reads_is_reported(load_case: Load, name: str, problem: str) -> None:
    _, problems = load_case({"file": "people", "text": f'- id: ada\n  name: "{name}"\n'})
    assert f"data/people.yml:3:9: {problem}" in [str(one) for one in problems]


def test_a_long_value_is_quoted_in_part(load_case: Load) -> None:
    _, problems = load_case(
        {"file": "people", "text": f'- id: ada\n  name: "Ada"\n  member: "{"x" * 4_000}"\n'}
    )
    assert all(len(str(problem)) < 400 for problem in problems)
    assert f"There is no member “{'x' * 80}…”" in str(problems[0])
