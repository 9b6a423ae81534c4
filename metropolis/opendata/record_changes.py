"""Compares two states of the data: records added, removed and changed, field by field.

It compares files, not records, because an older release may not fit today's models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from metropolis.data.table_source import read_csv
from metropolis.opendata.columns import cell
from metropolis.opendata.tables import OBSERVATIONS, PUBLIC
from metropolis.strict_yaml.source import read_yaml
from metropolis.text_file import decode

# Kind -> id -> place in the record ("name.fr", "axes.axis-1-1.title.en") -> text.
Data = Mapping[str, Mapping[str, Mapping[str, str]]]
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


@dataclass(frozen=True, order=True)
class RecordChange:
    """`field`, `old`, `new`: only for a changed record; an added or removed field has one empty."""

    kind: str
    id: str
    what: Literal["added", "changed", "removed"]
    field: str = ""
    old: str = ""
    new: str = ""


def read_data(files: Mapping[str, bytes]) -> Data:
    """Reads the public data in `files`, by path ("data/members.yml"), and ignores other files."""
    data: dict[str, dict[str, dict[str, str]]] = {kind: {} for kind in (*PUBLIC, OBSERVATIONS)}
    for path, content in files.items():
        kind = path.removeprefix("data/").removesuffix(".yml")
        if path.startswith("data/observations/") and path.endswith(".csv"):
            data[OBSERVATIONS] |= _observations(content, path)
        elif kind in PUBLIC:
            document, _ = read_yaml(decode(content, path)[0], path)
            items = document.value if document and isinstance(document.value, list) else []
            data[kind] = {
                str(item.get("id", item.get("code"))): dict(_flat(item))
                for item in items
                if isinstance(item, dict)
            }
    return data


def _flat(value: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """(place, text) of each value in a record; records in lists by id, so order does not matter."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield from _flat(item, f"{place}.{key}" if place else str(key))
    elif isinstance(value, list) and any(isinstance(item, dict) for item in value):
        for number, item in enumerate(value, 1):
            name = item.get("id", number) if isinstance(item, dict) else number
            yield from _flat(item, f"{place}.{name}")
    elif value is not None:
        yield place, cell(value)


def _observations(content: bytes, path: str) -> dict[str, dict[str, str]]:
    rows, _ = read_csv(content, path)
    records = [dict(zip(rows[0].cells, row.cells, strict=False)) for row in rows[1:]]
    return {
        "/".join(record.get(key, "") for key in ("indicator", "place", "year", "sex")): {
            key: record.get(key, "") for key in ("value", "unit", "source")
        }
        for record in records
    }


def differences(old: Data, new: Data) -> list[RecordChange]:
    """Every change, in the order of the tables, then of the ids."""
    changes: list[RecordChange] = []
    for kind in (*PUBLIC, OBSERVATIONS):
        before, after = old.get(kind, {}), new.get(kind, {})
        for id in sorted({*before, *after}):
            if id not in before:
                changes.append(RecordChange(kind, id, "added"))
            elif id not in after:
                changes.append(RecordChange(kind, id, "removed"))
            else:
                for field in dict.fromkeys([*before[id], *after[id]]):
                    was, now = before[id].get(field, ""), after[id].get(field, "")
                    if was != now:
                        changes.append(RecordChange(kind, id, "changed", field, was, now))
    return changes


def report(changes: list[RecordChange]) -> str:
    """A text for people: a line for each record, with its changed fields below. `changes` are in
    the order of `differences`."""
    lines: list[str] = []
    counts = dict.fromkeys(("added", "changed", "removed"), 0)
    for kind, of_kind in groupby(changes, key=lambda one: one.kind):
        lines.append(kind)
        for (id, what), fields in groupby(of_kind, key=lambda one: (one.id, one.what)):
            counts[what] += 1
            lines.append(f"  {_SIGNS[what]} {id}")
            if what == "changed":
                lines += [
                    f"      {one.field}: {_quoted(one.old)} → {_quoted(one.new)}" for one in fields
                ]
    total = ", ".join(f"{count} {what}" for what, count in counts.items())
    return "\n".join([*lines, f"{total}."])


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"
