"""Milestones: the timeline of the association."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from metropolis.components.registry import block
from metropolis.components.scope import Scope
from metropolis.data.models import Milestone
from metropolis.language.collation import folded
from metropolis.markup import Markup


def _parts(title: str, addresses: Mapping[str, str]) -> tuple[list[dict[str, str]], list[str]]:
    """The title in parts, those that are names in `addresses` with their address, and the names
    that it does not contain. A name counts without its brackets: “Barcelone (ville)”."""
    found: list[tuple[int, int, str]] = []
    left = []
    for name, href in addresses.items():
        form = name if name in title else name.partition(" (")[0]
        start = title.find(form)
        if start < 0:
            left.append(name)
        elif all(start >= right or start + len(form) <= begin for begin, right, _ in found):
            found.append((start, start + len(form), href))
    parts: list[dict[str, str]] = []
    position = 0
    for start, end, href in sorted(found):
        parts.append({"text": title[position:start], "href": ""})
        parts.append({"text": title[start:end], "href": href})
        position = end
    return [*parts, {"text": title[position:], "href": ""}], left


def milestone_view(scope: Scope, milestone: Milestone) -> dict[str, object]:
    """The values of a milestone. What the title names is a link in it; other links follow."""
    records = scope.records
    people = [records.people[id] for id in milestone.people]
    of_people = (person.member for person in people if person.member)
    members = dict.fromkeys([*milestone.members, *of_people])
    place = scope.label(milestone.place)
    title = scope.label(milestone.title)
    addresses = {
        scope.label(records.initiatives[id].name): scope.link(f"initiatives/#{id}")
        for id in milestone.initiatives
    } | {scope.label(records.members[id].name): scope.link(f"members/{id}/") for id in members}
    parts, left = _parts(title, addresses)
    words = [milestone.title, *filter(None, [milestone.place])]
    words += [records.members[id].name for id in members]
    texts = [text for label in words for _, text in label.items()]
    texts += [*(person.name for person in people), str(milestone.year)]
    return {
        "id": milestone.id,
        "year": milestone.year,
        "kind": milestone.kind,
        "kind_name": scope.t(f"kind-{milestone.kind}"),
        "title": title,
        "parts": parts,
        "place": place if place not in title else "",
        "place_href": addresses.get(place, ""),
        "href": scope.link(f"milestones/#{milestone.id}"),
        "search": " ".join(dict.fromkeys(map(folded, texts))),
        "links": [{"href": addresses[name], "name": name} for name in left if name != place],
    }


@block({})
def timeline(scope: Scope) -> Markup:
    """`{{ timeline() }}` -> all milestones, year by year."""
    milestones = sorted(scope.records.milestones.values(), key=lambda milestone: milestone.year)
    by_year = groupby(milestones, key=lambda milestone: milestone.year)
    years = [
        {"year": year, "milestones": [milestone_view(scope, milestone) for milestone in group]}
        for year, group in by_year
    ]
    found = dict.fromkeys(milestone.kind for milestone in milestones)
    kinds = [{"id": kind, "name": scope.t(f"kind-{kind}")} for kind in found]
    return scope.draw("timeline", t=scope.t, plural=scope.plural, years=years, kinds=kinds)
