"""Finds what only several records together can show: duplicate ids, references to nothing, wrong
numbers. It reads values, not records: others can refer to the id of an invalid record."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import Any

from pydantic import BaseModel

from metropolis.data.fields import FIRST_YEAR, KEBAB_CASE, LAST_YEAR, inner_records, references_of
from metropolis.data.messages import nearest
from metropolis.data.records import KINDS
from metropolis.problem import Problem
from metropolis.strict_yaml.bounds import MAX_PROBLEMS
from metropolis.strict_yaml.document import Path, YamlDocument

_GOOD_ID = re.compile(f"{KEBAB_CASE}|^[A-Z]{{2}}$")


def crosscheck(files: dict[str, YamlDocument]) -> list[Problem]:
    """Every problem between the records of `files`, by kind. Other files are not checked."""
    found = {kind: _own_ids(file) for kind, file in files.items()}
    known = {kind: dict.fromkeys(ids) for kind, ids in found.items() if ids is not None}
    problems: list[Problem] = []
    for kind, file in files.items():
        problems += _repeated_ids(file)
        problems += _misnumbered(file)
        problems += _broken_references(kind, file, known)
    if "milestones" in files:
        problems += _misdated(files["milestones"])
    if "spaces" in files:
        problems += _ambiguous(files["spaces"], known.get("members", {}))
    return problems


def _own_ids(file: YamlDocument) -> list[str] | None:
    """The ids of a file's records; None if one is invalid: a reference may mean that record."""
    if not isinstance(file.value, list):
        return None
    records = [record if isinstance(record, dict) else {} for record in file.value]
    ids = [record.get("id", record.get("code")) for record in records]
    is_good = all(isinstance(id, str) and _GOOD_ID.match(id) for id in ids)
    return [str(id) for id in ids] if is_good else None


def _repeated_ids(file: YamlDocument) -> Iterator[Problem]:
    """An `id` (or `code`) that another record of the file has, at any depth."""
    seen: dict[str, Path] = {}
    for path, id in file.walk():
        is_id = path[-1:] in (("id",), ("code",)) and isinstance(id, str)
        if is_id and (first := seen.setdefault(id, path)) != path:
            what = f"The id “{id}” is already used on line {file.mark(first)[0]}."
            yield file.problem(path, what, how="Each record needs its own id.")


def _ambiguous(spaces: YamlDocument, members: Collection[str]) -> Iterator[Problem]:
    """An observation names its place by id alone, so a space and a member cannot share an id."""
    for index, id in enumerate(_own_ids(spaces) or ()):
        if id in members:
            how = f"Give the space another id: {id}-area."
            yield spaces.problem((index, "id"), f"“{id}” is a member's id already.", how=how)


def _references(model: type[BaseModel], value: Any, path: Path) -> Iterator[tuple[str, str, Path]]:
    """(kind, id, place) for each reference in a value that should match `model`, or in a list."""
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _references(model, item, (*path, index))
    elif isinstance(value, dict):
        for key, kind in references_of(model).items():
            given = value.get(key)
            if isinstance(given, str):
                yield kind, given, (*path, key)
            elif isinstance(given, list):
                ids = [(index, id) for index, id in enumerate(given) if isinstance(id, str)]
                yield from ((kind, id, (*path, key, index)) for index, id in ids)
        for key, inner in inner_records(model).items():
            yield from _references(inner, value.get(key), (*path, key))


def _noun(kind: str) -> str:
    """The name of a kind of record in messages: "person", "key figure"."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", KINDS[kind].__name__).lower()


def _broken_references(
    own: str, file: YamlDocument, known: dict[str, dict[str, None]]
) -> list[Problem]:
    problems: list[Problem] = []
    seen: set[tuple[Path, str]] = set()
    for kind, id, path in _references(KINDS[own], file.value, ()):
        if kind in known and id not in known[kind]:
            what = f"There is no {_noun(kind)} “{id}” in data/{kind}.yml."
            # Suggestions cost time, and nobody reads those past the reported ones.
            hint = nearest(id, known[kind]) if len(problems) < MAX_PROBLEMS else ""
            how = hint or f"Add the {_noun(kind)} there, or name one that exists."
            problems.append(file.problem(path, what, how=how))
        elif (path[:-1], id) in seen and isinstance(path[-1], int):
            what = f"“{id}” occurs twice in this list."
            problems.append(file.problem(path, what, how="Keep one."))
        seen.add((path[:-1], id))
    return problems


def _misnumbered(file: YamlDocument) -> Iterator[Problem]:
    """Numbers of lines of action and axes, which pages print: they must count from 1."""
    for path, number in file.walk():
        match path:
            case (*_, int(place), "number"):
                if type(number) is int and number != place + 1:  # true is an int too
                    what = f"This is item {place + 1} of its list, but has the number {number}."
                    yield file.problem(path, what, how="Number a list in its order: 1, 2, 3…")


def _misdated(file: YamlDocument) -> Iterator[Problem]:
    """A milestone's id begins with its year: it is part of addresses, so the two must agree."""
    records = file.value if isinstance(file.value, list) else ()
    for index, record in enumerate(records):
        id, year = (record.get("id"), record.get("year")) if isinstance(record, dict) else (0, 0)
        is_year = isinstance(year, int) and FIRST_YEAR <= year <= LAST_YEAR
        if isinstance(id, str) and is_year and not id.startswith(f"{year}-"):
            what = f"The id “{id}” does not begin with the milestone's year, {year}."
            yield file.problem((index, "id"), what, how=f"Write {year}-… or correct the year.")
