"""The records of data/: one model for each kind, strict and frozen. Errors become plain words in messages.py.

Each model names the checks that it can make alone; what needs other records is in crosscheck.py.
"""

from __future__ import annotations

import re
from collections.abc import ItemsView
from typing import Annotated, Any, Literal, TypeVar

from babel import Locale as BabelLocale
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, RootModel, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

COUNTRY_CODES = frozenset(str(code) for code in BabelLocale("en").territories if re.fullmatch("[A-Z]{2}", str(code)))


def _text(value: Any) -> Any:
    """Texts hold something, and no space at either end."""
    if isinstance(value, str):
        if not value.strip():
            raise PydanticCustomError("empty_text", "empty")
        if value != value.strip():
            raise PydanticCustomError("spaces_around", "spaces")
    return value


def _country(value: Any) -> Any:
    if isinstance(value, str) and value not in COUNTRY_CODES:
        raise PydanticCustomError("country_code", "country", {"value": value})
    return value


Text = Annotated[str, BeforeValidator(_text)]
Id = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
CountryCode = Annotated[str, BeforeValidator(_country)]
Item = TypeVar("Item")
# YAML has lists, records are frozen: here, and only here, a list may become a tuple.
Many = Annotated[tuple[Item, ...], Field(strict=False)]
AtLeastOne = Annotated[tuple[Item, ...], Field(strict=False, min_length=1)]
Year = Annotated[int, Field(ge=1900, le=2100)]


class Record(BaseModel):
    """Strict: no unknown key, no conversion between text and number."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class Label(RootModel[dict[str, Text]]):
    """A text in each of the project's languages: `label["fr"]`. All are required, no other is allowed."""

    model_config = ConfigDict(frozen=True, strict=True)

    @model_validator(mode="after")
    def _complete(self, info: ValidationInfo) -> Label:
        locales: tuple[str, ...] = (info.context or {}).get("locales", ())
        missing = [locale for locale in locales if locale not in self.root]
        unknown = [locale for locale in self.root if locales and locale not in locales]
        if missing:
            raise PydanticCustomError("missing_language", "language", {"missing": missing, "found": list(self.root)})
        if unknown:
            raise PydanticCustomError("unknown_language", "language", {"unknown": unknown, "locales": list(locales)})
        return self

    def __getitem__(self, locale: str) -> str:
        return self.root[locale]

    def items(self) -> ItemsView[str, str]:
        """(locale, text) for each language, in the order of the file."""
        return self.root.items()


class Source(Record):
    """Where a fact comes from."""

    id: Id
    name: Label
    url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    licence: Text | None = None


class Person(Record):
    """Somebody whom pages or milestones name."""

    id: Id
    name: Text
    role: Label | None = None
    member: Id | None = None


class Region(Record):
    """A region of the United Nations' M49 standard."""

    id: Id
    m49: Annotated[str, Field(pattern=r"^[0-9]{3}$")]
    name: Label


class Country(Record):
    """`name` only where the name of Unicode CLDR is not the one to use."""

    code: CountryCode
    region: Id
    name: Label | None = None
    note: Label | None = None

    @property
    def id(self) -> str:
        """Countries are found by their ISO 3166 code."""
        return self.code


class Coordinates(Record):
    """Decimal degrees, WGS 84. Source: GeoNames."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Member(Record):
    """A member government, its official name as printed in the plan."""

    id: Id
    name: Label
    government: Text
    country: CountryCode
    coordinates: Coordinates
    note: Label | None = None


class Unit(Record):
    """A unit of measurement."""

    id: Id
    name: Label
    symbol: Label


class KeyFigure(Record):
    """A figure that pages quote. It is typed (`value`) or counted from the records (`count`)."""

    id: Id
    value: float | None = None
    count: Literal["members", "countries", "regions", "milestones"] | None = None
    scale: Literal["million", "billion"] | None = None
    unit: Id | None = None
    qualifier: Literal["more-than", "nearly", "about"] | None = None
    label: Label
    source: Id
    as_of: Annotated[str, Field(pattern=r"^[0-9]{4}(-[0-9]{2}){0,2}$")] | None = None
    note: Label | None = None

    @model_validator(mode="after")
    def _value_or_count(self) -> KeyFigure:
        if (self.value is None) == (self.count is None):
            raise PydanticCustomError("value_or_count", "one of value, count")
        return self


class ReferenceValue(Record):
    """A value to compare an indicator with, in the indicator's unit."""

    value: float
    label: Label
    source: Id


class Indicator(Record):
    """An average of the Observatory, as the plan prints it."""

    id: Id
    name: Label
    definition: Label
    unit: Id
    value: float
    decimals: Annotated[int, Field(ge=0, le=4)]
    source: Id
    themes: Many[Id] = ()
    challenges: Many[Id] = ()
    by_sex: bool = False
    reference: ReferenceValue | None = None
    note: Label | None = None


MilestoneKind = Literal["presidency", "platform", "debate", "award", "event", "institution"]


class Milestone(Record):
    """An event of the association's years."""

    id: Id
    year: Year
    kind: MilestoneKind
    title: Label
    place: Label | None = None
    people: Many[Id] = ()
    members: Many[Id] = ()
    initiatives: Many[Id] = ()


class Factor(Record):
    """One of the five factors of #MetroGovernance."""

    id: Id
    name: Label
    summary: Label


class Theme(Factor):
    """One of the five guiding themes."""


class ResultKind(Factor):
    """One of the three kinds of result."""


class Subtheme(Factor):
    """A part of a challenge; `gender`: the plan names gender, women or girls in it."""

    gender: bool


class Challenge(Factor):
    """One of the four challenges."""

    subthemes: AtLeastOne[Subtheme]


class Initiative(Factor):
    """One of the nine initiatives."""

    partners: Many[Label] = ()
    references: Many[Id] = ()


class CallPoint(Record):
    """One of the eight points of the call to rethink metropolitan spaces."""

    id: Id
    title: Label


class KeyIdea(CallPoint):
    """A key idea of a line of action."""

    gender: bool


class Result(KeyIdea):
    """A result of an axis."""

    challenges: Many[Id] = ()


class Axis(Record):
    """An axis of a line of action."""

    id: Id
    number: Annotated[int, Field(ge=1)]
    title: Label
    results: AtLeastOne[Result]


class ActionLine(Record):
    """A line of action; `short` is its title in navigation."""

    id: Id
    number: Annotated[int, Field(ge=1)]
    title: Label
    short: Label
    summary: Label
    key_ideas: AtLeastOne[KeyIdea]
    axes: AtLeastOne[Axis]


class Reference(Record):
    """An entry of the bibliography."""

    id: Id
    author: Label
    year: Year
    title: Label
    kind: Literal["call", "declaration", "report", "charter", "framework", "agenda", "agreement", "debate", "study"]
    place: Label | None = None
    publisher: Label | None = None


class GlossaryEntry(Record):
    """A term in each language; `avoid` lists wrong variants by language."""

    id: Id
    term: Label
    definition: Label
    note: Label | None = None
    avoid: dict[str, Many[Text]] = {}
