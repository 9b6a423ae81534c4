"""A table that somebody else wrote, as rows of text with their lines: CSV here, workbooks in workbook.py.

Strict, as yaml_source.py is: what a spreadsheet program would guess at is refused with how to mend it. Read by
observations.py.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass

from metropolis.problem import Problem


@dataclass(frozen=True)
class Row:
    """`line` counts from 1, as the reader's program does."""

    line: int
    cells: tuple[str, ...]


def read_csv(data: bytes, path: str) -> tuple[list[Row], list[Problem]]:
    """Every row that holds something, the head too: UTF-8, commas, quotes as RFC 4180 has them."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        what = "This is not UTF-8: an accent or sign cannot be read."
        return [], [Problem(path, line, 1, what, how="Save the table anew as “CSV UTF-8”.")]
    if "\0" in text:
        what = "This is not a table in text: it holds a NUL character."
        return [], [Problem(path, 0, 0, what, how="Save the table anew as “CSV UTF-8”.")]
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[Row] = []
    line = 1
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                rows.append(Row(line, tuple(cells)))
            line = reader.line_num + 1
    except csv.Error:
        what = "A quote is not closed, or stands inside a cell that does not begin with one."
        how = 'Put a cell with quotes in quotes and write each of its own twice: "a ""b"" c".'
        return [], [Problem(path, line, 1, what, how=how)]
    return rows, []
