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
    Rows,
    Text,
    To,
    Variants,
    WebAddress,
    Year,
)


class Source(Record):
    """The source of a fact."""

    id: Id
    name: Label
    url: WebAddress | None = None
    licence: Text | None = None


class Contact(Record):
    """A way to reach the association; pages show it once it has an address."""

    id: Id
    name: Label
    address: ContactAddress | None = None


class Person(Record):
    """Somebody whom pages or milestones name."""

    id: Id
    name: Text
    role: Label | None = None
    member: Annotated[Id, To("members")] | None = None


class Region(Record):
    """A region of the United Nations' M49 standard."""

    id: Id
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


class Member(Record):
    """A member government, with its official name as printed in the plan. `government_language` is
    the language of that name, where it is known."""

    id: Id
    name: Label
    government: Text
    government_language: LanguageCode | None = None
    country: Annotated[CountryCode, To("countries")]
    coordinates: Coordinates
    note: Label | None = None


class Space(Record):
    """A metropolitan space that the Observatory measures, and the members that govern in it."""

    id: Id
    name: Label
    members: AtLeastOne[Annotated[Id, To("members")]]


class Unit(Record):
    """A unit of measurement."""

    id: Id
    name: Label
    symbol: Label


class KeyFigure(Record):
    """A figure that pages quote. It is typed (`value`) or counted from the records (`count`).
    `page` says more about it."""

    id: Id
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


class Indicator(Record):
    """An average of the Observatory, as the plan prints it."""

    id: Id
    name: Label
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


MilestoneKind = Literal["presidency", "initiative", "debate", "award", "event", "institution"]


class Milestone(Record):
    """An event of the association's years."""

    id: Id
    year: Year
    kind: MilestoneKind
    title: Label
    place: Label | None = None
    people: Many[Annotated[Id, To("people")]] = ()
    members: Many[Annotated[Id, To("members")]] = ()
    initiatives: Many[Annotated[Id, To("initiatives")]] = ()


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

    subthemes: Annotated[AtLeastOne[Subtheme], Rows("challenge-subthemes", "challenge")]


class Initiative(Factor):
    """One of the nine initiatives."""

    partners: Annotated[Many[Label], Rows("initiative-partners", "initiative")] = ()
    references: Many[Annotated[Id, To("references")]] = ()


class CallPoint(Record):
    """One of the eight points of the call to rethink metropolitan spaces."""

    id: Id
    title: Label


class KeyIdea(CallPoint):
    """A key idea of a line of action, and the axis of this line that takes it up."""

    gender: bool
    axis: Id


class Result(CallPoint):
    """A result of an axis."""

    gender: bool
    initiatives: Many[Annotated[Id, To("initiatives")]] = ()


class Axis(Record):
    """An axis of a line of action."""

    id: Id
    number: Annotated[int, Field(ge=1)]
    title: Label
    results: Annotated[AtLeastOne[Result], Rows("action-results", "axis")]


class ActionLine(Record):
    """A line of action; `short` is its title in navigation."""

    id: Id
    number: Annotated[int, Field(ge=1)]
    title: Label
    short: Label
    summary: Label
    key_ideas: Annotated[AtLeastOne[KeyIdea], Rows("action-key-ideas", "line")]
    axes: Annotated[AtLeastOne[Axis], Rows("action-axes", "line")]

    @model_validator(mode="after")
    def _ideas_have_axes(self) -> ActionLine:
        axes = [axis.id for axis in self.axes]
        wrong = next((idea.axis for idea in self.key_ideas if idea.axis not in axes), None)
        if wrong:
            raise PydanticCustomError("idea_axis", "axis", {"value": wrong, "axes": axes})
        return self


ReferenceKind = Literal[
    "call",
    "declaration",
    "report",
    "charter",
    "framework",
    "agenda",
    "agreement",
    "debate",
    "study",
]


class Reference(Record):
    """An entry of the bibliography. `title_language` is the language of the title that stands for a
    missing one: the labels of other languages that equal the label of this language are in it."""

    id: Id
    author: Label
    year: Year
    title: Label
    title_language: LanguageCode | None = None
    kind: ReferenceKind
    place: Label | None = None
    publisher: Label | None = None


class GlossaryEntry(Record):
    """A term in each language; `avoid` lists wrong variants by language."""

    id: Id
    term: Label
    definition: Label
    note: Label | None = None
    avoid: Variants = Field(default_factory=dict)


class Evaluation(Record):
    """An evaluation of the plan's results, scheduled by the plan; it has an `outcome` once that is
    published."""

    id: Id
    year: Year
    kind: Literal["yearly", "final"]
    outcome: Label | None = None
    url: WebAddress | None = None


class Audit(Record):
    """The latest run of an accessibility engine on all pages; `make audit` writes it. `runs`: how
    often it looked, in all settings of scheme and width; `faults`: the rules broken."""

    id: Id
    name: Text
    date: Date
    pages: Annotated[int, Field(ge=1)]
    runs: Annotated[int, Field(ge=1)]
    faults: Annotated[int, Field(ge=0)]


class FieldDescription(Record):
    """The description of a column of the open data. The id is the column's, or the table's and the
    column's."""

    id: Id
    description: Label


class EditionPart(Record):
    """A part of the book. `opening` comes before the numbered parts and has no number; annexes have
    letters."""

    kind: Literal["opening", "part", "annexes"] = "part"
    title: Label
    pages: AtLeastOne[PageSelector]


class Edition(Record):
    """A PDF for the Assembly: the whole book in `parts`, or a pack with some of its `pages`.
    `left_out` lists the pages that the book does not have, so that no page is left out by mistake.
    """

    id: Id
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
