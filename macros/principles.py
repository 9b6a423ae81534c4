"""The five factors, the five guiding themes and the eight points of the call."""

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.markup import Markup


@inline({"id": lambda records: records.factors})
def factor(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ factor("inclusion", "inclusion") }}` -> a link to its section, in the wording given."""
    return scope.anchor(f"governance/#{id}", wording or scope.label(scope.records.factors[id].name))


@inline({"id": lambda records: records.themes})
def theme(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ theme("sustainability", "durabilité") }}` -> a link to its section, so worded."""
    return scope.anchor(f"vision/#{id}", wording or scope.label(scope.records.themes[id].name))


@block({})
def call_points(scope: Scope) -> Markup:
    """`{{ call_points() }}` -> the eight points of the call of May 2020."""
    records = scope.records.call_points.values()
    points = [{"id": point.id, "title": scope.label(point.title)} for point in records]
    return scope.draw("call-points", items=points)
