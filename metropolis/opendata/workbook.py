"""Reads the first sheet of an .xlsx as rows of text: what its reader sees in each cell."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from metropolis.data.table_source import MAX_BYTES, MAX_ROWS, Row, too_many
from metropolis.opendata.shown_number import shown_number
from metropolis.problem import Problem

# The unpacked size of a workbook, and the number of cells in its sheet, empty ones included.
MAX_UNFOLDED = 10_000_000
MAX_GRID = 2_000_000


class _TooLargeError(Exception):
    """States which limit was exceeded."""


def read_workbook(data: bytes, path: str) -> tuple[list[Row], list[Problem]]:
    """Every non-empty row of the first sheet. A formula counts as its last computed value, and as
    its text if the workbook holds none."""
    if len(data) > MAX_BYTES:
        what = f"The workbook is larger than {MAX_BYTES // 1_000_000} MB."
        return [], [Problem(path, 0, 0, what, how="Split it.")]
    try:
        rows = _rows(data)
    except _TooLargeError as error:
        return [], [Problem(path, 0, 0, str(error), how="Copy the table into a new workbook.")]
    except Exception:  # a damaged file may raise anything in the library
        what = "This is not a workbook that can be read."
        how = "Save it again as “Excel workbook (.xlsx)”, without a password."
        return [], [Problem(path, 0, 0, what, how=how)]
    found = (too_many(path, row.line, number, len(row.cells)) for number, row in enumerate(rows, 1))
    problem = next(filter(None, found), None)
    return ([], [problem]) if problem else (rows, [])


def _rows(data: bytes) -> list[Row]:
    """The first sheet's rows as text, limited before and during unpacking. Rows are as wide as the
    head."""
    unfolded = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(data)).infolist())
    if unfolded > MAX_UNFOLDED:
        raise _TooLargeError(f"The workbook unfolds to more than {MAX_UNFOLDED // 1_000_000} MB.")
    rows: list[Row] = []
    has_gaps = False
    for line, cells in enumerate(_sheet(data, data_only=True), 1):
        read = [_text(cell) for cell in cells]
        texts = [text for text, _ in read]
        while texts and not texts[-1]:
            texts.pop()
        if texts:
            width = len(rows[0].cells) if rows else 0
            texts += [""] * (width - len(texts))
            has_gaps = has_gaps or "" in texts
            rows.append(Row(line, tuple(texts), any(is_rounded for _, is_rounded in read)))
    if has_gaps:
        formulas = [_formulas(cells) for cells in _sheet(data, data_only=False)]
        rows = [_filled(row, formulas[row.line - 1]) for row in rows]
    return rows


def _sheet(data: bytes, data_only: bool) -> Iterator[tuple[Any, ...]]:
    """The rows of cells of the first sheet."""
    from openpyxl import load_workbook

    with warnings.catch_warnings(action="ignore"):  # about styles, which we do not need
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
        sheet: Any = book.worksheets[0]
        # The size that the sheet declares may be too small.
        sheet.reset_dimensions()
        count = 0
        for line, row in enumerate(sheet.iter_rows(), 1):
            count += len(row) + 1
            if count > MAX_GRID or line > MAX_ROWS + 1:
                what = f"The sheet has more than {MAX_ROWS} rows or {MAX_GRID} cells"
                raise _TooLargeError(f"{what}, with the empty ones.")
            yield row


def _text(cell: Any) -> tuple[str, bool]:
    """What a reader sees in the cell, and whether it stores more decimals than that."""
    value = cell.value
    if value is None:
        return "", False
    if isinstance(value, bool):
        return ("true" if value else "false"), False
    if isinstance(value, (int, float)):
        return shown_number(value, cell.number_format)
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10], False
    return str(value).strip(), False


def _formulas(cells: tuple[Any, ...]) -> dict[int, str]:
    """The formulas of a row by the place of their cell."""
    return {
        place: value if isinstance(value, str) else "=…"
        for place, cell in enumerate(cells)
        if cell.data_type == "f" and (value := cell.value)
    }


def _filled(row: Row, formulas: dict[int, str]) -> Row:
    """The row with the formulas that have no stored value."""
    cells = (text or formulas.get(place, "") for place, text in enumerate(row.cells))
    return Row(row.line, tuple(cells), row.is_rounded)
