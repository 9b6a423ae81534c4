"""The open data as files under data/ and api/v1/, described as a Frictionless Data Package (version
2). One function from records to bytes: the same records and release give the same files."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from typing import Any

from metropolis.data.records import Records
from metropolis.opendata.columns import Column
from metropolis.opendata.formats import (
    APOSTROPHE,
    SIGNS,
    heading,
    json_bytes,
    table_csv,
    xlsx_bytes,
    zip_bytes,
)
from metropolis.opendata.records_json import Catalogue, api_files
from metropolis.opendata.tables import OBSERVATIONS, PUBLIC, Table, tables_of
from metropolis.project import Project
from metropolis.release.provenance import Release

NAME = "metropolis-plan-2021-2023"
ZIP, WORKBOOK, SUMS = f"data/{NAME}.zip", f"data/{NAME}.xlsx", "data/SHA256SUMS"
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0 International",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
_MAP = ("members-map", "members.geojson", "application/geo+json")  # its name, path and type
_UNITS = {"latitude": "degree (WGS 84)", "longitude": "degree (WGS 84)"}


def make_package(project: Project, records: Records, release: Release) -> dict[str, bytes]:
    """Path in the site -> content."""
    catalogue = Catalogue(project, records)
    tables = tables_of(records, catalogue.locales)
    files = {f"data/{table.name}.csv": table_csv(table) for table in tables}
    items = {kind: catalogue.items(kind) for kind in PUBLIC}
    for kind in PUBLIC:
        files[f"data/{kind}.json"] = json_bytes(items[kind])
        files[f"data/schema/{kind}.json"] = json_bytes(catalogue.schema(kind))
    by_name = {table.name: table for table in tables}
    files["data/observations.json"] = json_bytes(_observations(by_name[OBSERVATIONS]))
    files["data/members.geojson"] = _geojson(catalogue, by_name["members"])
    files["data/datapackage.json"] = json_bytes(_descriptor(catalogue, tables, files, release))
    notes = _notes(catalogue, release)
    files["data/README.txt"] = "".join(f"{key}: {value}\r\n" for key, value in notes).encode()
    inside = {path.removeprefix("data/"): content for path, content in files.items()}
    inside["SHA256SUMS"] = _sums(inside)
    files[ZIP] = zip_bytes({f"{NAME}/{name}": content for name, content in inside.items()})
    day = datetime.combine(release.date, time(), UTC)
    sheets = [_columns(catalogue, tables), *(table for table in tables if table.rows)]
    files[WORKBOOK] = xlsx_bytes(sheets, notes, day.replace(tzinfo=None))
    files[SUMS] = _sums({path.removeprefix("data/"): content for path, content in files.items()})
    about = {
        "name": NAME,
        "titles": {code: records.strings["data-title"][code] for code in catalogue.locales},
        "release": {"date": release.date.isoformat(), "commit": release.commit},
        "license": LICENCE,
        "data_package": f"{catalogue.site_url}/data/datapackage.json",
        "documentation": {code: catalogue.page("data/", code) for code in catalogue.locales},
    }
    api = api_files(catalogue, items, about)
    return files | {path: json_bytes(value) for path, value in api.items()}


def _sums(files: Mapping[str, bytes]) -> bytes:
    """Checksums in the format of `sha256sum -c`."""
    digests = {name: hashlib.sha256(files[name]).hexdigest() for name in sorted(files)}
    return "".join(f"{digest}  {name}\n" for name, digest in digests.items()).encode()


def _notes(catalogue: Catalogue, release: Release) -> list[tuple[str, str]]:
    """The notes that a person who opens a file reads first."""
    strings, locales = catalogue.records.strings, catalogue.locales
    return [
        *((f"title ({code})", strings["data-title"][code]) for code in locales),
        *((f"licence ({code})", strings["data-licence"][code]) for code in locales),
        ("release", release.date.isoformat()),
        ("commit", release.commit or "–"),
        *((f"csv ({code})", strings["data-guard"][code]) for code in locales),
        *((f"documentation ({code})", catalogue.page("data/", code)) for code in locales),
    ]


def _geojson(catalogue: Catalogue, members: Table) -> bytes:
    """RFC 7946: a point for each member (longitude first). Its properties are flat, because map
    programs show nested ones as raw text: the columns of members.csv, `name`, `page_fr` …"""
    features = []
    for facts in _named_cells(members):
        id = facts.pop("id")
        place = [float(facts.pop(axis)) for axis in ("longitude", "latitude")]
        properties = {"name": facts[f"name_{catalogue.locales[0]}"]}
        properties |= {key: text or None for key, text in facts.items()}
        for code in catalogue.locales:
            properties[f"page_{code}"] = catalogue.page(f"members/{id}/", code)
        point = {"type": "Point", "coordinates": place}
        features.append({"type": "Feature", "id": id, "geometry": point, "properties": properties})
    return json_bytes({"type": "FeatureCollection", "features": features})


def _named_cells(table: Table) -> Iterator[dict[str, Any]]:
    """Each row as column -> text."""
    names = [column.name for column in table.columns]
    return (dict(zip(names, row, strict=True)) for row in table.rows)


def _observations(table: Table) -> list[dict[str, Any]]:
    return [
        {**one, "year": int(one["year"]), "value": float(one["value"])}
        for one in _named_cells(table)
    ]


def _descriptor(
    catalogue: Catalogue, tables: list[Table], files: Mapping[str, bytes], release: Release
) -> dict[str, Any]:
    records = catalogue.records
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": NAME,
        "title": records.strings["data-title"]["en"],
        "titles": dict(records.strings["data-title"].items()),
        "homepage": catalogue.page("data/", "en"),
        "version": release.date.isoformat(),
        "commit": release.commit,
        "created": f"{release.date.isoformat()}T00:00:00Z",
        "languages": catalogue.locales,
        "textGuard": {
            "prefix": APOSTROPHE,
            "before": list(SIGNS),
            "description": records.strings["data-guard"]["en"],
        },
        "licenses": [LICENCE],
        "sources": [
            {"title": source.name["en"], **({"path": source.url} if source.url else {})}
            for source in records.sources.values()
        ],
        "contributors": [
            {"title": "Metropolis", "path": "https://www.metropolis.org", "roles": ["creator"]}
        ],
        "resources": [
            *(_resource(catalogue, table, files[f"data/{table.name}.csv"]) for table in tables),
            _file(catalogue, *_MAP, files["data/members.geojson"]),
        ],
    }


def _file(
    catalogue: Catalogue, name: str, path: str, mediatype: str, content: bytes, **head: str
) -> dict[str, Any]:
    dataset, _, ending = path.partition(".")
    titles = dict(catalogue.records.strings[f"dataset-{dataset}"].items())
    return {
        "name": name,
        **head,
        "title": titles["en"],
        "titles": titles,
        "path": path,
        "format": ending,
        "mediatype": mediatype,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _resource(catalogue: Catalogue, table: Table, content: bytes) -> dict[str, Any]:
    is_list = {column.name: column.is_list for column in table.columns}
    keys = {kind: "code" if kind == "countries" else "id" for kind in table.references.values()}
    links = [
        {"fields": [column], "reference": {"resource": kind, "fields": [keys[kind]]}}
        for column, kind in table.references.items()
        if not is_list.get(column, True)
    ]
    return {
        **_file(catalogue, table.name, f"{table.name}.csv", "text/csv", content, type="table"),
        "rows": len(table.rows),
        "schema": {
            "fields": [_field(catalogue, table, column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.keys),
            **({"foreignKeys": links} if links else {}),
        },
    }


def _field(catalogue: Catalogue, table: Table, column: Column) -> dict[str, Any]:
    labels = describe(catalogue.records, table.name, column)
    constraints = {
        "required": column.is_required,
        "enum": [] if column.is_list else list(column.choices),
        "pattern": column.pattern,
    }
    optional = {
        "language": column.locale,
        "unit": _UNITS.get(column.name, ""),
        "separator": "|" if column.is_list else "",
        "constraints": {key: value for key, value in constraints.items() if value},
    }
    return {
        "name": column.name,
        "type": column.type,
        "description": labels["en"],
        "descriptions": labels,
        **{key: value for key, value in optional.items() if value},
    }


def _columns(catalogue: Catalogue, tables: Sequence[Table]) -> Table:
    """The workbook's own dictionary: what each heading is called in the CSV, and what it means."""
    head = [Column(name, name) for name in ("sheet", "heading", "csv_column")]
    head += [Column(f"meaning_{code}", "meaning", locale=code) for code in catalogue.locales]
    rows = tuple(
        [table.name, heading(column), column.name, *(meaning[code] for code in catalogue.locales)]
        for table in tables
        if table.rows
        for column in table.columns
        for meaning in [describe(catalogue.records, table.name, column)]
    )
    return Table("columns", tuple(head), rows, (), {})


def describe(records: Records, table: str, column: Column) -> dict[str, str]:
    """The description of a column in each language (data/fields.yml)."""
    field = column.field.replace("_", "-")
    ids = (one for one in (f"{table}-{field}", field) if one in records.fields)
    return dict(records.fields[next(ids, "in-words")].description.items())
