"""Importing the Observatory's values: shown first, all or nothing, the same from a table in text
and a workbook."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from metropolis.cli import main
from metropolis.data.load import load_records
from metropolis.data.observations import Observation
from metropolis.data.records import Records
from metropolis.opendata.observation_import import plan_import
from metropolis.opendata.workbook import read_workbook, shown_number
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
    return saved(book)


def saved(book: Workbook) -> bytes:
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


def reported(records: Records, data: bytes, path: str = "in.csv") -> list[str]:
    """What is wrong with a file that somebody would import."""
    return [str(problem) for problem in plan_import(records, data, path)[1]]


CELLS = yaml.safe_load(Path(__file__).with_name("cells.yml").read_text("utf-8"))
SHORT = {
    "missing": "“{}” means that there is no value. Leave the whole row out where there is no value.",
    "limit": "“{}” is a limit or a range, not a value. Ask for the value. Leave the whole row out"
    " where there is no value.",
    "date": "“{}” is a date. A spreadsheet program makes a date of 8.9. Type the number in a cell"
    " for numbers.",
}


@pytest.mark.parametrize("case", CELLS, ids=[f"{one['column']}: {one['cell']}" for one in CELLS])
def test_a_cell(records: Records, case: dict[str, str]) -> None:
    column, cell = case["column"], case["cell"]
    row: list[object] = list(GOOD[2])
    row[HEAD.index(column)] = f'"{cell}"'
    _, problems = plan_import(records, table(HEAD, row), "in.csv")
    place = f"in.csv:2:{HEAD.index(column) + 1}: Column “{column}”: "
    says = case.get("says")
    words = SHORT.get(says, says).format(cell) if says else ""
    assert [problem.words for problem in problems] == (
        [f"Column “{column}”: {words}"] if says else []
    )
    assert all(str(problem).startswith(place) for problem in problems)


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        (57.699999999999996, "General", "57.7"),
        (0.30000000000000004, "General", "0.3"),
        (0.1 + 0.7, "General", "0.8"),
        (1e-7, "General", "0.0000001"),
        (123456789012345.0, "General", "123456789012345"),
        (2642, "General", "2642"),
        (0.0, "General", "0"),
        (0.089, "0.0%", "8.9%"),
        (0.53, "0%", "53%"),
        (0.089, "0.00 %", "8.9%"),
        (0.089, "0.0\\ %", "8.9%"),
        (0.57699999999999996, "0.0%", "57.7%"),
        (0.0895, "0%", "9%"),
        (2642.0, "#,##0", "2642"),
        (1873000, "# ##0", "1873000"),
        (57.6543, "0.0", "57.7"),
        (57.65, "0.0", "57.7"),
        (-5.25, "#,##0.00_);[Red](#,##0.00)", "-5.25"),
        (12.5, '#,##0.00\\ "€"', "12.5"),
        (12.5, "#,##0.00\\ [$€-40C]", "12.5"),
        (12.5, "[$$-409]#,##0.00", "12.5"),
        (12.5, '_-* #,##0.00\\ "€"_-;\\-* #,##0.00\\ "€"_-;_-* "-"??\\ "€"_-;_-@_-', "12.5"),
        (0.0, '0.0;-0.0;"–"', "0"),
        (24.8, '0.0" µg/m³"', "24.8 µg/m³"),
        (1873000, '0.0,,"M"', "1.9 M×1000×1000"),
        (1873000, "#,##0,", "1873×1000"),
        (1.9, '0.0" million"', "1.9 million"),
        (5.0, '"<"0', "5 <"),
        (5.0, '0"*"', "5 *"),
        (5.0, '+0;"−"0', "5"),
        (57.65, "0.00E+00", "57.65"),
        (0.5, "# ?/?", "0.5"),
        (57.65, "@", "57.65"),
        (57.65, "[>=100]0;0.0", "57.65"),
        (2019, "yyyy", "2019"),
        (57.65, ";;;", ""),
        (57.65, " ", ""),
        (57.65, "", "57.65"),
    ],
)
def test_a_number_is_read_as_its_sheet_shows_it(value: float, code: str, shown: str) -> None:
    assert shown_number(value, code)[0] == shown


@given(st.floats(allow_nan=False, allow_infinity=False), st.text())
def test_any_number_under_any_format_is_digits(value: float, code: str) -> None:
    """But for one that shows nothing."""
    shown, _ = shown_number(value, code)
    assert re.match(r"-?\d", shown) or (shown == "" and not code.strip("; "))


def test_a_workbook_is_read_as_its_reader_sees_it(records: Records) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    rows = [
        ["seoul", "poverty", 2018, 0.0894, "percent", "total", "plan-2021-2023"],
        ["abidjan", "poverty", 2019.0, 57.699999999999996, "percent", "total", "plan-2021-2023"],
        ["seoul", "air-quality", 2019, 24.8449, "micrograms-per-m3", "total", "plan-2021-2023"],
    ]
    for row in [HEAD, *rows]:
        sheet.append(row)
    sheet["D2"].number_format = "0.0%"
    sheet["C3"].number_format = "#,##0"
    sheet["D4"].number_format = "0.0"
    plan, problems = plan_import(records, saved(book), "in.xlsx")
    assert problems == []
    assert plan
    assert [(one.year, one.value) for one in plan.added] == [
        (2018, 8.9),
        (2019, 57.7),
        (2019, 24.8),
    ]
    assert plan.rounded == (2, 4)


def test_a_percentage_in_another_unit_is_reported(records: Records) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(HEAD)
    sheet.append(
        ["seoul", "air-quality", 2019, 0.248, "micrograms-per-m3", "total", "plan-2021-2023"]
    )
    sheet["D2"].number_format = "0.0%"
    assert reported(records, saved(book), "in.xlsx") == [
        "in.xlsx:2:4: Column “value”: “24.8%” is not a number as it is written here. Write 24.8 and"
        " put the % in the unit."
    ]


def test_a_formula_without_a_stored_result_is_reported(records: Records) -> None:
    row = ["seoul", "poverty", 2018, "=4+4.9", "percent", "total", "plan-2021-2023"]
    data = workbook(HEAD, row, [*row[:3], "=SUM(D2)", *row[4:]])
    assert reported(records, data, "in.xlsx") == [
        f"in.xlsx:{line}:4: Column “value”: “{formula}” is a formula without a stored result. Open"
        " the workbook, save it, and send it again; or type the value."
        for line, formula in ((2, "=4+4.9"), (3, "=SUM(D2)"))
    ]


FOR_EXCEL = "A line “sep=…” is for Excel only; it is no part of the table. Delete it."
NO_NAME = (
    "This column has no name. Delete it, or name it: place, indicator, year, value, unit, sex,"
    " source."
)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("sep=,\n", "", FOR_EXCEL),
        ("\ufeffSEP=;\n", "", FOR_EXCEL),
        (
            "Values of 2019\n\n",
            "",
            "The names of the columns are in row 3. Delete the rows above them.",
        ),
        ("", ",,", ""),
        ("", ", ,\u00a0", ""),
        (",", "", NO_NAME),
    ],
)
def test_what_is_around_a_table(records: Records, before: str, after: str, expected: str) -> None:
    head, row = table(HEAD, GOOD[2]).decode().splitlines()
    text = f"{before}{head}{after}\n{row}{after}\n"
    assert reported(records, text.encode()) == ([f"in.csv:1:1: {expected}"] if expected else [])


def test_a_table_or_a_workbook_with_the_name_of_the_other(records: Records) -> None:
    for data, name in ((workbook(HEAD, *GOOD), "in.csv"), (table(HEAD, *GOOD), "in.xlsx")):
        plan, problems = plan_import(records, data, name)
        assert not problems
        assert plan
        assert len(plan.added) == len(GOOD)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<table><tr><td>place</td></tr></table>", "This is HTML or XML, not a table. "),
        ('[{"place": "lyon"}]', "This is JSON, not a table. "),
    ],
)
def test_another_format(records: Records, text: str, says: str) -> None:
    _, problems = plan_import(records, text.encode(), "in.csv")
    how = "Ask for the values as CSV or as a workbook."
    assert [str(problem) for problem in problems] == [f"in.csv:1:1: {says}{how}"]


@pytest.mark.parametrize("year", ["2019", "X2019", "2019 [YR2019]"])
def test_years_as_columns(records: Records, year: str) -> None:
    _, problems = plan_import(records, f"place,indicator,{year},2020\n".encode(), "in.csv")
    assert [str(problem) for problem in problems] == [
        "in.csv:1:3: The years are columns here; each value was expected in a row of its own. Write"
        " its year in the column “year”, and the value in the column “value”."
    ]


def test_the_names_of_the_columns_below_themselves(records: Records) -> None:
    _, problems = plan_import(records, table(HEAD, GOOD[0], HEAD, GOOD[1]), "in.csv")
    assert [str(problem) for problem in problems] == [
        "in.csv:3:1: The names of the columns stand here again. Delete the row."
    ]


def test_sheets_before_the_table(records: Records) -> None:
    """A hidden one is passed over, an empty one told."""
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.append(HEAD)
    sheet.append(GOOD[2])
    book.create_sheet("Lists", 0).sheet_state = "veryHidden"
    assert plan_import(records, saved(book), "in.xlsx")[1] == []
    book.create_sheet("Empty", 0)
    _, problems = plan_import(records, saved(book), "in.xlsx")
    assert [problem.how for problem in problems] == [
        "Begin with the line: place,indicator,year,value,unit,sex,source. Only the first sheet,"
        " “Empty”, is read: put the table's sheet first."
    ]


@pytest.mark.parametrize(
    ("separator", "name"), [(";", "semicolons"), ("\t", "tabs"), ("|", "bars")]
)
def test_another_separator(records: Records, separator: str, name: str) -> None:
    data = table(HEAD, GOOD[2]).replace(b",", separator.encode())
    assert reported(records, data) == [
        f"in.csv:1:1: The columns are separated by {name}; commas were expected. Save the table as"
        " “CSV UTF-8” with commas, or import the workbook (.xlsx) itself."
    ]


def test_lines_in_quotes(records: Records) -> None:
    data = b"".join(b'"%s"\n' % line for line in table(HEAD, GOOD[2]).splitlines())
    assert reported(records, data) == [
        "in.csv:1:1: The whole line is in quotes, and so is one cell. Delete the quotes around it,"
        " here and in the lines below."
    ]


def test_a_table_that_is_not_in_the_first_sheet(records: Records) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "Read me"
    sheet.append(["About this file"])
    book.create_sheet("Values").append([*HEAD])
    assert reported(records, saved(book), "in.xlsx") == [
        "in.xlsx:1:1: “About this file” is no column of observations. The columns are: place,"
        " indicator, year, value, unit, sex, source. Only the first sheet, “Read me”, is read: put the"
        " table's sheet first."
    ]


def test_a_head_in_capitals_and_notes_around_the_values(records: Records) -> None:
    head = [f" {name.title()} " for name in HEAD]
    note = "Most cells of this row are empty: it is no value. Delete the notes above and below the"
    plan, problems = plan_import(records, table(head, *GOOD[1:]), "in.csv")
    assert plan
    assert problems == []
    notes = [["Source: the Observatory, 2026"], ["", "", "Downloaded in May", "", "", "", ""]]
    assert reported(records, table(HEAD, GOOD[1], *notes)) == [
        f"in.csv:{line}:1: {note} values." for line in (3, 4)
    ]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Place", "The column “place” is there twice. Keep one."),
        ("plaec", "“plaec” is no column of observations. Did you mean “place”?"),
        ("", NO_NAME),
        ("unit\u200b", "An invisible character (U+200B) is in this cell. Did you mean “unit”?"),
    ],
)
def test_a_name_of_a_column(records: Records, name: str, words: str) -> None:
    head = [*HEAD[:6], name, *HEAD[6:]]
    row: list[object] = [*GOOD[2][:6], "x", *GOOD[2][6:]]
    assert reported(records, table(head, row)) == [f"in.csv:1:7: {words}"]


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
            "in.xlsx:3:6: Column “sex”: “men” is not one of the words that are allowed here. Did"
            " you mean “male”?"
        ),
    ]


def test_what_is_no_workbook_is_told(records: Records) -> None:
    assert reported(records, b"PK\x03\x04 no zip", "in.xlsx") == [
        "in.xlsx: This is not a workbook that can be read. "
        "Save it again as “Excel workbook (.xlsx)”, without a password."
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
    shown = capsys.readouterr()
    assert shown.out.endswith("1 error in 1 file.\n")
    assert shown.err == "Nothing was written.\n"
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


@pytest.mark.parametrize(
    ("values", "is_told"),
    [((0.089, 0.11), True), ((8.9, 0.11), False), ((890, 1100), True), ((8.9,), False)],
)
def test_values_in_another_unit_are_told(
    records: Records, values: tuple[float, ...], is_told: bool
) -> None:
    places = zip(("seoul", "abidjan"), values, strict=False)
    rest = ["percent", "total", "plan-2021-2023"]
    rows = [[place, "poverty", 2018, value, *rest] for place, value in places]
    plan, problems = plan_import(records, table(HEAD, *rows), "in.csv")
    assert not problems
    assert plan
    assert [one.startswith("The values of poverty are far ") for one in plan.doubts] == (
        [True] if is_told else []
    )
