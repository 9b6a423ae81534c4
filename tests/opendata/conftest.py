"""The package of the real data, made once; and the way back from a published row to a record."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

import pytest

from metropolis.data.records import Records
from metropolis.opendata.columns import Column
from metropolis.opendata.formats import unguarded
from metropolis.opendata.package import make_package
from metropolis.project import Project
from metropolis.release.provenance import Release

RELEASE = Release(date(2021, 1, 1), "0" * 40)


@pytest.fixture(scope="session")
def package(project: Project, records: Records) -> dict[str, bytes]:
    return make_package(project, records, RELEASE)


@pytest.fixture(scope="session")
def record_of() -> Callable[[Sequence[Column], Mapping[str, str]], dict[str, Any]]:
    """The input for a model from a row of its CSV, without child tables."""
    return _record_of


def _record_of(columns: Sequence[Column], row: Mapping[str, str]) -> dict[str, Any]:
    record: dict[str, Any] = {}
    for column in columns:
        if column.is_derived or not column.path or (text := row[column.name]) == "":
            continue
        place = record
        for step in column.path[:-1]:
            place = place.setdefault(step, {})
        place[column.path[-1]] = _value(column, text)
    return record


def _value(column: Column, text: str) -> Any:
    if column.type == "string":
        text = unguarded(text)
    if column.is_list:
        items = re.findall(r"((?:\\.|[^|\\])*)(?:\||\Z)", text, re.DOTALL)[: _bars(text) + 1]
        return [re.sub(r"\\(.)", r"\1", item, flags=re.DOTALL) for item in items]
    if column.type == "integer":
        return int(text)
    if column.type == "number":
        return float(text)
    return text == "true" if column.type == "boolean" else text


def _bars(text: str) -> int:
    """The bars between items: a backslash escapes bars and backslashes inside an item."""
    return re.sub(r"\\.", "", text, flags=re.DOTALL).count("|")
