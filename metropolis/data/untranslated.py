"""Labels without a text in a draft language: counted until the language is published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from metropolis.data.fields import Label
from metropolis.data.records import KINDS, STRINGS, Records


def untranslated_labels(records: Records, locale: str) -> dict[str, int]:
    """Data file -> how many of its labels lack `locale`; complete files are left out."""
    counted = {
        f"data/{name}.yml": sum(
            locale not in dict(label.items())
            for record in getattr(records, name.replace("-", "_")).values()
            for label in _labels(record)
        )
        for name in (*KINDS, STRINGS)
    }
    return {path: count for path, count in counted.items() if count}


def _labels(value: Any) -> Iterator[Label]:
    if isinstance(value, Label):
        yield value
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _labels(getattr(value, name))
    elif isinstance(value, tuple):
        for item in value:
            yield from _labels(item)
