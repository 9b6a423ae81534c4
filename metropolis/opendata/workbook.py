"""A workbook's first sheet as rows of text, as table_source.py reads a CSV: for what others send as .xlsx."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from typing import Any

from metropolis.data.observations import write_value
from metropolis.data.table_source import Row
from metropolis.problem import Problem


def read_workbook(data: bytes, path: str) -> tuple[list[Row], list[Problem]]:
    """Every row of the first sheet that holds something. A formula counts as the value that was last computed."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
        grid = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    except (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, OSError, IndexError):
        what = "This is not a workbook that can be read."
        return [], [Problem(path, 0, 0, what, how="Save it anew as “Excel workbook (.xlsx)”, without a password.")]
    width = max((index + 1 for row in grid[:1] for index, cell in enumerate(row) if cell), default=0)
    rows = [
        Row(line, tuple(row[:width] + [""] * (width - len(row)) + _beyond(row[width:])))
        for line, row in enumerate(grid, 1)
        if any(row)
    ]
    return rows, []


def _beyond(cells: list[str]) -> list[str]:
    """Cells right of the head's last column, up to the last that holds something: the row is then too long."""
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


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
