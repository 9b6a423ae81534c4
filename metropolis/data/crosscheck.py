"""What only several records together can tell: ids that stand twice, references to records that do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from metropolis.data.messages import nearest
from metropolis.data.records import Records
from metropolis.data.yaml_source import Path
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.data.load import DataFile

# Where a key refers to another file's records: (file, key anywhere in a record) -> kind of the records meant.
REFERENCES: dict[tuple[str, str], str] = {
    ("people", "member"): "members",
    ("countries", "region"): "regions",
    ("members", "country"): "countries",
    ("key-figures", "unit"): "units",
    ("key-figures", "source"): "sources",
    ("indicators", "unit"): "units",
    ("indicators", "source"): "sources",
    ("indicators", "themes"): "themes",
    ("indicators", "challenges"): "challenges",
    ("milestones", "people"): "people",
    ("milestones", "members"): "members",
    ("milestones", "initiatives"): "initiatives",
    ("initiatives", "references"): "references",
    ("action-lines", "challenges"): "challenges",
}
# What stands in another file is called so in messages.
NOUNS = {
    "members": "member", "regions": "region", "countries": "country", "units": "unit", "sources": "source",
    "themes": "theme", "challenges": "challenge", "people": "person", "initiatives": "initiative",
    "references": "reference",
}  # fmt: skip


def crosscheck(records: Records, files: dict[str, DataFile]) -> list[Problem]:
    """Every problem between records."""
    problems: list[Problem] = []
    for name, file in files.items():
        problems += _repeated_ids(file)
        problems += _broken_references(name, file, records)
    return problems


def _ids(value: Any, path: Path) -> Iterator[tuple[str, Path]]:
    """Every `id` (or `code`) in a file with its place, at any depth."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _ids(item, (*path, index))
    elif isinstance(value, dict):
        for key in ("id", "code"):
            if key in value:
                yield str(value[key]), (*path, key)
        for key, item in value.items():
            yield from _ids(item, (*path, key))


def _repeated_ids(file: DataFile) -> list[Problem]:
    seen: dict[str, Path] = {}
    problems = []
    for id, path in _ids(file.document.value, ()):
        if id in seen:
            before = file.document.mark(seen[id])[0]
            what = f"The id “{id}” is already used on line {before}."
            problems.append(Problem(file.path, *file.document.mark(path), what, how="Each record needs its own id."))
        else:
            seen[id] = path
    return problems


def _references(name: str, value: Any, path: Path) -> Iterator[tuple[str, str, Path]]:
    """(kind meant, id given, place) for each reference in a file."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _references(name, item, (*path, index))
    elif isinstance(value, dict):
        for key, item in value.items():
            kind = REFERENCES.get((name, key))
            if kind and isinstance(item, str):
                yield kind, item, (*path, key)
            elif kind and isinstance(item, list):
                for index, id in enumerate(item):
                    yield kind, str(id), (*path, key, index)
            elif not kind:
                yield from _references(name, item, (*path, key))


def _broken_references(name: str, file: DataFile, records: Records) -> list[Problem]:
    problems = []
    for kind, id, path in _references(name, file.document.value, ()):
        known = getattr(records, kind.replace("-", "_"))
        if id not in known:
            what = f"There is no {NOUNS[kind]} “{id}” in data/{kind}.yml."
            how = nearest(id, list(known)) or f"Add the {NOUNS[kind]} there, or name one that exists."
            problems.append(Problem(file.path, *file.document.mark(path), what, how=how))
    return problems
