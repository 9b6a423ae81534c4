"""What the plan says, as records: themes, challenges, initiatives, lines of action, evaluations."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator
from pydantic_core import PydanticCustomError

from metropolis.data.fields import AtLeastOne, Id, Label, Many, Rows, To, WebAddress, Year
from metropolis.data.models import Identified, Named


class Factor(Named):
    """One of the five factors of #MetroGovernance."""

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


class CallPoint(Identified):
    """One of the eight points of the call to rethink metropolitan spaces."""

    title: Label


class KeyIdea(CallPoint):
    """A key idea of a line of action, and the axis of this line that takes it up."""

    gender: bool
    axis: Id


class Result(CallPoint):
    """A result of an axis."""

    gender: bool
    initiatives: Many[Annotated[Id, To("initiatives")]] = ()


class Axis(Identified):
    """An axis of a line of action."""

    number: Annotated[int, Field(ge=1)]
    title: Label
    results: Annotated[AtLeastOne[Result], Rows("action-results", "axis")]


class ActionLine(Identified):
    """A line of action; `short` is its title in navigation."""

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


class Evaluation(Identified):
    """An evaluation of the plan's results, scheduled by the plan; it has an `outcome` once that is
    published."""

    year: Year
    kind: Literal["yearly", "final"]
    outcome: Label | None = None
    url: WebAddress | None = None
