"""What the models declare on their fields: whose ids they are, which lists are tables."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, TypeVar, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from metropolis.data.fields import Rows, To

Declared = TypeVar("Declared", To, Rows)


@cache
def references_of(model: type[BaseModel]) -> dict[str, str]:
    """Field -> the kind of the records that its id, or its list of ids, names."""
    fields = model.model_fields.items()
    return {name: to.kind for name, field in fields for to in _declared(field, To)}


def rows_of(field: FieldInfo) -> Rows:
    """The table of the open data that a list inside a record becomes."""
    return next(_declared(field, Rows))


@cache
def inner_records(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """Field -> the model of its record, or of the records of its list."""
    found = {name: record_in(field.annotation) for name, field in model.model_fields.items()}
    return {name: inner for name, inner in found.items() if inner}


def record_in(annotation: Any) -> type[BaseModel] | None:
    """The first model in an annotation; None if there is none."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next(filter(None, map(record_in, get_args(annotation))), None)


def _declared(field: FieldInfo, kind: type[Declared]) -> Iterator[Declared]:
    yield from (one for one in field.metadata if isinstance(one, kind))
    yield from _inside(field.annotation, kind)


def _inside(annotation: Any, kind: type[Declared]) -> Iterator[Declared]:
    """The inner annotations: the branches of a union, the items of a list."""
    if get_origin(annotation) is Annotated:
        yield from (one for one in get_args(annotation)[1:] if isinstance(one, kind))
    for argument in get_args(annotation):
        yield from _inside(argument, kind)
