"""Milestones: the timeline of the association."""

from __future__ import annotations

from itertools import groupby

from metropolis.components.registry import block
from metropolis.components.scope import Scope
from metropolis.data.models import Milestone
from metropolis.language.collation import folded
from metropolis.markup import Markup


def milestone_view(scope: Scope, milestone: Milestone) -> dict[str, object]:
    """The values of a milestone, with links to the members it names and those of its people."""
    records = scope.records
    people = [records.people[id] for id in milestone.people]
    members = dict.fromkeys(
        [*milestone.members, *(person.member for person in people if person.member)]
    )
    place = scope.label(milestone.place) if milestone.place else ""

    def is_there(member: str) -> bool:
        """Whether the place is this member, which is then named and linked only once."""
        return scope.label(records.members[member].name) == place

    words = [
        milestone.title,
        *filter(None, [milestone.place]),
        *(records.members[id].name for id in members),
    ]
    texts = [text for label in words for _, text in label.items()] + [
        person.name for person in people
    ]
    return {
        "id": milestone.id,
        "year": milestone.year,
        "kind": milestone.kind,
        "kind_name": scope.t(f"kind-{milestone.kind}"),
        "title": scope.label(milestone.title),
        "place": place,
        "place_href": next((scope.link(f"members/{id}/") for id in members if is_there(id)), ""),
        "href": scope.link(f"milestones/#{milestone.id}"),
        "search": " ".join(dict.fromkeys(map(folded, texts))),
        "links": [
            {"href": scope.link(f"members/{id}/"), "name": scope.label(records.members[id].name)}
            for id in members
            if not is_there(id)
        ]
        + [
            {
                "href": scope.link(f"initiatives/#{id}"),
                "name": scope.label(records.initiatives[id].name),
            }
            for id in milestone.initiatives
        ],
    }


@block({})
def timeline(scope: Scope) -> Markup:
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
