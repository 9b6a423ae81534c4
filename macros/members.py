"""Members: a link, the directory, the regions, and a member's own page."""

from __future__ import annotations

from macros.milestones import milestone_view
from macros.observations import ranks
from macros.registry import block, inline
from macros.scope import Scope
from metropolis.data.models import Member
from metropolis.language.collation import folded, sorted_by
from metropolis.language.countries import country_name
from metropolis.language.quantities import write_coordinates


def member_target(member: Member) -> str:
    """The address of a member's page in its language's folder."""
    return f"members/{member.id}/"


def _view(scope: Scope, member: Member) -> dict[str, object]:
    records = scope.records
    region = records.region_of(member)
    return {
        "id": member.id,
        "name": scope.label(member.name),
        "href": scope.link(member_target(member)),
        "government": member.government,
        "country": country_name(records.countries[member.country], scope.locale),
        "country_id": member.country,
        "region": scope.label(region.name),
        "region_id": region.id,
        "search": " ".join(
            dict.fromkeys(folded(text) for text in (*map(str, member.name.root.values()), member.government))
        ),
    }


def _sorted_views(scope: Scope, members: list[Member]) -> list[dict[str, object]]:
    ordered = sorted_by(members, lambda member: scope.label(member.name), scope.locale)
    return [_view(scope, member) for member in ordered]


@inline({"id": lambda records: records.members})
def member(scope: Scope, id: str) -> str:
    """`{{ member("barcelone") }}` -> a link to the member's page, with its name."""
    record = scope.records.members[id]
    return scope.anchor(member_target(record), scope.label(record.name))


@block({})
def members(scope: Scope) -> str:
    """`{{ members() }}` -> the directory: every member, its government, country and region."""
    rows = _sorted_views(scope, list(scope.records.members.values()))

    def choices(key: str, name: str) -> list[dict[str, object]]:
        names = {row[key]: row[name] for row in rows}
        found = [{"id": id, "name": text} for id, text in names.items()]
        return sorted_by(found, lambda choice: str(choice["name"]), scope.locale)

    return scope.draw(
        "members",
        t=scope.t,
        rows=rows,
        regions=choices("region_id", "region"),
        countries=choices("country_id", "country"),
    )


@block({})
def regions(scope: Scope) -> str:
    """`{{ regions() }}` -> members and countries counted by UN M49 region."""
    records = scope.records
    rows = []
    for region in records.regions.values():
        own = records.members_of_region(region.id)
        rows.append(
            {
                "name": scope.label(region.name),
                "members": len(own),
                "countries": len({m.country for m in own}),
            }
        )
    rows = sorted_by(rows, lambda row: str(row["name"]), scope.locale)
    totals = {
        "members": len(records.members),
        "countries": len({member.country for member in records.members.values()}),
    }
    return scope.draw("regions", t=scope.t, rows=rows, totals=totals)


@block({"id": lambda records: records.members})
def member_profile(scope: Scope, id: str) -> str:
    """`{{ member_profile("barcelone") }}` -> the body of a member's own page (generated, not written by hand)."""
    records = scope.records
    record = records.members[id]
    same_country = [m for m in records.members_of_country(record.country) if m.id != id]
    same_region = [m for m in records.members_of_region(records.region_of(record).id) if m.country != record.country]
    return scope.draw(
        "member-profile",
        t=scope.t,
        member=_view(scope, record),
        coordinates=write_coordinates(records, record.coordinates.latitude, record.coordinates.longitude, scope.locale),
        note=scope.label(record.note) if record.note else "",
        milestones=[milestone_view(scope, m) for m in records.milestones_of_member(id)],
        ranks=ranks(scope, id),
        same_country=_sorted_views(scope, same_country),
        same_region=_sorted_views(scope, same_region),
        directory=scope.link("members/"),
    )
