"""The records of data/: one model for each kind, strict and frozen. messages.py words the errors.
Each model has the checks that need only the record itself; crosscheck.py has the others."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from metropolis.data.fields import (
    M49_CODE,
    AtLeastOne,
    ContactAddress,
    CountryCode,
    Date,
    Id,
    Label,
    LanguageCode,
    Many,
    PageAddress,
    PageSelector,
    Record,
    Text,
    To,
    Variants,
    WebAddress,
    Year,
)


class Identified(Record):
    """A record with an id of its own."""

    id: Id


class Named(Identified):
    """A record with a name in each language."""

    name: Label


class Source(Named):
    """The source of a fact."""

    url: WebAddress | None = None
    licence: Text | None = None


class Contact(Named):
    """A way to reach the association; pages show it once it has an address."""

    address: ContactAddress | None = None


class Person(Identified):
    """Somebody whom pages or milestones name."""

    name: Text
    role: Label | None = None
    member: Annotated[Id, To("members")] | None = None


class Region(Identified):
    """A region of the United Nations' M49 standard."""

    m49: Annotated[str, Field(pattern=M49_CODE)]
    name: Label


class Country(Record):
    """A country. `name` is given only if it differs from the name in Unicode CLDR."""

    code: CountryCode
    region: Annotated[Id, To("regions")]
    name: Label | None = None
    note: Label | None = None

    @property
    def id(self) -> str:
        """The ISO 3166 code identifies a country."""
        return self.code


class Coordinates(Record):
    """Decimal degrees, WGS 84. Source: GeoNames."""

    latitude: Annotated[float, Field(ge=-90, le=90)]
    longitude: Annotated[float, Field(ge=-180, le=180)]


class Member(Named):
    """A member government, with its official name as printed in the plan. `government_language` is
    the language of that name, where it is known."""

    government: Text
    government_language: LanguageCode | None = None
    country: Annotated[CountryCode, To("countries")]
    coordinates: Coordinates
    note: Label | None = None


class Space(Named):
    """A metropolitan space that the Observatory measures, and the members that govern in it."""

    members: AtLeastOne[Annotated[Id, To("members")]]


class Unit(Named):
    """A unit of measurement."""

    symbol: Label


class KeyFigure(Identified):
    """A figure that pages quote. It is typed (`value`) or counted from the records (`count`).
    `page` says more about it."""

    value: float | None = None
    count: Literal["members", "countries", "regions", "milestones"] | None = None
    scale: Literal["million", "billion"] | None = None
    unit: Annotated[Id, To("units")] | None = None
    qualifier: Literal["more-than", "nearly", "about"] | None = None
    label: Label
    source: Annotated[Id, To("sources")]
    as_of: Date | None = None
    page: PageAddress | None = None
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
    source: Annotated[Id, To("sources")]


class Indicator(Named):
    """An average of the Observatory, as the plan prints it."""

    definition: Label
    unit: Annotated[Id, To("units")]
    value: float
    decimals: Annotated[int, Field(ge=0, le=4)]
    source: Annotated[Id, To("sources")]
    themes: Many[Annotated[Id, To("themes")]] = ()
    challenges: Many[Annotated[Id, To("challenges")]] = ()
    by_sex: bool = False
    reference: ReferenceValue | None = None
    note: Label | None = None


class Milestone(Identified):
    """An event of the association's years."""

    year: Year
    kind: Literal["presidency", "initiative", "debate", "award", "event", "institution"]
    title: Label
    place: Label | None = None
    people: Many[Annotated[Id, To("people")]] = ()
    members: Many[Annotated[Id, To("members")]] = ()
    initiatives: Many[Annotated[Id, To("initiatives")]] = ()


class Reference(Identified):
    """An entry of the bibliography. `title_language` is the language of the title that stands for a
    missing one: the labels of other languages that equal the label of this language are in it."""

    author: Label
    year: Year
    title: Label
    title_language: LanguageCode | None = None
    kind: Literal[
        "call", "declaration", "report", "charter", "framework", "agenda", "agreement", "debate",
        "study",
    ]  # fmt: skip
    place: Label | None = None
    publisher: Label | None = None


class GlossaryEntry(Identified):
    """A term in each language; `avoid` lists wrong variants by language."""

    term: Label
    definition: Label
    note: Label | None = None
    avoid: Variants = Field(default_factory=dict)


class Audit(Identified):
    """The latest run of an accessibility engine on all pages; `make audit` writes it. `runs`: how
    often it looked, in all settings of scheme and width; `faults`: the rules broken."""

    name: Text
    date: Date
    pages: Annotated[int, Field(ge=1)]
    runs: Annotated[int, Field(ge=1)]
    faults: Annotated[int, Field(ge=0)]


class FieldDescription(Identified):
    """The description of a column of the open data. The id is the column's, or the table's and the
    column's."""

    description: Label


class EditionPart(Record):
    """A part of the book. `opening` comes before the numbered parts and has no number; annexes have
    letters."""

    kind: Literal["opening", "part", "annexes"] = "part"
    title: Label
    pages: AtLeastOne[PageSelector]


class Edition(Identified):
    """A PDF for the Assembly: the whole book in `parts`, or a pack with some of its `pages`.
    `left_out` lists the pages that the book does not have, so that no page is left out by
    mistake."""

    title: Label
    subtitle: Label
    size: Literal["a4", "letter"] = "a4"
    parts: Many[EditionPart] = ()
    pages: Many[PageSelector] = ()
    left_out: Many[PageSelector] = ()

    @model_validator(mode="after")
    def _has_pages(self) -> Edition:
        if bool(self.parts) == bool(self.pages):
            raise PydanticCustomError("edition_pages", "either parts or pages")
        return self
