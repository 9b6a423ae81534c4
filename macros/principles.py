"""Parts of the plan that are sections of a page: the factors, the guiding themes, the initiatives,
the points of the call; and summaries, whose text is only in the data."""

from __future__ import annotations

from collections.abc import Mapping

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.plan_models import ActionLine, Factor
from metropolis.data.records import Records
from metropolis.markup import Markup, element


def _with_summary(records: Records) -> Mapping[str, Mapping[str, Factor | ActionLine]]:
    """The records that have a summary, by kind and id."""
    challenges = records.challenges.values()
    return {
        "action-lines": records.action_lines,
        "challenges": records.challenges,
        "factors": records.factors,
        "initiatives": records.initiatives,
        "result-kinds": records.result_kinds,
        "subthemes": {part.id: part for whole in challenges for part in whole.subthemes},
        "themes": records.themes,
    }


@block({"kind": _with_summary}, {"id": _with_summary})
def summary(scope: Scope, kind: str, id: str) -> Markup:
    """`{{ summary("factors", "inclusion") }}` -> the record's summary, as a paragraph."""
    text = scope.label(_with_summary(scope.records)[kind][id].summary)
    return element("p", text, class_="summary")


@inline({"id": lambda records: records.factors})
def factor(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ factor("inclusion", "inclusion") }}` -> a link to its section, in the wording given."""
    return scope.anchor(f"governance/#{id}", wording or scope.label(scope.records.factors[id].name))


@inline({"id": lambda records: records.themes})
def theme(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ theme("sustainability", "durabilité") }}` -> a link to its section, so worded."""
    return scope.anchor(f"vision/#{id}", wording or scope.label(scope.records.themes[id].name))


@inline({"id": lambda records: records.initiatives})
def initiative(scope: Scope, id: str) -> Markup:
    """`{{ initiative("use") }}` -> a link to the initiative's section."""
    return scope.anchor(f"initiatives/#{id}", scope.label(scope.records.initiatives[id].name))


@block({})
def call_points(scope: Scope) -> Markup:
    """`{{ call_points() }}` -> the eight points of the call of May 2020."""
    records = scope.records.call_points.values()
    points = [{"id": point.id, "title": scope.label(point.title)} for point in records]
    return scope.draw("call-points", items=points)
