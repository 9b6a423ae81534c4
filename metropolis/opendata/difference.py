"""Compares two states of the data: records added, removed and changed, field by field.

It compares files, not records, because an older release may not fit today's models.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from metropolis.data.table_source import read_csv
from metropolis.opendata.columns import cell
from metropolis.opendata.tables import OBSERVATIONS, PUBLIC
from metropolis.strict_yaml.source import read_yaml
from metropolis.text_file import decode

# Kind -> id -> place in the record ("name.fr", "axes.axis-1-1.title.en") -> text.
Data = Mapping[str, Mapping[str, Mapping[str, str]]]


@dataclass(frozen=True, order=True)
class Change:
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
            data[OBSERVATIONS] |= dict(_observations(content, path))
        elif kind in PUBLIC:
            text, _ = decode(content, path)
            document, _ = read_yaml(text, path)
            items = document.value if document and isinstance(document.value, list) else []
            data[kind] = {
                str(item.get("id", item.get("code"))): dict(_flat(item))
                for item in items
                if isinstance(item, dict)
            }
    return data


def differences(old: Data, new: Data) -> list[Change]:
    """Every change, in the order of the tables, then of the ids."""
    changes: list[Change] = []
    for kind in (*PUBLIC, OBSERVATIONS):
        before, after = old.get(kind, {}), new.get(kind, {})
        for id in sorted({*before, *after}):
            if id not in before:
                changes.append(Change(kind, id, "added"))
            elif id not in after:
                changes.append(Change(kind, id, "removed"))
            else:
                changes += _changed(kind, id, before[id], after[id])
    return changes


def _changed(
    kind: str, id: str, old: Mapping[str, str], new: Mapping[str, str]
) -> Iterator[Change]:
    for field in dict.fromkeys([*old, *new]):
        if old.get(field, "") != new.get(field, ""):
            yield Change(kind, id, "changed", field, old.get(field, ""), new.get(field, ""))


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


def _observations(content: bytes, path: str) -> Iterator[tuple[str, dict[str, str]]]:
    rows, _ = read_csv(content, path)
    for row in rows[1:]:
        record = dict(zip(rows[0].cells, row.cells, strict=False))
        id = "/".join(record.get(key, "") for key in ("indicator", "place", "year", "sex"))
        yield id, {key: record.get(key, "") for key in ("value", "unit", "source")}


def report(changes: list[Change]) -> str:
    """A text for people: a line for each record, with its changed fields below."""
    lines: list[str] = []
    seen: set[tuple[str, str]] = set()
    kinds: set[str] = set()
    signs = {"added": "+", "removed": "-", "changed": "~"}
    for change in changes:
        if change.kind not in kinds:
            kinds.add(change.kind)
            lines.append(change.kind)
        if (change.kind, change.id) not in seen:
            lines.append(f"  {signs[change.what]} {change.id}")
        seen.add((change.kind, change.id))
        if change.what == "changed":
            lines.append(f"      {change.field}: {_quoted(change.old)} → {_quoted(change.new)}")
    counts = {what: len({(c.kind, c.id) for c in changes if c.what == what}) for what in signs}
    return "\n".join(
        [
            *lines,
            f"{counts['added']} added, {counts['changed']} changed, {counts['removed']} removed.",
        ]
    )


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"
