"""Importing the Observatory's values: shown first, all or nothing, the same from a table in text
and a workbook."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import Workbook

from metropolis.cli import main
from metropolis.data.load import load_records
from metropolis.data.observations import Observation
from metropolis.data.records import Records
from metropolis.opendata.incoming import plan_import
from metropolis.opendata.workbook import read_workbook
from metropolis.project import read_project

HEAD = ["place", "indicator", "year", "value", "unit", "sex", "source"]
GOOD = [
    ["seoul", "air-quality", 2019, 24.8, "micrograms-per-m3", "total", "plan-2021-2023"],
    ["abidjan", "air-quality", 2019, 40, "micrograms-per-m3", "total", "plan-2021-2023"],
    ["seoul", "poverty", 2018, 9.5, "percent", "total", "plan-2021-2023"],
]


def workbook(*rows: list[object]) -> bytes:
    book = Workbook()
    assert book.active
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def table(*rows: list[object]) -> bytes:
    return "".join(",".join(map(str, row)) + "\n" for row in rows).encode()


def test_a_workbook_and_a_table_say_the_same(records: Records) -> None:
    from_table, problems = plan_import(records, table(HEAD, *GOOD), "in.csv")
    from_workbook, others = plan_import(records, workbook(HEAD, *GOOD), "in.xlsx")
    assert problems == others == []
    assert from_table == from_workbook
    assert from_table
    assert [one.place for one in from_table.added] == ["seoul", "abidjan", "seoul"]
    assert sorted(from_table.files) == ["air-quality.csv", "poverty.csv"]
    assert from_table.files["air-quality.csv"].decode().splitlines()[1:] == [
        "abidjan,air-quality,2019,40,micrograms-per-m3,total,plan-2021-2023",
        "seoul,air-quality,2019,24.8,micrograms-per-m3,total,plan-2021-2023",
    ]


def test_every_bad_cell_of_a_workbook_is_told_by_row_and_column(records: Records) -> None:
    bad = ["soul", "air-quality", 2019, "24,8", "percent", "men", "plan-2021-2023"]
    plan, problems = plan_import(records, workbook(HEAD, GOOD[0], bad), "in.xlsx")
    assert plan is None
    assert [str(problem) for problem in problems] == [
        (
            "in.xlsx:3:1: Column “place”: There is no member or metropolitan space “soul”. Did you"
            " mean “seoul”?"
        ),
        (
            "in.xlsx:3:4: Column “value”: “24,8” is not a number as it is written here. Write 24.8"
            " (a point, not a comma)."
        ),
        (
            "in.xlsx:3:5: Column “unit”: “air-quality” is measured in “micrograms-per-m3”, not in"
            " “percent”. Convert the value, then write that unit."
        ),
        (
            "in.xlsx:3:6: Column “sex”: “men” is not one of the words that may stand here. "
            "Write one of: total, female, male."
        ),
    ]


def test_what_is_no_workbook_is_told(records: Records) -> None:
    _, problems = plan_import(records, b"PK\x03\x04 no zip", "in.xlsx")
    assert [str(problem) for problem in problems] == [
        "in.xlsx: This is not a workbook that can be read. "
        "Save it anew as “Excel workbook (.xlsx)”, without a password."
    ]


def test_empty_rows_and_columns_of_a_sheet_do_not_count() -> None:
    rows, _ = read_workbook(workbook(["a", "b"], [], [1, 2.5, None, None], [True, None]), "in.xlsx")
    assert [(row.line, row.cells) for row in rows] == [
        (1, ("a", "b")),
        (3, ("1", "2.5")),
        (4, ("true", "")),
    ]


def test_a_known_value_is_unchanged_or_changed(records: Records) -> None:
    known = Observation("air-quality", "seoul", 2019, "total", 24.8, "plan-2021-2023")
    other = Observation("air-quality", "abidjan", 2019, "total", 39.0, "plan-2021-2023")
    plan, _ = plan_import(
        replace(records, observations=(known, other)), table(HEAD, *GOOD), "in.csv"
    )
    assert plan
    assert (len(plan.added), plan.unchanged) == (1, 1)
    assert [(old.value, new.value) for old, new in plan.changed] == [(39.0, 40.0)]


def test_the_command_writes_only_when_told_and_only_what_is_good(
    project_copy: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project_copy / "data/observations"
    folder.mkdir(exist_ok=True)
    file = tmp_path / "in.csv"
    file.write_bytes(table(HEAD, *GOOD))
    command = ["--project", str(project_copy), "data", "import", "observations", str(file)]
    assert main(command) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "3 new, 0 changed, 0 as they were.",
        "Nothing was written. To write it: the same command with --write",
    ]
    assert list(folder.iterdir()) == []
    assert main([*command, "--write"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["air-quality.csv", "poverty.csv"]
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    file.write_bytes(table(HEAD, GOOD[0], ["soul", *GOOD[1][1:]]))
    assert main([*command, "--write"]) == 1
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert capsys.readouterr().out.endswith("1 error in 1 file.\nNothing was written.\n")
    project, _ = read_project(project_copy)
    assert project
    records, problems = load_records(project)
    assert problems == []
    assert records
    assert len(records.observations) == 3


def test_exported_values_are_imported_as_they_were(records: Records) -> None:
    plan, _ = plan_import(records, table(HEAD, *GOOD), "in.csv")
    assert plan
    for content in plan.files.values():
        one, problems = plan_import(records, content, "in.csv")
        assert problems == []
        assert one
        assert list(one.files.values()) == [content]
