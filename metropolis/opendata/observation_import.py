"""Plans the import of an Observatory file; nothing is written, and one bad cell stops it. Each
indicator has one sorted table, so the order of imports does not matter."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from statistics import median

from metropolis.data.observation_cells import COLUMNS, column_names
from metropolis.data.observations import (
    Observation,
    read_observations,
    write_observation,
    write_value,
)
from metropolis.data.records import Records
from metropolis.data.table_source import Row, read_csv
from metropolis.opendata.formats import csv_bytes, unguarded
from metropolis.opendata.workbook import read_workbook, sheet_names
from metropolis.problem import Problem
from metropolis.text_file import OLD_DOCUMENT, PACKAGE

# Of .xlsx, and of the older format, which a password also makes of the newer one.
_WORKBOOK = (PACKAGE, OLD_DOCUMENT)
_FAR = 30  # times: a share is a hundredth of its percentage


@dataclass(frozen=True)
class Import:
    """`files` of data/observations/ by name; `rounded`: rows with more decimals than shown;
    `doubts`: sentences about indicators whose values seem to be in another unit."""

    added: tuple[Observation, ...]
    changed: tuple[tuple[Observation, Observation], ...]
    unchanged: int
    files: dict[str, bytes]
    rounded: tuple[int, ...] = ()
    doubts: tuple[str, ...] = ()


def plan_import(records: Records, data: bytes, path: str) -> tuple[Import | None, list[Problem]]:
    """What the import of a table or a workbook, whatever its name, would do; or every bad cell."""
    is_workbook = data.startswith(_WORKBOOK)
    rows, problems = (read_workbook if is_workbook else read_csv)(data, path)
    if problems:
        return None, problems
    if is_workbook:
        rows = list(_in_percent(rows))
    else:
        rows = [Row(row.line, tuple(map(unguarded, row.cells))) for row in rows]
    incoming, problems = read_observations(rows, path, records, {})
    if problems and is_workbook and problems[0].line == (rows[0].line if rows else 1):
        problems[0] = _with_sheet(problems[0], sheet_names(data))
    if problems:
        return None, problems
    before = {one.key: one for one in records.observations}
    added = tuple(one for one in incoming if one.key not in before)
    changed = tuple((before[one.key], one) for one in incoming if before.get(one.key, one) != one)
    files = _files(records, (before | {one.key: one for one in incoming}).values())
    rounded = tuple(row.line for row in rows if row.is_rounded)
    doubts = tuple(_doubts(records, incoming))
    unchanged = len(incoming) - len(added) - len(changed)
    return Import(added, changed, unchanged, files, rounded, doubts), []


def _doubts(records: Records, incoming: Iterable[Observation]) -> Iterator[str]:
    """Shares for percentages, thousands for units: values far from the average of the plan."""
    for id, group in groupby(sorted(incoming), key=lambda one: one.indicator):
        usual, indicator = median(abs(one.value) for one in group), records.indicators[id]
        average = abs(indicator.value)
        if usual and average and not 1 / _FAR < usual / average < _FAR:
            how = "lower" if usual < average else "higher"
            yield (
                f"The values of {id} are far {how} than the average of the plan,"
                f" {write_value(indicator.value)}. Are they in the unit “{indicator.unit}”?"
            )


def _with_sheet(problem: Problem, names: list[str]) -> Problem:
    """The problem of a head, with the sheet that was read if there are others."""
    if len(names) == 1:
        return problem
    which = f"Only the first sheet, “{names[0]}”, is read: put the table's sheet first."
    return replace(problem, how=f"{problem.how.removesuffix('.')}. {which}")


def _in_percent(rows: list[Row]) -> Iterator[Row]:
    """A value that the sheet shows as 8.9%, in a row whose unit is percent, is 8.9."""
    names = column_names(rows[0]) if rows else []
    if "value" not in names or "unit" not in names:
        yield from rows
        return
    value, unit = names.index("value"), names.index("unit")
    for row in rows:
        cells = list(row.cells)
        if len(cells) > max(value, unit) and cells[unit].strip() == "percent":
            cells[value] = cells[value].removesuffix("%")
        yield replace(row, cells=tuple(cells))


def _files(records: Records, observations: Iterable[Observation]) -> dict[str, bytes]:
    files: dict[str, bytes] = {}
    for id, group in groupby(sorted(observations), key=lambda one: one.indicator):
        unit = records.indicators[id].unit
        files[f"{id}.csv"] = csv_bytes(COLUMNS, [write_observation(one, unit) for one in group])
    return files
