"""All records, and values derived from them: counts, regions, a member's milestones."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar, get_args, get_type_hints

from metropolis.data import models as m
from metropolis.data import plan_models as p
from metropolis.data.fields import Label, Record
from metropolis.data.observations import Observation, Standing, standings
from metropolis.language.numbers import SCALES

STRINGS = "strings"
Kept = TypeVar("Kept")


@dataclass(frozen=True)
class Records:
    """Each kind as a mapping from id to record, in the order of its file."""

    sources: Mapping[str, m.Source]
    contacts: Mapping[str, m.Contact]
    people: Mapping[str, m.Person]
    regions: Mapping[str, m.Region]
    countries: Mapping[str, m.Country]
    members: Mapping[str, m.Member]
    spaces: Mapping[str, m.Space]
    units: Mapping[str, m.Unit]
    key_figures: Mapping[str, m.KeyFigure]
    indicators: Mapping[str, m.Indicator]
    milestones: Mapping[str, m.Milestone]
    factors: Mapping[str, p.Factor]
    themes: Mapping[str, p.Theme]
    challenges: Mapping[str, p.Challenge]
    initiatives: Mapping[str, p.Initiative]
    call_points: Mapping[str, p.CallPoint]
    result_kinds: Mapping[str, p.ResultKind]
    action_lines: Mapping[str, p.ActionLine]
    references: Mapping[str, m.Reference]
    glossary: Mapping[str, m.GlossaryEntry]
    evaluations: Mapping[str, p.Evaluation]
    editions: Mapping[str, m.Edition]
    audits: Mapping[str, m.Audit]
    fields: Mapping[str, m.FieldDescription]
    strings: Mapping[str, Label]
    observations: tuple[Observation, ...] = ()
    _kept: dict[Any, Any] = field(init=False, default_factory=dict, compare=False, repr=False)

    def once(self, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """The value of `make`, computed once: a page's cost must not grow with the members."""
        if key not in self._kept:
            self._kept[key] = make()
        kept: Kept = self._kept[key]
        return kept

    def of_kind(self, kind: str) -> Mapping[str, Any]:
        """The records of a file: `kind` is its name, data/<kind>.yml."""
        found: Mapping[str, Any] = getattr(self, kind.replace("-", "_"))
        return found

    def region_of(self, member: m.Member) -> m.Region:
        return self.regions[self.countries[member.country].region]

    def members_of_country(self, code: str) -> list[m.Member]:
        """The members in a country, by ISO 3166 code."""
        pairs = ((one.country, one) for one in self.members.values())
        return self.once("members of country", lambda: _grouped(pairs)).get(code, [])

    def members_of_region(self, id: str) -> list[m.Member]:
        pairs = ((self.region_of(one).id, one) for one in self.members.values())
        return self.once("members of region", lambda: _grouped(pairs)).get(id, [])

    def milestones_of_member(self, id: str) -> list[m.Milestone]:
        """The milestones that name a member, in the order of the file."""
        pairs = ((id, one) for one in self.milestones.values() for id in one.members)
        return self.once("milestones of member", lambda: _grouped(pairs)).get(id, [])

    def figure_value(self, figure: m.KeyFigure) -> float:
        """The figure in full: 608 with scale "million" is 608000000. With `count` it is counted."""
        if figure.count == "countries":
            return len({member.country for member in self.members.values()})
        if figure.count:
            return len(getattr(self, figure.count))
        value = figure.value or 0
        # Rounded: 1.8 thousand million must not show the tail of a binary fraction.
        return round(value * SCALES[figure.scale]) if figure.scale else value

    def standings_of_indicator(self, id: str) -> list[Standing]:
        """The latest values of an indicator for each place, from the highest."""
        return self.once("standings", lambda: standings(self.observations)).get(id, [])

    def standings_of_member(self, id: str) -> list[Standing]:
        """The latest values of a member, and of the metropolitan spaces that it is part of."""
        pairs = (
            (member.id, standing)
            for indicator in self.indicators
            for standing in self.standings_of_indicator(indicator)
            for member in self.members_of_place(standing.place)
        )
        return self.once("standings of member", lambda: _grouped(pairs)).get(id, [])

    def members_of_place(self, id: str) -> list[m.Member]:
        """The members that the place of an observation stands for."""
        ids = self.spaces[id].members if id in self.spaces else (id,)
        return [self.members[one] for one in ids]


def _grouped(pairs: Iterable[tuple[str, Kept]]) -> dict[str, list[Kept]]:
    found: dict[str, list[Kept]] = {}
    for id, one in pairs:
        found.setdefault(id, []).append(one)
    return found


def _kinds() -> Iterator[tuple[str, type[Record]]]:
    for name, annotation in get_type_hints(Records).items():
        model = get_args(annotation)[-1:]
        if model and isinstance(model[0], type) and issubclass(model[0], Record):
            yield name.replace("_", "-"), model[0]


# File name (data/<name>.yml) -> model of its records. strings.yml, a mapping of labels, has none.
KINDS = dict(_kinds())
