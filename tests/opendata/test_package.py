"""The files of the open data, as the programs of those who use them read them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from frictionless import Package
from jsonschema import Draft202012Validator
from openpyxl import load_workbook

from metropolis.data.fields import Label
from metropolis.data.records import KINDS, Records
from metropolis.opendata.columns import columns_of
from metropolis.opendata.package import SUMS, WORKBOOK, ZIP, make_package
from metropolis.opendata.tables import PUBLIC, published, tables_of
from metropolis.project import Project
from metropolis.release.provenance import Release

ReadRecord = Callable[..., dict[str, Any]]
NUMBER = re.compile(r"-?\d+(\.\d+)?")
LOCALES = ["fr", "en", "es"]


def rows_of(package: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(package[f"data/{name}.csv"].decode(), newline="")))


def rebuilt(
    record_of: ReadRecord, package: dict[str, bytes], name: str, model: Any
) -> list[dict[str, Any]]:
    """The records of a table as they stood in data/, from its CSV and those of the lists inside
    them."""
    columns, children = columns_of(model, LOCALES)
    rows = rows_of(package, name)
    found = [record_of(columns, row) for row in rows]
    for child in children:
        table, parent = child.rows.table, child.rows.owner
        items = rows_of(package, table)
        if child.model is None:
            inner = [{code: row[f"name_{code}"] for code in LOCALES} for row in items]
        else:
            inner = rebuilt(record_of, package, table, child.model)
        for record in found:
            pairs = zip(items, inner, strict=True)
            owned = [value for row, value in pairs if row[parent] == record["id"]]
            if owned:
                record[child.field] = owned
    return found


@pytest.mark.parametrize("kind", PUBLIC)
def test_the_records_come_back_from_their_tables(
    record_of: ReadRecord, package: dict[str, bytes], records: Records, kind: str
) -> None:
    model = KINDS[kind]
    context = {"locales": LOCALES, "drafts": ()}
    back = [
        model.model_validate(one, context=context)
        for one in rebuilt(record_of, package, kind, model)
    ]
    assert back == published(records, kind, LOCALES)


def test_the_package_and_every_table_are_valid_for_frictionless(
    package: dict[str, bytes], tmp_path: Path
) -> None:
    for path, content in package.items():
        if path.startswith("data/") and path.count("/") == 1:
            (tmp_path / path.removeprefix("data/")).write_bytes(content)
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["name", "type", "message"]) == []
    assert len(report.tasks) == len(list(tmp_path.glob("*.csv"))) + 1


def test_a_wrong_cell_is_seen_by_frictionless(package: dict[str, bytes], tmp_path: Path) -> None:
    """Else the test before would show nothing."""
    descriptor = json.loads(package["data/datapackage.json"])
    resource = next(one for one in descriptor["resources"] if one["name"] == "milestones")
    del resource["bytes"], resource["hash"]
    resource["schema"].pop("foreignKeys", None)
    descriptor["resources"] = [resource]
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor))
    text = package["data/milestones.csv"].decode()
    id = "1984-world-congress"
    (tmp_path / "milestones.csv").write_text(text.replace(f"{id},1984", f"{id},long ago"))
    report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.flatten(["type", "fieldName"]) == [["type-error", "year"]]


@pytest.mark.parametrize("kind", PUBLIC)
def test_json_fits_its_schema_and_counts_as_the_table_does(
    package: dict[str, bytes], kind: str
) -> None:
    schema = json.loads(package[f"data/schema/{kind}.json"])
    items = json.loads(package[f"data/{kind}.json"])
    Draft202012Validator.check_schema(schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(items)] == []
    assert len(items) == len(rows_of(package, kind))
    if items:
        assert list(Draft202012Validator(schema).iter_errors([{**items[0], "colour": "red"}]))


def test_labels_stand_beside_codes_in_three_languages(package: dict[str, bytes]) -> None:
    cairo = next(row for row in rows_of(package, "members") if row["name_fr"] == "Le Caire")
    assert [cairo[f"name_{code}"] for code in LOCALES] == ["Le Caire", "Cairo", "El Cairo"]
    assert [cairo[f"country_name_{code}"] for code in LOCALES] == ["Égypte", "Egypt", "Egipto"]
    region = (cairo["country"], cairo["region"], cairo["region_name_es"])
    assert region == ("EG", "africa", "África")
    results = rows_of(package, "action-results")
    assert len(results) == 35
    first = next(row for row in results if row["id"] == "result-2-2-1")
    assert (first["axis"], first["initiatives"], first["initiatives_name_en"]) == (
        "axis-2-2", "observatory", "Metropolis Observatory",
    )  # fmt: skip


def test_members_are_points_with_longitude_first(
    package: dict[str, bytes], records: Records
) -> None:
    features = json.loads(package["data/members.geojson"])["features"]
    assert len(features) == len(records.members) == 141
    seoul = next(one for one in features if one["id"] == "seoul")
    longitude, latitude = seoul["geometry"]["coordinates"]
    assert (round(longitude), round(latitude)) == (127, 38)
    facts = seoul["properties"]
    assert [facts[f"name{end}"] for end in ("", "_fr", "_en", "_es")] == [
        "Séoul", "Séoul", "Seoul", "Seúl",
    ]  # fmt: skip
    assert facts["country_name_en"] == "South Korea"
    assert facts["page_en"].endswith("/en/members/seoul/")
    # Map programs show a nested value as raw text.
    for feature in features:
        assert all(isinstance(value, str | None) for value in feature["properties"].values())


def test_every_country_has_its_name_in_every_file(package: dict[str, bytes]) -> None:
    for row in rows_of(package, "countries"):
        assert all(row[f"name_{code}"] for code in LOCALES), row["code"]
    names = {one["code"]: one["name"] for one in json.loads(package["data/countries.json"])}
    assert names["KR"] == {"fr": "Corée du Sud", "en": "South Korea", "es": "Corea del Sur"}
    assert names["CG"]["fr"] == "Congo"


def test_the_workbook_has_a_sheet_for_each_table_with_rows_and_words_for_headings(
    package: dict[str, bytes], records: Records
) -> None:
    book = load_workbook(io.BytesIO(package[WORKBOOK]))
    filled = [table.name for table in tables_of(records, LOCALES) if table.rows]
    assert book.sheetnames == ["about", "columns", *filled]
    sheet = book["milestones"]
    rows = list(sheet.iter_rows(values_only=True))
    assert len(rows) == len(records.milestones) + 1
    assert rows[0][:4] == ("Id", "Year", "Kind", "Title (fr)")
    assert rows[1][:2] == ("1984-world-congress", 1984)
    assert sheet.auto_filter.ref == sheet.dimensions
    long = next(cell for cell in book["glossary"][2] if len(str(cell.value)) > 60)
    assert long.alignment.wrap_text
    meanings = list(book["columns"].iter_rows(values_only=True))
    assert meanings[0][:3] == ("Sheet", "Heading", "Csv column")
    assert ("milestones", "Title (fr)", "title_fr") in {row[:3] for row in meanings}


def test_every_file_is_in_the_zip_and_under_its_checksum(package: dict[str, bytes]) -> None:
    for line in package[SUMS].decode().splitlines():
        digest, name = line.split("  ")
        assert hashlib.sha256(package[f"data/{name}"]).hexdigest() == digest
    with zipfile.ZipFile(io.BytesIO(package[ZIP])) as archive:
        assert archive.testzip() is None
        names = {name.partition("/")[2] for name in archive.namelist()}
    inside = {path.removeprefix("data/") for path in package if path.startswith("data/")}
    assert names == inside - {path.removeprefix("data/") for path in (ZIP, WORKBOOK)}


def test_the_same_records_give_the_same_bytes_and_the_release_stands_in_them(
    package: dict[str, bytes], project: Project, records: Records
) -> None:
    assert make_package(project, records, Release(date(2021, 1, 1), "0" * 40)) == package
    assert json.loads(package["data/datapackage.json"])["version"] == "2021-01-01"
    release = json.loads(package["api/v1/index.json"])["release"]
    assert release == {"date": "2021-01-01", "commit": "0" * 40}


def test_the_api_leads_from_its_index_to_every_record(
    package: dict[str, bytes], project: Project
) -> None:
    def file(url: str) -> Any:
        return json.loads(package[url.removeprefix(project.site_url)])

    collections = file(f"{project.site_url}api/v1/index.json")["collections"]
    assert [one["name"] for one in collections] == list(PUBLIC)
    reached = {"api/v1/index.json"}
    for collection in collections:
        items = file(collection["url"])["items"]
        assert len(items) == collection["count"]
        assert file(collection["schema"])["$id"] == collection["schema"]
        reached.add(collection["url"].removeprefix(project.site_url))
        for item in items:
            assert file(item["links"]["self"]) == item
            reached.add(item["links"]["self"].removeprefix(project.site_url))
    assert reached == {path for path in package if path.startswith("api/")}


def test_every_column_is_described_in_every_language(package: dict[str, bytes]) -> None:
    for resource in json.loads(package["data/datapackage.json"])["resources"]:
        for field in resource.get("schema", {}).get("fields", []):
            assert set(field["descriptions"]) == set(LOCALES), field["name"]
            is_code = field["description"].startswith("Label for the code")
            assert is_code == ("_name_" in field["name"]), (resource["name"], field["name"])


def test_a_label_like_a_formula_is_a_text_in_every_csv(
    project: Project, records: Records, package: dict[str, bytes]
) -> None:
    """All that people write, as an attacker would: no cell of any table or of the zip begins like a
    formula."""
    first = next(iter(records.members.values()))
    evil = Label.model_construct(root=dict.fromkeys(LOCALES, "=HYPERLINK(1)"))
    members = {**records.members, first.id: first.model_copy(update={"name": evil})}
    changed = make_package(
        project, replace(records, members=members), Release(date(2021, 1, 1), "")
    )
    assert "'=HYPERLINK(1)" in changed["data/members.csv"].decode()
    for path, content in changed.items():
        if path.endswith(".csv"):
            for row in csv.reader(io.StringIO(content.decode(), newline="")):
                texts = [cell for cell in row if not NUMBER.fullmatch(cell)]
                assert not [text for text in texts if text.startswith(("=", "+", "-", "@"))], path
    descriptor = json.loads(changed["data/datapackage.json"])
    assert descriptor["textGuard"]["prefix"] == "'"
    note = "csv (en): A text that begins with =, +, - or @ has an apostrophe"
    assert note in changed["data/README.txt"].decode()
    assert package["data/members.csv"] != changed["data/members.csv"]
