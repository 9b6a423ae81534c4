"""The tables of the open data: every kind of record, and the lists inside records. Rows are texts,
ready for CSV. Each code or reference has its meaning next to it in each language."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import Any

from pydantic import BaseModel

from metropolis.data.fields import Label, references_of
from metropolis.data.models import Country
from metropolis.data.observation_cells import COLUMNS
from metropolis.data.observations import Observation, write_observation
from metropolis.data.records import KINDS, Records
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


Owner = tuple[tuple[str, ...], Any]
Derived = tuple[Column, Callable[[Any], Any]]


def tables_of(records: Records, locales: Sequence[str]) -> list[Table]:
    """Every table, in a fixed order."""
    found: list[Table] = []
    for name in PUBLIC:
        owners: list[Owner] = [((), record) for record in published(records, name, locales)]
        found += _tables(records, locales, name, KINDS[name], owners)
    return [*found, _observations(records, locales)]


def published(records: Records, kind: str, locales: Sequence[str]) -> list[Any]:
    """The records of a kind, in the order of their file. Each country has its name."""
    found = records.of_kind(kind).values()
    return [_named(one, locales) if isinstance(one, Country) else one for one in found]


def _named(country: Country, locales: Sequence[str]) -> Country:
    names = Label({code: country_name(country, code) for code in locales})
    return country.model_copy(update={"name": names})


def _tables(
    records: Records,
    locales: Sequence[str],
    name: str,
    model: type[BaseModel],
    owners: Sequence[Owner],
    above: Mapping[str, str] = MappingProxyType({}),
) -> Iterator[Table]:
    """The table of a model, then those of the lists inside it. `owners` are (id of the parent
    record, record), `above` the column that names the parent, with the parent's table."""
    columns, children = columns_of(model, locales)
    links = references_of(model)
    derived = list(_derived(records, locales, name, links))
    rows = tuple(
        [*ids, *cells(columns, record.model_dump()), *(cell(read(record)) for _, read in derived)]
        for ids, record in owners
    )
    given = [Column(parent, parent, is_required=True) for parent in above]
    shown = (*given, *columns, *(column for column, _ in derived))
    yield Table(name, shown, rows, ("code" if model is Country else "id",), {**links, **above})
    for child in children:
        of_owners = [(record.id, getattr(record, child.field)) for _, record in owners]
        items = [((id,), item) for id, own in of_owners for item in own]
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


def _derived(
    records: Records, locales: Sequence[str], table: str, links: Mapping[str, str]
) -> Iterator[Derived]:
    """The names of referenced records and of codes, and what the site computes."""
    strings = records.strings
    values: dict[str, tuple[str, str, Callable[[Any], Any]]] = {
        "members": ("region", "string", lambda it: records.region_of(it).id),
        "key-figures": ("number_in_full", "number", lambda it: float(records.figure_value(it))),
    }
    texts: dict[str, tuple[str, Callable[[Any, str], str]]] = {
        "members": ("region_name", lambda it, code: records.region_of(it).name[code]),
        "milestones": ("kind_name", lambda it, code: strings[f"kind-{it.kind}"][code]),
        "evaluations": ("kind_name", lambda it, code: strings[f"evaluation-{it.kind}"][code]),
    }
    for field, kind in links.items():
        yield from _in_words(locales, f"{field}_name", partial(_meant, records, field, kind))
    if table in values:
        field, type, read = values[table]
        yield Column(field, field, type, is_derived=True), read
    if table in texts:
        yield from _in_words(locales, *texts[table])


def _in_words(
    locales: Sequence[str], field: str, read: Callable[[Any, str], Any]
) -> Iterator[Derived]:
    for code in locales:
        column = Column(f"{field}_{code}", field, locale=code, is_derived=True)
        yield column, partial(lambda code, record: read(record, code), code)


def _meant(records: Records, field: str, kind: str, record: Any, code: str) -> Any:
    value = getattr(record, field)
    if isinstance(value, tuple):
        return [name_of(records, kind, id, code) for id in value]
    return name_of(records, kind, value, code) if value else None


def name_of(records: Records, kind: str, id: str, locale: str) -> str:
    """What people call a record: its title, name, term or label, whichever it has."""
    record = records.of_kind(kind)[id]
    if isinstance(record, Country):
        return country_name(record, locale)
    fields = ("title", "name", "term", "label")
    name = next(getattr(record, field) for field in fields if hasattr(record, field))
    return name[locale] if isinstance(name, Label) else str(name)


def _observations(records: Records, locales: Sequence[str]) -> Table:
    """The Observatory's values as imported, with the meanings of their codes."""
    links = {"indicator": "indicators", "unit": "units", "source": "sources"}
    keys = ("place", "indicator", "year", "sex")
    types = {"year": "integer", "value": "number"}
    columns = [Column(one, one, types.get(one, "string"), is_required=True) for one in COLUMNS]
    places = {id: kind for kind in ("members", "spaces") for id in getattr(records, kind)}

    def place_name(one: Observation, code: str) -> str:
        return name_of(records, places[one.place], one.place, code)

    derived = [
        *_in_words(locales, "place_name", place_name),
        *_in_words(locales, "indicator_name", partial(_meant, records, "indicator", "indicators")),
    ]
    rows = []
    for one in records.observations:
        own = write_observation(one, records.indicators[one.indicator].unit)
        rows.append([*own, *(cell(read(one)) for _, read in derived)])
    columns += [column for column, _ in derived]
    return Table(OBSERVATIONS, tuple(columns), tuple(rows), keys, links)
