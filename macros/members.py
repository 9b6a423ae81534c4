"""Members: a link, the directory, the regions, and a member's own page."""

from __future__ import annotations

from macros.milestones import milestone_view
from metropolis.components.dot_plots import ranks
from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.models import Member
from metropolis.language.collation import folded, sorted_by
from metropolis.language.countries import country_name
from metropolis.language.quantities import write_coordinates
from metropolis.markup import Markup

# The largest country and region of the plan have fewer, so their lists are complete.
NEIGHBOURS = 80


def member_target(member: Member) -> str:
    """The address of a member's page, relative to its language's folder."""
    return f"members/{member.id}/"


def _view(scope: Scope, member: Member) -> dict[str, object]:
    records = scope.records
    region = records.region_of(member)
    return {
        "id": member.id,
        **scope.named(member.name, member_target(member)),
        "government": member.government,
        "country": country_name(records.countries[member.country], scope.locale),
        "country_id": member.country,
        "region": scope.label(region.name),
        "region_id": region.id,
    }


def _words(member: Member) -> str:
    """The text by which the directory's filter finds a member."""
    texts = (*(text for _, text in member.name.items()), member.government)
    return " ".join(dict.fromkeys(map(folded, texts)))


def _others(
    scope: Scope,
    member: Member,
    group: tuple[str, str],
    members: list[Member],
    is_abroad: bool = False,
) -> list[dict[str, object]]:
    """The other members of a country or region (`is_abroad`: of other countries), in alphabetical
    order.

    At most NEIGHBOURS, namely those that follow in the alphabet: the cost of a page must not grow
    with the number of members. The order is computed once for all pages.
    """

    def make() -> tuple[list[Member], dict[str, int]]:
        ordered = scope.members_by_name(members)
        return ordered, {one.id: place for place, one in enumerate(ordered)}

    ordered, places = scope.records.once((*group, scope.locale), make)
    first = places[member.id] + 1
    found: list[Member] = []
    for step in range(min(len(ordered) - 1, 4 * NEIGHBOURS)):
        other = ordered[(first + step) % len(ordered)]
        if not is_abroad or other.country != member.country:
            found.append(other)
        if len(found) == NEIGHBOURS:
            break
    return [_view(scope, other) for other in sorted(found, key=lambda one: places[one.id])]


@inline({"id": lambda records: records.members})
def member(scope: Scope, id: str) -> Markup:
    """`{{ member("barcelone") }}` -> a link to the member's page, with its name."""
    record = scope.records.members[id]
    return scope.anchor(member_target(record), scope.label(record.name))


@block({})
def members(scope: Scope) -> Markup:
    """`{{ members() }}` -> every member, its government, country and region."""
    ordered = scope.members_by_name(scope.records.members.values())
    rows = [{**_view(scope, member), "search": _words(member)} for member in ordered]

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
def regions(scope: Scope) -> Markup:
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
def member_profile(scope: Scope, id: str) -> Markup:
    """`{{ member_profile("barcelone") }}` -> the body of a generated page."""
    records = scope.records
    record = records.members[id]
    region = records.region_of(record)
    same_country = _others(
        scope, record, ("country", record.country), records.members_of_country(record.country)
    )
    same_region = _others(
        scope, record, ("region", region.id), records.members_of_region(region.id), is_abroad=True
    )
    return scope.draw(
        "member-profile",
        t=scope.t,
        member=_view(scope, record),
        coordinates=write_coordinates(
            records, record.coordinates.latitude, record.coordinates.longitude, scope.locale
        ),
        note=scope.label(record.note) if record.note else "",
        milestones=[milestone_view(scope, m) for m in records.milestones_of_member(id)],
        ranks=ranks(scope, id),
        same_country=same_country,
        same_region=same_region,
        directory=scope.link("members/"),
    )
