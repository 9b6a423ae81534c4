"""The Observatory's values: an indicator in a place and a year, for everybody or by sex.
data/observations/*.csv.

A place is a member, or a metropolitan space of data/spaces.yml. Checked cell by cell; one bad cell
and nothing is read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, get_args

from metropolis.data.bounds import MAX_PROBLEMS, Findings, bounded
from metropolis.data.fields import FIRST_YEAR, LAST_YEAR
from metropolis.data.messages import nearest
from metropolis.data.models import Indicator
from metropolis.data.numerals import mend_number
from metropolis.data.table_source import Row
from metropolis.problem import Problem
from metropolis.strict_yaml.reader import MAX_DIGITS

# As in the code list CL_SEX of SDMX, in words.
Sex = Literal["total", "female", "male"]
COLUMNS = ("place", "indicator", "year", "value", "unit", "sex", "source")
_NUMBER = re.compile(rf"-?(0|[1-9]\d{{0,{MAX_DIGITS - 1}}})(\.\d{{1,{MAX_DIGITS}}})?", re.ASCII)
Words = tuple[str, str]


@dataclass(frozen=True, order=True)
class Observation:
    """`value` in the indicator's unit. `place` and `source` are ids."""

    indicator: str
    place: str
    year: int
    sex: Sex
    value: float
    source: str

    @property
    def key(self) -> tuple[str, str, int, str]:
        """What may be measured once."""
        return self.indicator, self.place, self.year, self.sex


@dataclass(frozen=True)
class Known:
    """What an observation may refer to."""

    places: Collection[str]
    indicators: Mapping[str, Indicator]
    sources: Collection[str]


def read_observations(
    rows: Sequence[Row], path: str, known: Known, seen: dict[tuple[str, str, int, str], str]
) -> tuple[list[Observation], list[Problem]]:
    """The observations of a table, or every bad cell. `seen` gathers where each was measured, over
    several files."""
    if not rows:
        return [], [Problem(path, 1, 1, "The table is empty.", how=_head_line())]
    columns = {name: index for index, name in enumerate(map(str.strip, rows[0].cells))}
    if problems := _head_problems(rows[0], path, columns):
        return [], bounded(problems)
    findings = Findings(path)
    observations: list[Observation] = []
    for row in rows[1:]:
        if len(row.cells) != len(columns):
            what = f"This row has {len(row.cells)} cells, the head {len(columns)}."
            findings.add(row.line, 1, what, how="Put a cell that holds a comma in double quotes.")
            continue
        cells = {name: row.cells[index].strip() for name, index in columns.items()}
        bad = False
        for name, (what, how) in _bad_cells(cells, known, hint=not findings.is_full):
            bad = True
            findings.add(row.line, columns[name] + 1, f"Column “{name}”: {what}", how=how)
        if bad:
            continue
        observation = _observation(cells)
        here = f"{path}:{row.line}"
        if (before := seen.setdefault(observation.key, here)) != here:
            what = f"This value was given before, in {before}."
            how = "Keep one value for a place, indicator, year and sex."
            findings.add(row.line, 1, what, how=how)
        observations.append(observation)
    problems = findings.problems()
    return ([], problems) if problems else (observations, [])


def write_value(value: float) -> str:
    """In digits with a point, as short as says the same number: 12.5, never 1e-05."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def _head_line() -> str:
    return f"Begin with the line: {','.join(COLUMNS)}"


def _head_problems(head: Row, path: str, columns: Mapping[str, int]) -> list[Problem]:
    if len(head.cells) == 1 and ";" in head.cells[0]:
        what = "The columns are separated by semicolons; commas were expected."
        how = "Save the table as “CSV UTF-8” with commas, or import the workbook (.xlsx) itself."
        return [Problem(path, head.line, 1, what, how=how)]
    problems: list[Problem] = []
    for index, name in enumerate(map(str.strip, head.cells)):
        if name not in COLUMNS:
            near = nearest(name, COLUMNS) if len(problems) < MAX_PROBLEMS else ""
            how = near or f"The columns are: {', '.join(COLUMNS)}."
            problems.append(
                Problem(
                    path, head.line, index + 1, f"“{name}” is no column of observations.", how=how
                )
            )
        elif columns[name] != index:
            problems.append(
                Problem(
                    path,
                    head.line,
                    index + 1,
                    f"The column “{name}” stands twice.",
                    how="Keep one.",
                )
            )
    missing = [name for name in COLUMNS if name not in columns]
    if missing and not problems:
        names = ", ".join(f"“{name}”" for name in missing)
        problems.append(Problem(path, head.line, 1, f"Missing columns: {names}.", how=_head_line()))
    return problems


def _observation(cells: Mapping[str, str]) -> Observation:
    sex: Sex = cells["sex"]  # type: ignore[assignment]  # it is one of the words: _bad_cells looked
    year, value = int(cells["year"]), float(cells["value"])
    return Observation(cells["indicator"], cells["place"], year, sex, value, cells["source"])


def _bad_cells(cells: Mapping[str, str], known: Known, hint: bool) -> Iterator[tuple[str, Words]]:
    """(column, (what is wrong, how to mend it)) for each bad cell; `hint` where a near name is
    looked for."""
    empty = [name for name in COLUMNS if not cells[name]]
    for name in empty:
        yield name, ("The cell is empty.", "Leave the whole row out where there is no value.")
    indicator = known.indicators.get(cells["indicator"])
    for name, noun, ids in (
        ("place", "member or metropolitan space", known.places),
        ("indicator", "indicator", known.indicators),
        ("source", "source", known.sources),
    ):
        if name not in empty and cells[name] not in ids:
            near = nearest(cells[name], ids) if hint else ""
            yield name, (f"There is no {noun} “{cells[name]}”.", near or _files(name))
    year, value, sex = cells["year"], cells["value"], cells["sex"]
    if year and not (
        re.fullmatch("[0-9]{4}", year, re.ASCII) and FIRST_YEAR <= int(year) <= LAST_YEAR
    ):
        yield "year", (f"“{year}” is not a year.", "Write it in four digits: 2019.")
    if value and not _NUMBER.fullmatch(value):
        how = mend_number(value) or "Write it in digits."
        yield "value", (f"“{value}” is not a number as it is written here.", how)
    if cells["unit"] and indicator and cells["unit"] != indicator.unit:
        what = f"“{indicator.id}” is measured in “{indicator.unit}”, not in “{cells['unit']}”."
        yield "unit", (what, "Convert the value, then write that unit.")
    if sex and sex not in get_args(Sex):
        how = (
            nearest(sex, get_args(Sex)) if hint else ""
        ) or f"Write one of: {', '.join(get_args(Sex))}."
        yield "sex", (f"“{sex}” is not one of the words that may stand here.", how)
    elif sex in {"female", "male"} and indicator and not indicator.by_sex:
        what = f"“{indicator.id}” is not measured by sex."
        yield "sex", (what, "Write total, or write “by_sex: true” for it in data/indicators.yml.")


def _files(column: str) -> str:
    files = {
        "place": "members.yml or data/spaces.yml",
        "indicator": "indicators.yml",
        "source": "sources.yml",
    }
    return f"Add it to data/{files[column]}, or name one that stands there."
