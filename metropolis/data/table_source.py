"""Reads a CSV file that somebody else wrote, as rows of text with their lines. It is as strict as
our YAML reader: what a spreadsheet program would guess at is an error that says how to fix it."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from metropolis.problem import Problem
from metropolis.text_file import PACKAGE

# Ten times what the Observatory has measured: read in two seconds.
MAX_BYTES = 5_000_000
MAX_ROWS = 100_000
MAX_CELLS = 200
# Less than the limit of Python's own reader, which any library may change.
MAX_CELL = 100_000


@dataclass(frozen=True)
class Row:
    """`line` counts from 1. `is_rounded`: a cell has more decimals than its sheet shows."""

    line: int
    cells: tuple[str, ...]
    is_rounded: bool = False


def read_csv(data: bytes, path: str) -> tuple[list[Row], list[Problem]]:
    """Every non-empty row, the head included: UTF-8, commas, quotes as in RFC 4180."""
    if len(data) > MAX_BYTES:
        what = f"The table is larger than {MAX_BYTES // 1_000_000} MB."
        return [], [Problem(path, 0, 0, what, how="Split it.")]
    if data.startswith(PACKAGE):
        what = "This is a workbook, not a table in text."
        return [], [Problem(path, 0, 0, what, how="Import it: metropolis data import")]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = "This is not UTF-8: an accent or sign cannot be read."
        return [], [Problem(path, line, 1, what, how="Save the table again as “CSV UTF-8”.")]
    if "\0" in text:
        what = "This is not a table in text: it holds a NUL character."
        return [], [Problem(path, 0, 0, what, how="Save the table again as “CSV UTF-8”.")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for number, cells in enumerate(reader, 1):
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, tuple(cells)))
            if problem := too_many(path, line, number, len(cells)):
                return [], [problem]
            if cells and max(map(len, cells)) > MAX_CELL:
                return [], [_long_cell(path, line)]
            line = reader.line_num + 1
    except csv.Error as error:
        if "field limit" in str(error):
            return [], [_long_cell(path, line)]
        what = "A quote is not closed, or is inside a cell that does not begin with one."
        how = 'Put a cell with quotes in quotes and write each of its own twice: "a ""b"" c".'
        return [], [Problem(path, line, 1, what, how=how)]
    return rows, []


def _long_cell(path: str, line: int) -> Problem:
    what = f"A cell holds more than {MAX_CELL} characters."
    return Problem(path, line, 1, what, how="Shorten it, or close the quote that it begins with.")


def too_many(path: str, line: int, rows: int, cells: int) -> Problem | None:
    """The problem of a table with too many rows, or of a row with too many cells."""
    if cells > MAX_CELLS:
        what = f"This row has more than {MAX_CELLS} cells."
        return Problem(path, line, 1, what, how="Delete those without a head.")
    if rows > MAX_ROWS:
        return Problem(path, line, 1, f"The table has more than {MAX_ROWS} rows.", how="Split it.")
    return None
