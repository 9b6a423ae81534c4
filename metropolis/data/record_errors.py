"""Reports what is wrong with a record, once for each cause, at its place in the file."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError

from metropolis.data.fields import inner_records
from metropolis.data.messages import ErrorDetails, Setting, nearest, words_of_error
from metropolis.strict_yaml.bounds import Findings
from metropolis.strict_yaml.document import Path, YamlDocument

# "locales" are the languages that every label has; "drafts" those that it may have.
Languages = Mapping[str, tuple[str, ...]]


def report_errors(
    findings: Findings,
    file: YamlDocument,
    base: Path,
    error: ValidationError,
    model: type[BaseModel],
    languages: Languages,
) -> None:
    """Adds a problem for each cause; an error that only follows from another is none."""
    errors = error.errors(include_url=False)
    # A field that is empty because the lines below it are not indented: they are in its record.
    empty = {one["loc"][:-1]: one["loc"] for one in errors if one["input"] is None}
    strange = {one["loc"][:-1] for one in errors if one["type"] == "extra_forbidden"}
    for details in errors:
        record = details["loc"][:-1]
        if details["type"] == "too_short" and details["input"]:
            continue  # the list has items, and their errors are reported
        if details["type"] == "missing" and any(_is_meant(details, one) for one in errors):
            continue  # it is there, and misspelt
        if details["type"] == "extra_forbidden" and record in empty:
            continue
        # Pydantic's path also names the branch of a union ("float"), which is no key of the file.
        place = _existing(file, base, details["loc"])
        line, column = file.mark(place)
        if details["type"] == "extra_forbidden":
            line, column = file.keys.get(place, (line, column))
        if findings.is_full:
            findings.count(line, column)
            continue
        keys = _keys(model, details["loc"], details["type"])
        setting = Setting(keys, languages["locales"] + languages["drafts"])
        words = words_of_error(details, setting)
        if empty.get(record) == details["loc"] and record in strange:
            what = f"“{details['loc'][-1]}” is empty: the lines below it are not indented by more."
            words = what, "", "Indent them by two more spaces."
        findings.add(line, column, *words)


def _is_meant(missing: ErrorDetails, other: ErrorDetails) -> bool:
    """Whether the name of `other`, which its record does not know, is the one that is missing."""
    (*place, name), (*there, key) = missing["loc"], other["loc"]
    is_beside = other["type"] == "extra_forbidden" and place == there
    return is_beside and nearest(str(key), [str(name)]) != ""


def _existing(file: YamlDocument, base: Path, loc: tuple[int | str, ...]) -> Path:
    place = base
    for step in loc:
        if (*place, step) in file.marks:
            place = (*place, step)
    return place


def _keys(model: type[BaseModel], loc: tuple[int | str, ...], error_type: str) -> list[str]:
    """The keys of the invalid record, or of the record that has the invalid key."""
    current = model
    for step in loc if error_type == "model_type" else loc[:-1]:
        if isinstance(step, int):
            continue
        current = inner_records(current).get(step, current)
    return list(current.model_fields)
