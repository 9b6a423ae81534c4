"""Indicators: a value in a sentence, pictures and a table of averages, an indicator's own page."""

from __future__ import annotations

from metropolis.components.averages_drawn import picture
from metropolis.components.dot_plots import dot_plot
from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.models import Indicator
from metropolis.language.numbers import format_number
from metropolis.markup import Markup


def indicator_view(scope: Scope, record: Indicator) -> dict[str, object]:
    reference = record.reference
    return {
        "id": record.id,
        "definition": scope.label(record.definition),
        "value": scope.quantity(record.value, record.unit, record.decimals),
        "number": format_number(record.value, scope.locale, record.decimals),
        "unit": scope.label(scope.records.units[record.unit].name),
        **scope.named(record.name, f"indicators/{record.id}/"),
        "source": scope.label(scope.records.sources[record.source].name),
        "note": scope.label(record.note),
        "reference": reference
        and {
            "value": scope.quantity(reference.value, record.unit),
            "label": scope.label(reference.label),
            "source": scope.label(scope.records.sources[reference.source].name),
        },
    }


@inline({"id": lambda records: records.indicators})
def indicator(scope: Scope, id: str) -> str:
    """`{{ indicator("air-quality") }}` -> `35,1 µg/m³`."""
    record = scope.records.indicators[id]
    return scope.quantity(record.value, record.unit, record.decimals)


@block({})
def indicators(scope: Scope) -> Markup:
    """`{{ indicators() }}` -> the table of the six averages."""
    rows = [indicator_view(scope, record) for record in scope.records.indicators.values()]
    return scope.draw("indicators", t=scope.t, rows=rows)


@block({"ids": lambda records: records.indicators})
def indicator_pictures(scope: Scope, *ids: str) -> Markup:
    """`{{ indicator_pictures("poverty", "air-quality") }}` -> averages, each in one picture."""
    drawn = [(id, picture(scope, scope.records.indicators[id])) for id in ids]
    items = [{"picture": one, "href": scope.link(f"indicators/{id}/")} for id, one in drawn if one]
    return scope.draw("indicator-pictures", items=items)


@block({"id": lambda records: records.indicators})
def indicator_profile(scope: Scope, id: str) -> Markup:
    """`{{ indicator_profile("air-quality") }}` -> the body of a generated page."""
    records = scope.records
    record = records.indicators[id]
    challenges = [records.challenges[one] for one in record.challenges]
    return scope.draw(
        "indicator-profile",
        t=scope.t,
        indicator=indicator_view(scope, record),
        picture=picture(scope, record),
        plot=dot_plot(scope, record),
        themes=[scope.named(records.themes[id].name, f"vision/#{id}") for id in record.themes],
        challenges=[scope.named(one.name, f"challenges/{one.id}/") for one in challenges],
        others=[
            indicator_view(scope, other) for other in records.indicators.values() if other.id != id
        ],
    )
