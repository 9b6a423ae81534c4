"""The tables of the open data: every kind of record, and the lists inside records.

Rows are texts, ready for CSV. Each code or reference has its meaning next to it in each language.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from metropolis.data.fields import Label
from metropolis.data.models import Country
from metropolis.data.observation_cells import COLUMNS as OBSERVATION_COLUMNS
from metropolis.data.observations import write_value
from metropolis.data.records import KINDS, Records
from metropolis.data.references import references
from metropolis.language.countries import country_name
from metropolis.opendata.columns import Column, cell, cells, columns_of

# What is published: the plan's facts and the lists of their codes, not the layout of the site.
PUBLIC = (
    "members", "countries", "regions", "spaces", "indicators", "units", "key-figures",
    "milestones", "people",
    "factors", "themes", "challenges", "initiatives", "call-points", "result-kinds",
    "action-lines", "evaluations",
    "references", "glossary", "sources",
)  # fmt: skip
OBSERVATIONS = "observations"
Row = list[str]


@dataclass(frozen=True)
class Table:
    """`name`: file name without ending; `keys`: primary key; `references`: column -> table."""

    name: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    keys: tuple[str, ...]
    references: Mapping[str, str]

    def dicts(self) -> Iterator[dict[str, str]]:
        """Each row as column name -> cell."""
        names = [column.name for column in self.columns]
        return (dict(zip(names, row, strict=True)) for row in self.rows)


def tables_of(records: Records, locales: Sequence[str]) -> list[Table]:
    """Every table, in a fixed order."""
    found: list[Table] = []
    for name in PUBLIC:
        owners: list[Owner] = [
            ((), record) for record in getattr(records, name.replace("-", "_")).values()
        ]
        found += _tables(records, locales, name, KINDS[name], owners)
    return [*found, _observations(records, locales)]


Owner = tuple[tuple[str, ...], Any]
Derived = tuple[Column, Callable[[Any], Any]]


def _tables(
    records: Records,
    locales: Sequence[str],
    name: str,
    model: type[BaseModel],
    owners: Sequence[Owner],
    above: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Table]:
    """The table of a model, then those of the lists inside it.

    `owners` are (id of the parent record, record). `above` is the column that names the parent,
    with the parent's table; empty for a top-level kind.
    """
    columns, children = columns_of(model, locales)
    links = references(model)
    derived = [*_names(records, locales, links), *_computed(records, locales, name)]
    rows = tuple(
        [*ids, *cells(columns, record.model_dump()), *(cell(read(record)) for _, read in derived)]
        for ids, record in owners
    )
    given = [Column(parent, parent, is_required=True) for parent in above]
    shown = (*given, *columns, *(column for column, _ in derived))
    yield Table(name, shown, rows, ("code" if model is Country else "id",), {**links, **above})
    for child in children:
        items = [
            ((record.id,), item) for _, record in owners for item in getattr(record, child.field)
        ]
        inner, parent = child.rows.table, child.rows.owner
        if child.model is None:
            yield _labels(inner, locales, parent, name, items)
        else:
            yield from _tables(records, locales, inner, child.model, items, {parent: name})


def _labels(
    name: str, locales: Sequence[str], parent: str, above: str, items: Sequence[Owner]
) -> Table:
    """A table for a list of translated texts, numbered in order."""
    columns = (
        Column(parent, parent, is_required=True),
        Column("number", "number", "integer", is_required=True),
        *(Column(f"name_{code}", "name", locale=code, is_required=True) for code in locales),
    )
    rows = [
        [owner, str(number), *(label[code] for code in locales)]
        for owner, group in groupby(items, key=lambda item: item[0][0])
        for number, (_, label) in enumerate(group, 1)
    ]
    return Table(name, columns, tuple(rows), (parent, "number"), {parent: above})


def _names(records: Records, locales: Sequence[str], links: Mapping[str, str]) -> Iterator[Derived]:
    """The names of referenced records in each language."""

    def read(field: str, kind: str, code: str, record: Any) -> Any:
        value = getattr(record, field)
        if isinstance(value, tuple):
            return [name_of(records, kind, id, code) for id in value]
        return name_of(records, kind, value, code) if value else None

    for field, kind in links.items():
        for code in locales:
            column = Column(f"{field}_name_{code}", f"{field}_name", locale=code, is_derived=True)
            yield column, partial(read, field, kind, code)


def _computed(records: Records, locales: Sequence[str], table: str) -> Iterator[Derived]:
    """Values that the site computes: a member's region, a full figure, names of codes."""
    in_words: dict[str, tuple[str, Callable[[Any, str], str]]] = {
        "members": ("region_name", lambda record, code: records.region_of(record).name[code]),
        "countries": ("common_name", country_name),
        "milestones": (
            "kind_name",
            lambda record, code: records.strings[f"kind-{record.kind}"][code],
        ),
        "evaluations": (
            "kind_name",
            lambda record, code: records.strings[f"evaluation-{record.kind}"][code],
        ),
    }
    if table == "members":
        yield (
            Column("region", "region", is_derived=True),
            lambda record: records.region_of(record).id,
        )
    if table == "key-figures":
        column = Column("number_in_full", "number_in_full", "number", is_derived=True)
        yield column, lambda record: float(records.figure_value(record))
    if table in in_words:
        field, words = in_words[table]
        for code in locales:
            column = Column(f"{field}_{code}", field, locale=code, is_derived=True)
            yield column, partial(lambda code, record: words(record, code), code)


def name_of(records: Records, kind: str, id: str, locale: str) -> str:
    """What people call a record: its title, name, term or label, whichever it has."""
    record = getattr(records, kind.replace("-", "_"))[id]
    if isinstance(record, Country):
        return country_name(record, locale)
    name = next(
        getattr(record, field)
        for field in ("title", "name", "term", "label")
        if hasattr(record, field)
    )
    return name[locale] if isinstance(name, Label) else str(name)


def _observations(records: Records, locales: Sequence[str]) -> Table:
    """The Observatory's values as imported, with the meanings of their codes."""
    types = {"year": "integer", "value": "number"}
    own = [
        Column(name, name, types.get(name, "string"), is_required=True)
        for name in OBSERVATION_COLUMNS
    ]
    names = [
        Column(f"{field}_name_{code}", f"{field}_name", locale=code, is_derived=True)
        for field in ("place", "indicator")
        for code in locales
    ]
    rows = []
    for one in records.observations:
        place = "spaces" if one.place in records.spaces else "members"
        rows.append(
            [
                one.place, one.indicator, str(one.year), write_value(one.value),
                records.indicators[one.indicator].unit, one.sex, one.source,
                *(name_of(records, place, one.place, code) for code in locales),
                *(name_of(records, "indicators", one.indicator, code) for code in locales),
            ]
        )  # fmt: skip
    links = {"indicator": "indicators", "unit": "units", "source": "sources"}
    return Table(
        OBSERVATIONS, (*own, *names), tuple(rows), ("place", "indicator", "year", "sex"), links
    )
