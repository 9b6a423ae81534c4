"""The Observatory's values (data/observations/*.csv): an indicator in a place and a year, for
everybody or by sex; and the rank of a place. One bad cell rejects the whole table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from metropolis.data.messages import Names
from metropolis.data.models import Named, Unit
from metropolis.data.observation_cells import HEAD_LINE, Sex, bad_cells, column_names, read_head
from metropolis.data.table_source import Row
from metropolis.problem import Problem
from metropolis.strict_yaml.bounds import Findings, bounded

if TYPE_CHECKING:
    from metropolis.data.records import Records


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
        """What has one value only."""
        return self.indicator, self.place, self.year, self.sex


def _known_names(records: Records) -> Mapping[str, Names]:
    """By column, id -> its names. A place is a member or a metropolitan space."""
    columns: dict[str, Mapping[str, Named]] = {
        "place": {**records.members, **records.spaces},
        "indicator": records.indicators,
        "source": records.sources,
        "unit": records.units,
    }
    return {
        column: {id: _names(one) for id, one in found.items()} for column, found in columns.items()
    }


def _names(one: Named) -> list[str]:
    labels = [one.name, one.symbol] if isinstance(one, Unit) else [one.name]
    return [text for label in labels for _, text in label.items()]


def read_observations(
    rows: Sequence[Row], path: str, records: Records, seen: dict[tuple[str, str, int, str], str]
) -> tuple[list[Observation], list[Problem]]:
    """A table's observations, or every bad cell. `seen` has the places of values of all files."""
    if not rows:
        return [], [Problem(path, 1, 1, "The table is empty.", how=HEAD_LINE)]
    columns, problems = read_head(rows, path)
    if problems:
        return [], bounded(problems)
    names = records.once("known names", lambda: _known_names(records))
    findings = Findings(path)
    observations: list[Observation] = []
    # Without the empty cells that spreadsheet programs add.
    named = (index for index, cell in enumerate(rows[0].cells, 1) if cell.strip())
    width = max(named, default=0)
    for row in rows[1:]:
        if words := _no_values(row, rows[0], width):
            findings.add(row.line, 1, words[0], how=words[1])
            continue
        if len(row.cells) < width or any(map(str.strip, row.cells[width:])):
            what = f"This row has {len(row.cells)} cells, the head {width}."
            findings.add(row.line, 1, what, how="Put a cell that holds a comma in double quotes.")
            continue
        cells = {name: row.cells[index].strip() for name, index in columns.items()}
        bad = list(bad_cells(cells, names, records.indicators, hint=not findings.is_full))
        for name, (what, how) in bad:
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


def _no_values(row: Row, head: Row, width: int) -> tuple[str, str] | None:
    """What a row is that holds no values, and what to do with it."""
    if row.cells[:1] == head.cells[:1] and column_names(row) == column_names(head):
        return "The names of the columns stand here again.", "Delete the row."
    if _is_note(row, width):
        what = "Most cells of this row are empty: it is no value."
        return what, "Delete the notes above and below the values."
    return None


def _is_note(row: Row, width: int) -> bool:
    """Whether a row is a source or a date of download. One cell with all commas is a row of values
    that a program has put in quotes."""
    filled = [cell for cell in row.cells if cell.strip()]
    return len(filled) <= width // 2 and filled[0].count(",") != width - 1


def write_value(value: float) -> str:
    """The shortest form of the same number, in digits with a point: 12.5, never 1e-05."""
    return f"{Decimal(repr(value)):f}".removesuffix(".0")


def write_observation(one: Observation, unit: str) -> list[str]:
    """The cells of an observation, for COLUMNS; `unit` is its indicator's."""
    year, value = str(one.year), write_value(one.value)
    return [one.place, one.indicator, year, value, unit, one.sex, one.source]


def _observation(cells: Mapping[str, str]) -> Observation:
    sex: Sex = cells["sex"]  # type: ignore[assignment]  # bad_cells has checked it
    year, value = int(cells["year"]), float(cells["value"])
    return Observation(cells["indicator"], cells["place"], year, sex, value, cells["source"])


@dataclass(frozen=True)
class Standing:
    """A place's values in the last year that has any. `rank` counts from the highest total, equal
    totals share it; None with values by sex only. `count`: how many have a rank."""

    indicator: str
    place: str
    year: int
    values: Mapping[Sex, float]
    source: str
    rank: int | None
    count: int

    @property
    def total(self) -> float | None:
        """The value for everybody."""
        return self.values.get("total")


def standings(observations: Iterable[Observation]) -> dict[str, list[Standing]]:
    """Indicator -> its places, from the highest total; those without one come last, by id."""
    latest: dict[tuple[str, str], list[Observation]] = {}
    for one in observations:
        kept = latest.setdefault((one.indicator, one.place), [one])
        if one.year > kept[0].year:
            latest[one.indicator, one.place] = [one]
        elif one.year == kept[0].year and one is not kept[0]:
            kept.append(one)
    found: dict[str, list[list[Observation]]] = {}
    for (indicator, _), group in latest.items():
        found.setdefault(indicator, []).append(group)
    return {indicator: _ranked(groups) for indicator, groups in found.items()}


def _ranked(groups: list[list[Observation]]) -> list[Standing]:
    everybody = [one.value for group in groups for one in group if one.sex == "total"]
    totals = sorted(everybody, reverse=True)
    # The first of equal totals gives them all their rank.
    ranks = {value: rank for rank, value in reversed(list(enumerate(totals, 1)))}
    placed = []
    for group in groups:
        one, values = group[0], {one.sex: one.value for one in group}
        rank = ranks[values["total"]] if "total" in values else None
        place = (one.indicator, one.place, one.year)
        placed.append(Standing(*place, values, one.source, rank, len(totals)))
    return sorted(placed, key=lambda one: (one.rank or len(totals) + 1, one.place))
