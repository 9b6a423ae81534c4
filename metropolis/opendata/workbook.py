"""Reads the first sheet of an .xlsx as rows of text, as table_source.py reads a CSV."""

from __future__ import annotations

import io
import warnings
import zipfile
from datetime import date, datetime
from typing import Any

from metropolis.data.observations import write_value
from metropolis.data.table_source import MAX_BYTES, MAX_ROWS, Row, too_many
from metropolis.problem import Problem

# The unpacked size of a workbook, and the number of cells in its sheet, empty ones included.
MAX_UNFOLDED = 10_000_000
MAX_GRID = 2_000_000


class _TooLargeError(Exception):
    """States which limit was exceeded."""


def read_workbook(data: bytes, path: str) -> tuple[list[Row], list[Problem]]:
    """Every non-empty row of the first sheet. A formula counts as its last computed value."""
    if len(data) > MAX_BYTES:
        return [], [
            Problem(
                path,
                0,
                0,
                f"The workbook is larger than {MAX_BYTES // 1_000_000} MB.",
                how="Split it.",
            )
        ]
    try:
        grid = _grid(data)
    except _TooLargeError as error:
        return [], [Problem(path, 0, 0, str(error), how="Copy the table into a new workbook.")]
    except Exception:  # a damaged file may raise anything in the library
        what = "This is not a workbook that can be read."
        return [], [
            Problem(
                path,
                0,
                0,
                what,
                how="Save it anew as “Excel workbook (.xlsx)”, without a password.",
            )
        ]
    width = max(
        (index + 1 for row in grid[:1] for index, cell in enumerate(row) if cell), default=0
    )
    rows = [
        Row(line, tuple(row[:width] + [""] * (width - len(row)) + _beyond(row[width:])))
        for line, row in enumerate(grid, 1)
        if any(row)
    ]
    found = (too_many(path, row.line, number, len(row.cells)) for number, row in enumerate(rows, 1))
    problem = next(filter(None, found), None)
    return ([], [problem]) if problem else (rows, [])


def _grid(data: bytes) -> list[list[str]]:
    """The first sheet's cells as text, limited before and during unpacking."""
    from openpyxl import load_workbook

    unfolded = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
    if unfolded > MAX_UNFOLDED:
        raise _TooLargeError(f"The workbook unfolds to more than {MAX_UNFOLDED // 1_000_000} MB.")
    with warnings.catch_warnings(action="ignore"):  # about styles, which we do not need
        sheet = load_workbook(io.BytesIO(data), read_only=True, data_only=True).worksheets[0]
        # The size that the sheet declares may be too small.
        sheet.reset_dimensions()
        grid: list[list[str]] = []
        cells = 0
        for row in sheet.iter_rows(values_only=True):
            cells += len(row) + 1
            if cells > MAX_GRID or len(grid) > MAX_ROWS:
                raise _TooLargeError(
                    f"The sheet has more than {MAX_ROWS} rows or {MAX_GRID} cells, with the empty"
                    " ones."
                )
            grid.append([_text(value) for value in row])
    return grid


def _beyond(cells: list[str]) -> list[str]:
    """Cells beyond the head's last column, up to the last non-empty one: the row is too long."""
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
