"""The rank of a place among the others: the latest values of an indicator, in order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from metropolis.data.observation_cells import Sex
from metropolis.data.observations import Observation


@dataclass(frozen=True)
class Standing:
    """A place's values in the last year that has any. `rank` counts from the highest total; equal
    totals share one, and a place with values by sex only has None. `count`: how many have a rank.
    """

    indicator: str
    place: str
    year: int
    values: Mapping[Sex, float]
    source: str
    rank: int | None
    count: int

    @property
    def total(self) -> float | None:
        """The value for everybody."""
        return self.values.get("total")


def standings(observations: Iterable[Observation]) -> dict[str, list[Standing]]:
    """Indicator -> its places, from the highest total; those without one come last, by id."""
    latest: dict[tuple[str, str], list[Observation]] = {}
    for one in observations:
        kept = latest.setdefault((one.indicator, one.place), [one])
        if one.year > kept[0].year:
            latest[one.indicator, one.place] = [one]
        elif one.year == kept[0].year and one is not kept[0]:
            kept.append(one)
    found: dict[str, list[list[Observation]]] = {}
    for (indicator, _), group in latest.items():
        found.setdefault(indicator, []).append(group)
    return {indicator: _ranked(groups) for indicator, groups in found.items()}


def _ranked(groups: list[list[Observation]]) -> list[Standing]:
    everybody = [one.value for group in groups for one in group if one.sex == "total"]
    totals = sorted(everybody, reverse=True)
    # The first of equal totals gives them all their rank.
    ranks = {value: rank for rank, value in reversed(list(enumerate(totals, 1)))}
    placed = []
    for group in groups:
        one, values = group[0], {one.sex: one.value for one in group}
        rank = ranks[values["total"]] if "total" in values else None
        place = (one.indicator, one.place, one.year)
        placed.append(Standing(*place, values, one.source, rank, len(totals)))
    return sorted(placed, key=lambda one: (one.rank or len(totals) + 1, one.place))
