"""The columns of a model's table, and the cells of a record. A translated text has a column for
each language (`name_fr`), a list is one cell with bars, a list of records a separate table."""

from __future__ import annotations

import re
import types
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel

from metropolis.data.fields import Label, Rows, rows_of
from metropolis.data.observations import write_value

# Nested records whose columns omit the field's name: `latitude`, not `coordinates_latitude`.
_UNNAMED = {"coordinates"}
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


@dataclass(frozen=True)
class Column:
    """`field` is its content, `locale` the language of its text, `path` its place in the record. A
    derived one is computed from others: a country's name from its code."""

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


def columns_of(
    model: type[BaseModel],
    locales: Sequence[str],
    path: tuple[str, ...] = (),
    prefix: str = "",
    is_required: bool = True,
) -> tuple[list[Column], list[Child]]:
    """The columns, and the fields that become tables. `path`, `prefix`: of a nested model."""
    columns: list[Column] = []
    children: list[Child] = []
    for name, field in model.model_fields.items():
        kind, is_optional = _bare(field.annotation)
        here, title = (*path, name), prefix + name
        needed = is_required and not is_optional and field.is_required()
        column = Column(title, title, path=here, is_required=needed)
        if kind is Label or get_origin(kind) is dict:  # a text, or variants, in each language
            column = replace(column, is_list=kind is not Label)
            columns += [
                replace(column, name=f"{title}_{code}", path=(*here, code), locale=code)
                for code in locales
            ]
        elif _is_model(kind):
            inner = prefix if name in _UNNAMED else f"{title}_"
            columns += columns_of(kind, locales, here, inner, needed)[0]
        elif get_origin(kind) is tuple:
            item, _ = _bare(get_args(kind)[0])
            if _is_model(item):
                children.append(Child(name, None if item is Label else item, rows_of(field)))
            else:
                columns.append(replace(column, is_list=True, is_required=False))
        elif get_origin(kind) is Literal:
            columns.append(replace(column, choices=get_args(kind)))
        else:
            patterns = (getattr(one, "pattern", None) for one in field.metadata)
            pattern = next(filter(None, patterns), "")
            columns.append(replace(column, type=_TYPES[kind], pattern=pattern))
    return columns, children


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _bare(annotation: Any) -> tuple[Any, bool]:
    """(the type itself, whether it may be None)."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in {Union, types.UnionType}:
        kinds = [one for one in get_args(annotation) if one is not type(None)]
        return _bare(kinds[0])[0], len(kinds) < len(get_args(annotation))
    return annotation, False


def cell(value: Any) -> str:
    """A value as the text of a cell; empty for None. A backslash escapes a bar inside an item."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return write_value(value)
    if isinstance(value, (list, tuple)):
        return "|".join(re.sub(r"([\\|])", r"\\\1", str(item)) for item in value)
    return str(value)


def cells(columns: Sequence[Column], record: Mapping[str, Any]) -> list[str]:
    """The cells of a dumped record, for its model's columns."""
    return [cell(_at(record, column.path)) for column in columns]


def _at(record: Any, path: Sequence[str]) -> Any:
    for step in path:
        record = None if record is None else record.get(step)
    return record
