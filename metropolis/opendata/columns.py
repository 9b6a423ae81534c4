"""Turns a record into a row and back: the columns of a model, in the order of its fields.

A translated text has a column for each language (`name_fr`). A list is one cell, separated by bars.
A list of records is a separate table (tables.py). The tests use the way back to check that nothing
is lost.
"""

from __future__ import annotations

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from metropolis.data.fields import Label, Rows
from metropolis.data.observations import write_value
from metropolis.data.references import rows_of
from metropolis.opendata.guard import unguarded

# Nested records whose columns omit the field's name: `latitude`, not `coordinates_latitude`.
_UNNAMED = {"coordinates"}
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
_BAR = "|"


@dataclass(frozen=True)
class Column:
    """`field` is its content, `locale` the language of its text, `path` its place in the record.

    A derived column is computed from others (a country's name from its code). The way back ignores
    it.
    """

    name: str
    field: str
    type: str = "string"
    path: tuple[str, ...] = ()
    locale: str = ""
    is_list: bool = False
    is_required: bool = False
    is_derived: bool = False
    choices: tuple[str, ...] = ()
    pattern: str = ""


@dataclass(frozen=True)
class Child:
    """A field whose items are rows of another table: records, or labels (`model` None)."""

    field: str
    model: type[BaseModel] | None
    rows: Rows


def columns_of(model: type[BaseModel], locales: Sequence[str]) -> tuple[list[Column], list[Child]]:
    """The columns of a model's fields, and the fields that become separate tables."""
    return _columns(model, locales, (), "", True)


def _columns(
    model: type[BaseModel],
    locales: Sequence[str],
    path: tuple[str, ...],
    prefix: str,
    is_required: bool,
) -> tuple[list[Column], list[Child]]:
    columns: list[Column] = []
    children: list[Child] = []
    for name, field in model.model_fields.items():
        kind, is_optional = _bare(field.annotation)
        here, title = (*path, name), prefix + name
        needed = is_required and not is_optional and field.is_required()
        if kind is Label:
            columns += [
                Column(
                    f"{title}_{code}", title, path=(*here, code), locale=code, is_required=needed
                )
                for code in locales
            ]
        elif isinstance(kind, type) and issubclass(kind, BaseModel):
            inner = prefix if name in _UNNAMED else f"{title}_"
            columns += _columns(kind, locales, here, inner, needed)[0]
        elif get_origin(kind) is dict:  # variants by language
            columns += [
                Column(f"{title}_{code}", title, path=(*here, code), locale=code, is_list=True)
                for code in locales
            ]
        elif get_origin(kind) is tuple:
            item, _ = _bare(get_args(kind)[0])
            if isinstance(item, type) and issubclass(item, BaseModel):
                children.append(Child(name, None if item is Label else item, rows_of(field)))
            else:
                columns.append(Column(title, title, path=here, is_list=True))
        elif get_origin(kind) is Literal:
            columns.append(
                Column(title, title, path=here, is_required=needed, choices=get_args(kind))
            )
        else:
            pattern = next(
                (one.pattern for one in field.metadata if getattr(one, "pattern", None)), ""
            )
            columns.append(
                Column(title, title, _TYPES[kind], here, is_required=needed, pattern=pattern)
            )
    return columns, children


def _bare(annotation: Any) -> tuple[Any, bool]:
    """(the type itself, whether it may be None)."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        kinds = [one for one in get_args(annotation) if one is not type(None)]
        return _bare(kinds[0])[0], len(kinds) < len(get_args(annotation))
    return annotation, False


def cell(value: Any) -> str:
    """A value as the text of a cell; empty for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return write_value(value)
    if isinstance(value, (list, tuple)):
        return _BAR.join(re.sub(r"([\\|])", r"\\\1", str(item)) for item in value)
    return str(value)


def cells(columns: Sequence[Column], record: Mapping[str, Any]) -> list[str]:
    """The cells of a dumped record, for its model's columns."""
    return [cell(_at(record, column.path)) for column in columns]


def record_of(columns: Sequence[Column], row: Mapping[str, str]) -> dict[str, Any]:
    """The input for the model from a row of a published CSV, without child tables."""
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
        return _parts(text)
    if column.type == "integer":
        return int(text)
    if column.type == "number":
        return float(text)
    return text == "true" if column.type == "boolean" else text


def _parts(text: str) -> list[str]:
    """The items of a list. Inside an item, a backslash escapes bars and backslashes."""
    items = [""]
    is_escaped = False
    for character in text:
        if is_escaped:
            items[-1] += character
            is_escaped = False
        elif character == "\\":
            is_escaped = True
        elif character == _BAR:
            items.append("")
        else:
            items[-1] += character
    return items


def _at(record: Any, path: Sequence[str]) -> Any:
    for step in path:
        if record is None:
            return None
        record = record.get(step)
    return record
