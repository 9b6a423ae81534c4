"""The files of a table: CSV, JSON, a workbook, a zip; the same bytes for the same records."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from metropolis.opendata.columns import Column
from metropolis.opendata.tables import Table

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time in a zip
_WIDEST = 60
# Spreadsheet programs run a cell that begins with one of these as a formula. The full-width forms
# are treated alike by some programs, and the last ones end a cell.
SIGNS = "=+-@\t\r\n＝＋－＠"
APOSTROPHE = "'"
_GUARDED = re.compile(f"'*[{re.escape(SIGNS)}]")


def guarded(text: str) -> str:
    """The text for a CSV cell, with an apostrophe before what would be a formula. To undo it,
    remove one apostrophe if only apostrophes precede one of the signs."""
    return APOSTROPHE + text if _GUARDED.match(text) else text


def unguarded(cell: str) -> str:
    """The original text of a guarded cell; any other cell unchanged."""
    return cell[1:] if cell.startswith(APOSTROPHE) and _GUARDED.match(cell) else cell


def csv_bytes(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """RFC 4180 in UTF-8: commas, CRLF, quotes where they are needed."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([columns, *rows])
    return text.getvalue().encode()


def table_csv(table: Table) -> bytes:
    """A table as published. Only texts are guarded: a longitude may begin with a minus."""
    is_text = [column.type == "string" for column in table.columns]
    rows = (
        [guarded(cell) if text else cell for text, cell in zip(is_text, row, strict=True)]
        for row in table.rows
    )
    return csv_bytes([column.name for column in table.columns], rows)


def json_bytes(value: Any) -> bytes:
    """JSON in UTF-8, readable for people: two spaces, keys in order."""
    return (json.dumps(value, ensure_ascii=False, indent=2) + "\n").encode()


def zip_bytes(files: Mapping[str, bytes]) -> bytes:
    """All files by name, dated 1980, so that the same data gives the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name in sorted(files):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, files[name])
    return out.getvalue()


def heading(column: Column) -> str:
    """The column's name for people: “Country name (fr)” for `country_name_fr`."""
    words = column.field.replace("_", " ").capitalize()
    return f"{words} ({column.locale})" if column.locale else words


def xlsx_bytes(tables: Sequence[Table], notes: Sequence[tuple[str, str]], day: datetime) -> bytes:
    """A workbook: a sheet with notes, then one for each table, with headings to filter by."""
    from openpyxl import Workbook  # slow to import, and most builds need no workbook

    book = Workbook(write_only=True)
    book.properties.creator = "Metropolis"
    book.properties.created = book.properties.modified = day
    about = book.create_sheet("about")
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 24, 100
    for key, value in notes:
        about.append([_text(about, key, is_bold=True), _text(about, value)])
    for table in tables:
        _add_sheet(book, table)
    out = io.BytesIO()
    book.save(out)
    return _undated(out.getvalue(), day)


def _add_sheet(book: Any, table: Table) -> None:
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(table.name)
    sheet.freeze_panes = "B2"
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
    headings = [heading(column) for column in table.columns]
    for index, words in enumerate(headings):
        # The button of the filter covers the end of a heading.
        longest = max([len(words) + 3, *(len(row[index]) for row in table.rows)])
        sheet.column_dimensions[get_column_letter(index + 1)].width = min(longest + 2, _WIDEST)
    sheet.append([_text(sheet, words, is_bold=True) for words in headings])
    for row in table.rows:
        sheet.append([_cell(sheet, *pair) for pair in zip(table.columns, row, strict=True)])


def _cell(sheet: Any, column: Column, text: str) -> Any:
    if text == "":
        return None
    if column.type == "boolean":
        return text == "true"
    numbers = {"integer": int, "number": float}
    return numbers[column.type](text) if column.type in numbers else _text(sheet, text)


def _text(sheet: Any, text: str, is_bold: bool = False) -> Any:
    """A cell that stays a text: openpyxl makes a formula of one that begins with =."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    cell = WriteOnlyCell(sheet, value=text)
    cell.data_type = "s"
    cell.alignment = Alignment(vertical="top", wrap_text=len(text) > _WIDEST)
    if text[:1] in {"=", "+", "-", "@", "\t", "\r"}:
        cell.quotePrefix = True  # it stays a text when somebody edits the cell
    if is_bold:
        cell.font = Font(bold=True)
    return cell


def _undated(data: bytes, day: datetime) -> bytes:
    """The same workbook without the time of saving."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    stamp = day.strftime("%Y-%m-%dT%H:%M:%SZ").encode()
    core = "docProps/core.xml"
    dates = rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*"
    return zip_bytes(files | {core: re.sub(dates, rb"\g<1>" + stamp, files[core])})
