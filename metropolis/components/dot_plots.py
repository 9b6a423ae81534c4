"""The Observatory's values, if any: dot plots on indicators' pages, ranks on members' pages."""

from __future__ import annotations

import math
from collections.abc import Callable

from metropolis.components.scope import Scope
from metropolis.data.models import Indicator
from metropolis.data.observation_cells import SEXES, Sex
from metropolis.data.observations import Standing, write_value
from metropolis.language.collation import sorted_by
from metropolis.language.numbers import format_number


def place_name(scope: Scope, id: str) -> str:
    record = scope.records.spaces.get(id) or scope.records.members[id]
    return scope.label(record.name)


def scale_of(values: list[float]) -> tuple[float, float, float]:
    """(first, last, step) of a round scale; from zero, unless all values are far from it."""
    low, high = min(values), max(values)
    low, high = (min(low, 0.0), max(high, 0.0)) if low <= 0 or low < high / 2 else (low, high)
    rough = (high - low or abs(high) or 1) / 4
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9) * step, math.ceil(high / step - 1e-9) * step
    return first, max(last, first + step), step


def dot_plot(scope: Scope, indicator: Indicator) -> dict[str, object] | None:
    """The values for observations.html; None if there are none."""
    records = scope.records
    standings = records.standings_of_indicator(indicator.id)
    if not standings:
        return None
    reference = indicator.reference
    lines = [("average", indicator.value)]
    lines += [("reference-value", reference.value)] if reference else []
    values = [value for one in standings for value in one.values.values()]
    first, last, step = scale_of([*values, *(value for _, value in lines)])

    def at(value: float) -> float:
        return round(100 * (value - first) / (last - first), 2)

    # The same number of digits in a column: 85.0 below 84.8.
    digits = max(len(write_value(value).partition(".")[2]) for value in values)

    def written(value: float) -> str:
        return scope.quantity(value, indicator.unit, max(digits, indicator.decimals))

    ticks = [first + step * count for count in range(round((last - first) / step) + 1)]
    shown = [sex for sex in SEXES if any(sex in one.values for one in standings)]
    return {
        "sexes": [{"id": sex, "name": scope.t(f"sex-{sex}")} for sex in shown],
        "ticks": [
            {"at": at(tick), "label": format_number(round(tick, 6), scope.locale)} for tick in ticks
        ],
        "lines": [
            {
                "id": id,
                "name": scope.t(id),
                "value": scope.quantity(value, indicator.unit),
                "at": at(value),
            }
            for id, value in lines
        ],
        "rows": [_row(scope, one, shown, at, written) for one in _in_order(scope, standings)],
        "sources": sorted({scope.label(records.sources[one.source].name) for one in standings}),
    }


def _in_order(scope: Scope, standings: list[Standing]) -> list[Standing]:
    """From highest to lowest; equal values by name, in the language's order."""
    by_name = sorted_by(standings, lambda one: place_name(scope, one.place), scope.locale)
    return sorted(by_name, key=lambda one: one.rank or one.count + 1)


def _row(
    scope: Scope,
    one: Standing,
    shown: list[Sex],
    at: Callable[[float], float],
    written: Callable[[float], str],
) -> dict[str, object]:
    members = [
        scope.named(member.name, f"members/{member.id}/")
        for member in scope.records.members_of_place(one.place)
    ]
    is_member = one.place in scope.records.members
    return {
        "rank": format_number(one.rank, scope.locale) if one.rank else "",
        "name": place_name(scope, one.place),
        "href": members[0]["href"] if is_member else "",
        "members": [] if is_member else members,
        "year": one.year,
        "values": [
            {"id": sex, "value": written(one.values[sex]), "at": at(one.values[sex])}
            if sex in one.values
            else None
            for sex in shown
        ],
    }


def ranks(scope: Scope, member: str) -> list[dict[str, object]]:
    """A member's latest values: indicator, value, year, rank."""
    rows = []
    for one in scope.records.standings_of_member(member):
        indicator = scope.records.indicators[one.indicator]
        values = [
            (scope.t(f"sex-{sex}"), scope.quantity(one.values[sex], indicator.unit))
            for sex in SEXES
            if sex in one.values
        ]
        rank, count = (format_number(number, scope.locale) for number in (one.rank or 0, one.count))
        rows.append(
            {
                "indicator": scope.label(indicator.name),
                "href": scope.link(f"indicators/{indicator.id}/#values"),
                "space": "" if one.place == member else place_name(scope, one.place),
                "values": values,
                "year": one.year,
                "rank": scope.t("rank-of", rank=rank, count=count) if one.rank else "",
            }
        )
    return rows
