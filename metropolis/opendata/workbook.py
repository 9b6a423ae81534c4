"""Reads the first sheet that shows of an .xlsx, as rows of text: what its reader sees in each cell,
8.9% for 0.089. A scale or any other text stays in the result, which is then no plain number."""

from __future__ import annotations

import io
import re
import unicodedata
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from metropolis.data.table_source import MAX_BYTES, MAX_ROWS, Row, too_many
from metropolis.problem import Problem

# The unpacked size of a workbook, and the number of cells in its sheet, empty ones included.
MAX_UNFOLDED = 10_000_000
MAX_GRID = 2_000_000
# Quoted text, an escaped character, a width or a fill character, a bracket: [$€-40C], [Red].
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[[^\]]*\]|(.)', re.DOTALL)
_UNFIXED = re.compile(r"general|@|e[+-]|/|\[[<>=]", re.IGNORECASE)
_PLACEHOLDERS = "0#?.,%"
_MOST_DECIMALS = 30  # as many as Excel accepts
_EXACT = Context(prec=400)  # room for the largest float
_SIGNIFICANT = 15  # the digits that a sheet can show


class _TooLargeError(Exception):
    """States which limit was exceeded."""


def read_workbook(data: bytes, path: str) -> tuple[list[Row], list[Problem]]:
    """Every non-empty row of the first sheet. A formula counts as its last value, or its text."""
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


def sheet_names(data: bytes) -> list[str]:
    from openpyxl import load_workbook

    return [sheet.title for sheet in _sheets(load_workbook(io.BytesIO(data), read_only=True))]


def _sheets(book: Any) -> list[Any]:
    """The worksheets that a reader sees."""
    return [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]


def _rows(data: bytes) -> list[Row]:
    """The rows as text, as wide as the head, limited before and during unpacking."""
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
    from openpyxl import load_workbook

    with warnings.catch_warnings(action="ignore"):  # about styles, which we do not need
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=data_only)
        sheet = _sheets(book)[0]
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
        is_year = re.fullmatch("y+", cell.number_format.lower())
        return str(value.year) if is_year else value.isoformat()[:10], False
    return str(value).strip(), False


def _formulas(cells: tuple[Any, ...]) -> dict[int, str]:
    return {
        place: value if isinstance(value, str) else "=…"
        for place, cell in enumerate(cells)
        if cell.data_type == "f" and (value := cell.value)
    }


def _filled(row: Row, formulas: dict[int, str]) -> Row:
    cells = (text or formulas.get(place, "") for place, text in enumerate(row.cells))
    return Row(row.line, tuple(cells), row.is_rounded)


def shown_number(value: float, code: str) -> tuple[str, bool]:
    """The digits as the format `code` shows them; and whether more decimals are stored."""
    stored = Decimal(f"{value:.{_SIGNIFICANT}g}")
    section = _section(value, code)
    if code and not code.strip("; "):  # the format of cells whose value is hidden
        return "", False
    if _UNFIXED.search(re.sub(r'"[^"]*"', "", section)):
        return _digits(stored), False
    pattern, text = "", ""
    for quoted, escaped, bare in _TOKEN.findall(section):
        if bare and bare in _PLACEHOLDERS:
            pattern += bare
        else:
            text += quoted or escaped or bare
    if not re.search("[0#?]", pattern):
        return _digits(stored), False
    number = stored.scaleb(2 * pattern.count("%"), _EXACT)
    scale = re.search(r"[0#?](,+)(?=[.%]|\Z)", pattern)
    thousands = len(scale[1]) if scale else 0
    decimals = min(len(re.sub("[^0#?]", "", pattern.partition(".")[2])), _MOST_DECIMALS)
    number = number.scaleb(-3 * thousands, _EXACT)
    shown = number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP, _EXACT)
    suffix = "%" * pattern.count("%") + _words(text)
    return _digits(shown) + suffix + "\N{MULTIPLICATION SIGN}1000" * thousands, shown != number


def _section(value: float, code: str) -> str:
    """The part of the code for positive, negative or zero values."""
    sections = re.findall(r'(?:"[^"]*"|\\.|\[[^\]]*\]|[^;])+', code) or ["General"]
    number = 1 if value < 0 else 2 if value == 0 else 0
    return str(sections[number] if number < len(sections) else sections[0])


def _words(text: str) -> str:
    """What a reader sees beside the number: not its sign, parentheses or currency."""
    unsaid = ("Sc", "Pd", "Ps", "Pe")
    kept = (one for one in text if one not in "+−" and unicodedata.category(one) not in unsaid)
    words = "".join(kept).strip()
    return f" {words}" if words else ""


def _digits(number: Decimal) -> str:
    return f"{number.normalize(_EXACT):f}" if number else "0"
