"""What the models declare on their fields: which records a field's ids name, which lists are tables
of their own.

Read by the cross-check and by the open data; nothing else lists references.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from metropolis.data.fields import Rows, To

Declared = TypeVar("Declared", To, Rows)


@cache
def references(model: type[BaseModel]) -> dict[str, str]:
    """Field -> the kind of the records that its id, or its list of ids, names."""
    return {
        name: to.kind for name, field in model.model_fields.items() for to in _declared(field, To)
    }


def rows_of(field: FieldInfo) -> Rows:
    """The table that a list inside a record is in the open data."""
    return next(_declared(field, Rows))


@cache
def inner_records(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Field -> the model of the record, or of the list of records, that it holds."""
    found = {name: record_in(field.annotation) for name, field in model.model_fields.items()}
    return {name: inner for name, inner in found.items() if inner}


def record_in(annotation: Any) -> type[BaseModel] | None:
    """The first model that stands in an annotation; None where there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(
        (found for argument in get_args(annotation) if (found := record_in(argument))), None
    )


def _declared(field: FieldInfo, kind: type[Declared]) -> Iterator[Declared]:
    yield from (one for one in field.metadata if isinstance(one, kind))
    yield from _inside(field.annotation, kind)


def _inside(annotation: Any, kind: type[Declared]) -> Iterator[Declared]:
    """What stands deeper: in a union, or about the items of a list."""
    if get_origin(annotation) is Annotated:
        yield from (one for one in get_args(annotation)[1:] if isinstance(one, kind))
    for argument in get_args(annotation):
        yield from _inside(argument, kind)
