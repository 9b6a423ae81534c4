"""Indicators: a value in a sentence, the table of the six averages, and an indicator's own page."""

from __future__ import annotations

from macros.challenges import challenge_link
from metropolis.components.dot_plots import dot_plot
from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.models import Indicator
from metropolis.language.numbers import format_number
from metropolis.markup import Markup


def indicator_view(scope: Scope, record: Indicator) -> dict[str, object]:
    """The values of an indicator for a component."""
    reference = record.reference
    return {
        "id": record.id,
        "definition": scope.label(record.definition),
        "value": scope.quantity(record.value, record.unit, record.decimals),
        "number": format_number(record.value, scope.locale, record.decimals),
        "unit": scope.label(scope.records.units[record.unit].name),
        **scope.named(record.name, f"indicators/{record.id}/"),
        "source": scope.label(scope.records.sources[record.source].name),
        "note": scope.label(record.note) if record.note else "",
        "reference": reference
        and {
            "value": scope.quantity(reference.value, record.unit),
            "label": scope.label(reference.label),
            "source": scope.label(scope.records.sources[reference.source].name),
        },
    }


def bars(scope: Scope, record: Indicator) -> list[dict[str, object]]:
    """The bars for a single average: a share of a hundred, or a value next to its reference.

    Bars begin at zero. An average without either has no scale, and gets no drawing.
    """

    def bar(label: str, value: float, full: float) -> dict[str, object]:
        share = round(100 * value / full, 2)
        return {"label": label, "value": scope.quantity(value, record.unit), "share": share}

    reference = record.reference
    if reference:
        full = max(record.value, reference.value)
        return [
            bar(scope.t("average"), record.value, full),
            bar(scope.t("reference-value"), reference.value, full),
        ]
    return [bar(scope.t("average"), record.value, 100)] if record.unit == "percent" else []


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


@block({"id": lambda records: records.indicators})
def indicator_profile(scope: Scope, id: str) -> Markup:
    """`{{ indicator_profile("air-quality") }}` -> the body of a generated page."""
    records = scope.records
    record = records.indicators[id]
    return scope.draw(
        "indicator-profile",
        t=scope.t,
        indicator=indicator_view(scope, record),
        bars=bars(scope, record),
        plot=dot_plot(scope, record),
        themes=[scope.named(records.themes[id].name, f"vision/#{id}") for id in record.themes],
        challenges=[challenge_link(scope, records.challenges[id]) for id in record.challenges],
        others=[
            indicator_view(scope, other) for other in records.indicators.values() if other.id != id
        ],
        directory=scope.link("indicators/"),
    )
