"""Reads every file of data/ into records, or returns every problem of every file, each at its line and column."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel, ValidationError

from metropolis.data.crosscheck import crosscheck
from metropolis.data.messages import words
from metropolis.data.models import Label, Record
from metropolis.data.records import KINDS, STRINGS, Records
from metropolis.data.yaml_source import Path, YamlDocument, decode, read_yaml
from metropolis.problem import Problem
from metropolis.project import Project


@dataclass(frozen=True)
class DataFile:
    """A file that could be read: its path in the project, its document, its records in order."""

    path: str
    document: YamlDocument
    records: list[Record]


def load_records(project: Project) -> tuple[Records | None, list[Problem]]:
    """All records, cross-checked; or (None, every problem)."""
    problems: list[Problem] = []
    files: dict[str, DataFile] = {}
    context = {"locales": tuple(locale.code for locale in project.locales)}
    for name, model in KINDS.items():
        document = _read(project, name, problems)
        if document is not None:
            files[name] = _load_list(f"data/{name}.yml", document, model, context, problems)
    strings = _load_strings(_read(project, STRINGS, problems), context, problems)
    if problems:
        return None, sorted(problems)
    by_kind = {name.replace("-", "_"): {_id(record): record for record in file.records} for name, file in files.items()}
    records = Records(**by_kind, strings=strings)  # type: ignore[arg-type]
    problems = crosscheck(records, files)
    return (None, sorted(problems)) if problems else (records, [])


def _id(record: Record) -> str:
    return str(record.id)  # type: ignore[attr-defined]


def _read(project: Project, name: str, problems: list[Problem]) -> YamlDocument | None:
    path = f"data/{name}.yml"
    try:
        data = (project.root / path).read_bytes()
    except OSError:
        problems.append(Problem(path, 0, 0, "The file is missing.", how="Put it back: every data file is needed."))
        return None
    text, found = decode(data, path)
    if not found:
        schema = f"# yaml-language-server: $schema=schema/{name}.json"
        if text.split("\n", 1)[0].rstrip() != schema:
            problems.append(
                Problem(path, 1, 1, "The first line does not name the file's schema.", how=f"Write: {schema}")
            )
        document, found = read_yaml(text, path)
    problems.extend(found)
    return None if found else document


def _load_list(
    path: str, document: YamlDocument, model: type[Record], context: dict[str, Any], problems: list[Problem]
) -> DataFile:
    records: list[Record] = []
    if not isinstance(document.value, list):
        problems.append(
            Problem(path, *document.mark(()), "A list of records was expected.", how="Begin each with “- id: …”.")
        )
        return DataFile(path, document, records)
    for index, value in enumerate(document.value):
        try:
            records.append(model.model_validate(value, context=context))
        except ValidationError as error:
            problems.extend(_problems(path, document, (index,), error, model))
    return DataFile(path, document, records)


def _load_strings(document: YamlDocument | None, context: dict[str, Any], problems: list[Problem]) -> dict[str, Label]:
    path = f"data/{STRINGS}.yml"
    if document is None:
        return {}
    if not isinstance(document.value, dict):
        problems.append(Problem(path, *document.mark(()), "A name with its texts was expected on each line."))
        return {}
    strings: dict[str, Label] = {}
    for key, value in document.value.items():
        try:
            strings[key] = Label.model_validate(value, context=context)
        except ValidationError as error:
            problems.extend(_problems(path, document, (key,), error, Label))
    return strings


def _problems(
    path: str, document: YamlDocument, base: Path, error: ValidationError, model: type[BaseModel]
) -> list[Problem]:
    found = []
    for details in error.errors(include_url=False):
        if details["type"] == "too_short" and details["input"]:
            continue  # the list has items, and what is wrong in them is told
        # A union's branch stands in pydantic's path ("float", "Label"): it is no key of the file.
        place = _existing(document, base, details["loc"])
        line, column = document.mark(place)
        if details["type"] == "extra_forbidden":
            line, column = document.keys.get(place, (line, column))
        found.append(Problem(path, line, column, *words(details, _keys(model, details["loc"]))))
    return found


def _existing(document: YamlDocument, base: Path, loc: tuple[int | str, ...]) -> Path:
    place = base
    for step in loc:
        if (*place, step) in document.marks:
            place = (*place, step)
    return place


def _keys(model: type[BaseModel], loc: tuple[int | str, ...]) -> list[str]:
    """The keys that the record at `loc` may have."""
    current: Any = model
    for step in loc[:-1]:
        if isinstance(step, int):
            continue
        annotation = current.model_fields[step].annotation if step in getattr(current, "model_fields", {}) else None
        current = _model_in(annotation) or current
    return list(getattr(current, "model_fields", {}))


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    for argument in getattr(annotation, "__args__", ()):
        if found := _model_in(argument):
            return found
    return None
