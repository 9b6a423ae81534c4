"""A table that somebody sends is bounded before it is unfolded, and whatever its bytes are, it is
answered in words."""

from __future__ import annotations

import io
import re
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from metropolis.data.observation_cells import COLUMNS
from metropolis.data.records import Records
from metropolis.data.table_source import MAX_BYTES, MAX_CELLS, MAX_ROWS, read_csv
from metropolis.opendata.observation_import import plan_import
from metropolis.opendata.workbook import MAX_UNFOLDED, read_workbook
from metropolis.strict_yaml.bounds import MAX_PROBLEMS

SHEET = "xl/worksheets/sheet1.xml"


def test_a_workbook_among_the_tables() -> None:
    _, problems = read_csv(workbook(), "data/observations/a.csv")
    assert [str(problem) for problem in problems] == [
        "data/observations/a.csv: This is a workbook, not a table in text. Import it: metropolis"
        " data import"
    ]


def workbook() -> bytes:
    book = Workbook()
    assert book.active
    book.active.append(["a", "b"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ARCHIVE = zipfile.ZipFile(io.BytesIO(workbook()))
PARTS = {name: ARCHIVE.read(name) for name in ARCHIVE.namelist()}
TOO_MANY = (
    "in.xlsx: The sheet has more than 100000 rows or 2000000 cells, with the empty ones. Copy the"
    " table into a new workbook."
)


def packed(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_rows(rows: str, size: str = "A1:B1") -> bytes:
    """A workbook whose sheet has these rows, and says that it has this size."""
    sheet = re.sub(
        "<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>", PARTS[SHEET].decode()
    )
    return packed(PARTS | {SHEET: re.sub('ref="[^"]*"', f'ref="{size}"', sheet).encode()})


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"x" * (MAX_BYTES + 1), "in.csv: The table is larger than 5 MB. Split it."),
        (
            b"a\n" * (MAX_ROWS + 1),
            "in.csv:100001:1: The table has more than 100000 rows. Split it.",
        ),
        (b"\n" * (MAX_ROWS + 1), "in.csv:100001:1: The table has more than 100000 rows. Split it."),
        (
            b"a" + b"," * MAX_CELLS,
            "in.csv:1:1: This row has more than 200 cells. Delete those without a head.",
        ),
        (
            b"a\n" + b"a" * 200_000,
            (
                "in.csv:2:1: A cell holds more than 100000 characters. Shorten it, or close the"
                " quote that it begins with."
            ),
        ),
    ],
)
def test_a_table_that_nobody_typed_is_told_in_one_line(data: bytes, expected: str) -> None:
    rows, problems = read_csv(data, "in.csv")
    assert (rows, [str(problem) for problem in problems]) == ([], [expected])


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"x" * (MAX_BYTES + 1), "in.xlsx: The workbook is larger than 5 MB. Split it."),
        (
            packed(PARTS | {"xl/more.xml": bytes(MAX_UNFOLDED)}),
            "in.xlsx: The workbook unfolds to more than 10 MB. Copy the table into a new workbook.",
        ),
        (
            with_rows('<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>'),
            TOO_MANY,
        ),
        (with_rows("<row/>" * (MAX_ROWS + 2)), TOO_MANY),
        (
            with_rows('<row r="1"><c r="ZZZ1"><v>1</v></c></row>'),
            "in.xlsx:1:1: This row has more than 200 cells. Delete those without a head.",
        ),
    ],
)
def test_a_workbook_that_nobody_typed_is_told_in_one_line(data: bytes, expected: str) -> None:
    rows, problems = read_workbook(data, "in.xlsx")
    assert (rows, [str(problem) for problem in problems]) == ([], [expected])


def test_a_sheet_that_says_it_is_smaller_is_read_whole() -> None:
    rows, problems = read_workbook(
        with_rows("<row><c><v>1</v></c><c><v>2</v></c></row>" * 9, "A1:A1"), "in.xlsx"
    )
    assert problems == []
    assert [row.cells for row in rows] == [("1", "2")] * 9


def test_a_table_full_of_errors_tells_the_first_ones_and_counts_the_others(
    records: Records,
) -> None:
    bad = "nowhere,nothing,19x,1.5x,apples,some,hearsay\n"
    _, problems = plan_import(records, f"{','.join(COLUMNS)}\n{bad * 2000}".encode(), "in.csv")
    assert len(problems) == MAX_PROBLEMS + 1
    assert re.fullmatch(
        r"in\.csv:\d+:\d+: \d+ more problems begin here\. Mend those above first\.",
        str(problems[-1]),
    )
    assert int(str(problems[-1]).split()[1]) > 10_000 - MAX_PROBLEMS


@given(
    st.sampled_from(sorted(PARTS)),
    st.integers(0, 10_000),
    st.binary(max_size=4) | st.sampled_from([b"<", b">", b"&"]),
)
def test_a_damaged_workbook_is_told(part: str, place: int, odd: bytes) -> None:
    place %= len(PARTS[part]) + 1
    spoilt = PARTS[part][:place] + odd + PARTS[part][place + len(odd) :]
    rows, problems = read_workbook(packed(PARTS | {part: spoilt}), "in.xlsx")
    assert not (rows and problems)
    assert all(str(problem).startswith("in.xlsx") for problem in problems)


@given(st.binary())
def test_any_bytes_are_answered(data: bytes) -> None:
    for read, name in ((read_csv, "in.csv"), (read_workbook, "in.xlsx")):
        rows, problems = read(data, name)
        assert not (rows and problems)
        assert all(str(problem).startswith(name) for problem in problems)
