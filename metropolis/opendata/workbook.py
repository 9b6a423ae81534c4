"""A workbook's first sheet as rows of text, as table_source.py reads a CSV: for what others send as .xlsx."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime
from typing import Any

from metropolis.data.observations import write_value
from metropolis.data.table_source import MAX_BYTES, MAX_ROWS, Row, too_many
from metropolis.problem import Problem

# What a workbook may unfold to, and how many cells its sheet may have, the empty ones counted.
MAX_UNFOLDED = 10_000_000
MAX_GRID = 2_000_000


class _TooLargeError(Exception):
    """Says which bound was passed."""


def read_workbook(data: bytes, path: str) -> tuple[list[Row], list[Problem]]:
    """Every row of the first sheet that holds something. A formula counts as the value that was last computed."""
    if len(data) > MAX_BYTES:
        return [], [Problem(path, 0, 0, f"The workbook is larger than {MAX_BYTES // 1_000_000} MB.", how="Split it.")]
    try:
        grid = _grid(data)
    except _TooLargeError as error:
        return [], [Problem(path, 0, 0, str(error), how="Copy the table into a new workbook.")]
    except Exception:  # whatever a damaged file makes the library stumble over
        what = "This is not a workbook that can be read."
        return [], [Problem(path, 0, 0, what, how="Save it anew as “Excel workbook (.xlsx)”, without a password.")]
    width = max((index + 1 for row in grid[:1] for index, cell in enumerate(row) if cell), default=0)
    rows = [
        Row(line, tuple(row[:width] + [""] * (width - len(row)) + _beyond(row[width:])))
        for line, row in enumerate(grid, 1)
        if any(row)
    ]
    found = (too_many(path, row.line, number, len(row.cells)) for number, row in enumerate(rows, 1))
    problem = next(filter(None, found), None)
    return ([], [problem]) if problem else (rows, [])


def _grid(data: bytes) -> list[list[str]]:
    """The first sheet's cells as text; bounded before anything is unfolded, and while it is."""
    from openpyxl import load_workbook

    unfolded = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
    if unfolded > MAX_UNFOLDED:
        raise _TooLargeError(f"The workbook unfolds to more than {MAX_UNFOLDED // 1_000_000} MB.")
    with warnings.catch_warnings(action="ignore"):  # of styles and extensions, which nothing here needs
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        # What the sheet says of its own size may be less than it holds.
        sheet.reset_dimensions()
        grid: list[list[str]] = []
        cells = 0
        for row in sheet.iter_rows(values_only=True):
            cells += len(row) + 1
            if cells > MAX_GRID or len(grid) > MAX_ROWS:
                raise _TooLargeError(
                    f"The sheet has more than {MAX_ROWS} rows or {MAX_GRID} cells, with the empty ones."
                )
            grid.append([_text(value) for value in row])
    return grid


def _beyond(cells: list[str]) -> list[str]:
    """Cells right of the head's last column, up to the last that holds something: the row is then too long."""
    last = max((index for index, cell in enumerate(cells, 1) if cell), default=0)
    return cells[:last]


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return write_value(float(value)) if isinstance(value, float) else str(value)
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    return str(value).strip()
