"""The five factors, the five guiding themes and the eight points of the call."""

from __future__ import annotations

from collections.abc import Iterable

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.models import Factor, Theme
from metropolis.markup import Markup


def _cards(scope: Scope, records: Iterable[Factor | Theme], page: str) -> list[dict[str, object]]:
    return [
        {
            "number": number,
            "id": record.id,
            "name": scope.label(record.name),
            "summary": scope.label(record.summary),
            "href": scope.link(f"{page}#{record.id}"),
        }
        for number, record in enumerate(records, start=1)
    ]


@inline({"id": lambda records: records.factors})
def factor(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ factor("inclusion", "inclusion") }}` -> a link to its section, in the wording given."""
    return scope.anchor(f"governance/#{id}", wording or scope.label(scope.records.factors[id].name))


@block({})
def factors(scope: Scope) -> Markup:
    """`{{ factors() }}` -> the five factors of #MetroGovernance, numbered."""
    return scope.draw(
        "cards", kind="factor", items=_cards(scope, scope.records.factors.values(), "governance/")
    )


@inline({"id": lambda records: records.themes})
def theme(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ theme("sustainability", "durabilité") }}` -> a link to its section, in the wording
    given."""
    return scope.anchor(f"vision/#{id}", wording or scope.label(scope.records.themes[id].name))


@block({})
def themes(scope: Scope) -> Markup:
    """`{{ themes() }}` -> the five guiding themes, numbered."""
    return scope.draw(
        "cards", kind="theme", items=_cards(scope, scope.records.themes.values(), "vision/")
    )


@block({})
def call_points(scope: Scope) -> Markup:
    """`{{ call_points() }}` -> the eight points of the call of May 2020."""
    points = [
        {"id": point.id, "title": scope.label(point.title)}
        for point in scope.records.call_points.values()
    ]
    return scope.draw("call-points", items=points)
