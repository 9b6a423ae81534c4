"""The open data on the site: downloads, columns, examples, changes."""

from __future__ import annotations

from itertools import groupby

from macros.key_figures import write_figure
from metropolis.addresses import relative_address
from metropolis.components.registry import block
from metropolis.components.scope import Scope
from metropolis.language.collation import sorted_by
from metropolis.language.dates import format_day
from metropolis.markup import Markup
from metropolis.opendata.history import RecordChange
from metropolis.opendata.package import WORKBOOK, ZIP, describe
from metropolis.opendata.tables import OBSERVATIONS, PUBLIC, Table, name_of, tables_of

_NAMED = 12


def _file(scope: Scope, path: str, kind: str) -> dict[str, str]:
    return {"href": relative_address(scope.page_url, path).rstrip("/"), "path": path, "kind": kind}


def _tables(scope: Scope) -> list[Table]:
    """Those with rows: an empty file is of no use to a reader."""
    return [table for table in tables_of(scope.records, list(scope.languages)) if table.rows]


@block({})
def datasets(scope: Scope) -> Markup:
    """`{{ datasets() }}` -> all files, and a table of the data sets; the build adds sizes."""
    whole = [
        {"name": scope.t("download-zip"), **_file(scope, ZIP, "ZIP")},
        {"name": scope.t("download-workbook"), **_file(scope, WORKBOOK, "XLSX")},
        {"name": scope.t("download-map"), **_file(scope, "data/members.geojson", "GeoJSON")},
        {"name": scope.t("download-package"), **_file(scope, "data/datapackage.json", "JSON")},
        {"name": scope.t("download-sums"), **_file(scope, "data/SHA256SUMS", "SHA-256")},
    ]
    rows = [
        {
            "name": scope.t(f"dataset-{table.name}"),
            "count": len(table.rows),
            "files": [
                _file(scope, f"data/{table.name}.{kind.lower()}", kind)
                for kind in ("CSV", "JSON")
                if kind == "CSV" or table.name in (*PUBLIC, OBSERVATIONS)
            ],
        }
        for table in _tables(scope)
    ]
    return scope.draw("datasets", t=scope.t, whole=whole, rows=rows)


@block({})
def data_fields(scope: Scope) -> Markup:
    """`{{ data_fields() }}` -> the columns of each data set: name, type, content."""
    tables = [
        {
            "id": f"fields-{table.name}",
            "name": scope.t(f"dataset-{table.name}"),
            "file": f"{table.name}.csv",
            "fields": [
                {
                    "names": [column.name for column in group],
                    "type": scope.t("field-list" if group[0].is_list else f"field-{group[0].type}"),
                    "description": describe(scope.records, table.name, group[0])[scope.locale],
                }
                for _, own in groupby(table.columns, key=lambda one: one.field)
                for group in [list(own)]
            ],
        }
        for table in _tables(scope)
    ]
    return scope.draw("data-fields", t=scope.t, tables=tables)


@block({})
def data_examples(scope: Scope) -> Markup:
    """`{{ data_examples() }}` -> how to read the data: from a command line, in Python, in R."""
    return scope.draw("data-examples", t=scope.t, site=scope.site_url, locale=scope.locale)


@block({})
def data_changes(scope: Scope) -> Markup:
    """`{{ data_changes() }}` -> the changes by day, or a note that there is no history."""
    days = [
        {
            "id": f"day-{day.date.isoformat()}",
            "date": format_day(day.date, scope.locale),
            "day": day.date.isoformat(),
            "is_first": day.is_first,
            "kinds": [
                _kind(scope, kind, list(group))
                for kind, group in groupby(day.changes, key=lambda one: one.kind)
            ],
        }
        for day in scope.data_days
    ]
    return scope.draw("data-changes", t=scope.t, days=days)


def _kind(scope: Scope, kind: str, changes: list[RecordChange]) -> dict[str, object]:
    by_what: dict[str, set[str]] = {}
    for change in changes:
        by_what.setdefault(change.what, set()).add(_name(scope, kind, change.id))
    return {
        "name": scope.t(f"dataset-{kind}"),
        "parts": [
            {
                "what": scope.t(f"data-{what}"),
                "names": sorted_by(names, str, scope.locale)[:_NAMED],
                "more": max(0, len(names) - _NAMED),
            }
            for what, names in by_what.items()
        ],
    }


def _name(scope: Scope, kind: str, id: str) -> str:
    """What the page's language calls a record. Only a record that is gone shows its id."""
    records = scope.records
    if kind == OBSERVATIONS:  # its indicator, its place and its year
        indicator, place, year = id.split("/")[:3]
        of_place = "spaces" if place in records.spaces else "members"
        names = [_name(scope, "indicators", indicator), _name(scope, of_place, place)]
        return ", ".join([*names, year])
    if id not in records.of_kind(kind):
        return id
    if kind == "evaluations":
        return f"{scope.t('evaluation')} {records.evaluations[id].year}"
    if kind == "key-figures":  # its label is what follows its number: “de personnes dans …”
        figure = records.key_figures[id]
        qualifier = scope.t(figure.qualifier) if figure.qualifier else ""
        return f"{qualifier} {write_figure(scope, figure)} {scope.label(figure.label)}".strip()
    return name_of(records, kind, id, scope.locale)
