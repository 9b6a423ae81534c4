"""Milestones: the association's years on one line."""

from __future__ import annotations

from itertools import groupby

from macros.registry import block
from macros.scope import Scope
from metropolis.data.models import Milestone


def milestone_view(scope: Scope, milestone: Milestone) -> dict[str, object]:
    """What a component shows of a milestone."""
    records = scope.records
    return {
        "id": milestone.id,
        "year": milestone.year,
        "kind": milestone.kind,
        "kind_name": scope.t(f"kind-{milestone.kind}"),
        "title": scope.label(milestone.title),
        "place": scope.label(milestone.place) if milestone.place else "",
        "href": scope.link(f"milestones/#{milestone.id}"),
        "links": [
            {"href": scope.link(f"members/{id}/"), "name": scope.label(records.members[id].name)}
            for id in milestone.members
        ]
        + [
            {"href": scope.link(f"initiatives/#{id}"), "name": scope.label(records.initiatives[id].name)}
            for id in milestone.initiatives
        ],
    }


@block({})
def timeline(scope: Scope) -> str:
    """`{{ timeline() }}` -> all milestones, year by year."""
    milestones = sorted(scope.records.milestones.values(), key=lambda milestone: milestone.year)
    years = [
        {"year": year, "milestones": [milestone_view(scope, milestone) for milestone in group]}
        for year, group in groupby(milestones, key=lambda milestone: milestone.year)
    ]
    kinds = [
        {"id": kind, "name": scope.t(f"kind-{kind}")}
        for kind in dict.fromkeys(milestone.kind for milestone in milestones)
    ]
    return scope.draw("timeline", t=scope.t, years=years, kinds=kinds)
