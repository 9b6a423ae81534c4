"""How the data changed, from git's history: between two commits, and day by day. It compares files,
not records, because an older release may not fit today's models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise
from pathlib import Path
from typing import Any, Literal

from metropolis.cache import Cache
from metropolis.data.table_source import read_csv
from metropolis.git import GitError, ask_git_text, files_at, run_git
from metropolis.inputs import Known
from metropolis.opendata.columns import cell
from metropolis.opendata.tables import OBSERVATIONS, PUBLIC
from metropolis.release.provenance import commit_day
from metropolis.strict_yaml.source import read_yaml
from metropolis.text_file import decode

# Kind -> id -> place in the record ("name.fr", "axes.axis-1-1.title.en") -> text.
Data = Mapping[str, Mapping[str, Mapping[str, str]]]
DAYS = 12
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


def changes_text(changes: list[RecordChange]) -> str:
    """A line for each record, its changed fields below; in the order of `differences`."""
    lines: list[str] = []
    counts = dict.fromkeys(("added", "changed", "removed"), 0)
    for kind, of_kind in groupby(changes, key=lambda one: one.kind):
        lines.append(kind)
        for (id, what), fields in groupby(of_kind, key=lambda one: (one.id, one.what)):
            counts[what] += 1
            lines.append(f"  {_SIGNS[what]} {id}")
            for one in fields if what == "changed" else ():
                lines.append(f"      {one.field}: {_quoted(one.old)} → {_quoted(one.new)}")
    total = ", ".join(f"{count} {what}" for what, count in counts.items())
    return "\n".join([*lines, f"{total}."])


def _quoted(text: str) -> str:
    return f"“{text}”" if text else "nothing"


@dataclass(frozen=True)
class DataDay:
    """A day on which the data changed. The first one of all has no changes: everything was new."""

    date: date
    commit: str
    changes: tuple[RecordChange, ...]
    is_first: bool = False


def data_at(root: Path, revision: str) -> Data | None:
    """The data as it was in a commit, tag or branch; None where git does not know it."""
    commit = ask_git_text(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}")
    if not commit:
        return None
    folders = ("data", "data/observations")
    return read_data({path: data for one in folders for path, data in files_at(root, commit, one)})


def missing_history(root: Path, revision: str) -> str:
    """Why `data_at` does not know a revision."""
    unknown = f"git does not know “{revision}” here"
    try:
        is_shallow = run_git(root, "rev-parse", "--is-shallow-repository").strip() == b"true"
    except GitError as error:
        return f"There is no history here: {str(error).splitlines()[0]}."
    if is_shallow:
        return f"{unknown}: this clone has only a part of the history. Type: git fetch --unshallow"
    return f"{unknown}. Name a commit, a tag or a branch."


def read_days(root: Path, until: date, cache: Cache) -> list[DataDay]:
    """The newest DAYS days with a change, newest first; nothing without a history."""
    last: dict[date, str] = {}
    for line in ask_git_text(root, "log", "--format=%ct %H", "--", "data").splitlines():
        seconds, commit = line.split()
        if (day := commit_day(seconds)) <= until:
            last.setdefault(day, commit)
    commits = list(last.items())
    days: list[DataDay] = []
    for (day, commit), (_, before) in pairwise(commits):
        both = (Known(before, root), Known(commit, root))  # a commit's hash says what it holds
        if changes := cache.remember("history", both, changes_between):
            days.append(DataDay(day, commit, tuple(changes)))
        if len(days) == DAYS:
            return days
    if commits and ask_git_text(root, "rev-parse", "--is-shallow-repository") == "false":
        days.append(DataDay(*commits[-1], (), True))
    return days


def changes_between(commits: tuple[Known[Path], Known[Path]]) -> list[RecordChange]:
    """What changed in the data from one commit to the other, in the repository that has them."""
    old, new = (data_at(one.value, one.digest) or {} for one in commits)
    return differences(old, new)
