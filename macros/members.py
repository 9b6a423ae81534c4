"""Members: a link, the directory, the regions, and a member's own page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from macros.milestones import milestone_view
from metropolis.components.dot_plots import ranks
from metropolis.components.locator_map import nearest_members
from metropolis.components.members_map import members_map
from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.models import Member
from metropolis.language.collation import first_of_each_letter, folded, sorted_by
from metropolis.language.countries import country_name
from metropolis.language.numbers import format_number
from metropolis.language.quantities import write_coordinates
from metropolis.markup import Markup


def _view(scope: Scope, member: Member) -> dict[str, object]:
    records = scope.records
    region = records.region_of(member)
    return {
        "id": member.id,
        **scope.named(member.name, f"members/{member.id}/"),
        "government": member.government,
        "lang": "" if member.government_language == scope.locale else member.government_language,
        "country": country_name(records.countries[member.country], scope.locale),
        "country_id": member.country,
        "region": scope.label(region.name),
        "region_id": region.id,
    }


def _words(scope: Scope, member: Member) -> str:
    """What the directory's filter finds a member by, beside the words that its row shows: its names
    and its country's in other languages, and the years of its milestones."""
    records = scope.records
    country = records.countries[member.country]
    region = records.region_of(member)
    others = [locale for locale in scope.languages if locale != scope.locale]
    texts = [
        text
        for one in others
        for text in (member.name[one], country_name(country, one), region.name[one])
    ]
    years = [str(milestone.year) for milestone in records.milestones_of_member(member.id)]
    return " ".join(dict.fromkeys(map(folded, [*texts, *years])))


def _nearest(scope: Scope, member: Member) -> list[dict[str, object]]:
    """The views of the nearest members, each with its distance in words."""
    return [
        {
            **_view(scope, other),
            "distance": scope.t("distance", km=format_number(far, scope.locale, 0))
            if far >= 1
            else scope.t("distance-small"),
        }
        for far, other in nearest_members(scope, member)
    ]


@inline({"id": lambda records: records.members})
def member(scope: Scope, id: str) -> Markup:
    """`{{ member("barcelone") }}` -> a link to the member's page, with its name."""
    return scope.anchor(f"members/{id}/", scope.label(scope.records.members[id].name))


@block({})
def members(scope: Scope) -> Markup:
    """`{{ members() }}` -> every member, its government, country and region."""
    ordered = scope.members_by_name(scope.records.members.values())
    rows = [{**_view(scope, member), "search": _words(scope, member)} for member in ordered]

    def choices(key: str, name: str) -> list[dict[str, object]]:
        names = {row[key]: row[name] for row in rows}
        counts = Counter(row[key] for row in rows)
        found = [{"id": id, "name": text, "count": counts[id]} for id, text in names.items()]
        return sorted_by(found, lambda choice: str(choice["name"]), scope.locale)

    first = first_of_each_letter(rows, lambda row: str(row["name"]), scope.locale)
    return scope.draw(
        "members",
        t=scope.t,
        plural=scope.plural,
        map=members_map(scope, has_link=False),
        letters=[(letter, row["id"]) for letter, row in first.items()],
        rows=rows,
        regions=choices("region_id", "region"),
        countries=choices("country_id", "country"),
    )


@block({})
def regions(scope: Scope) -> Markup:
    """`{{ regions() }}` -> members and countries counted by UN M49 region."""
    records = scope.records

    def counts(members: Collection[Member]) -> dict[str, object]:
        return {"members": len(members), "countries": len({one.country for one in members})}

    rows = [
        {"name": scope.label(region.name), **counts(records.members_of_region(region.id))}
        for region in records.regions.values()
    ]
    rows = sorted_by(rows, lambda row: str(row["name"]), scope.locale)
    return scope.draw("regions", t=scope.t, rows=rows, totals=counts(records.members.values()))


@block({"id": lambda records: records.members})
def member_profile(scope: Scope, id: str) -> Markup:
    """`{{ member_profile("barcelone") }}` -> the body of a generated page."""
    records = scope.records
    record = records.members[id]
    region = records.region_of(record)
    countrymen = records.members_of_country(record.country)

    def filtered(name: str, value: str) -> str:
        return scope.link("members/") + f"?{name}={value}#directory"

    return scope.draw(
        "member-profile",
        t=scope.t,
        member=_view(scope, record),
        coordinates=write_coordinates(
            records, record.coordinates.latitude, record.coordinates.longitude, scope.locale
        ),
        note=scope.label(record.note),
        milestones=[milestone_view(scope, m) for m in records.milestones_of_member(id)],
        ranks=ranks(scope, id),
        country={"count": len(countrymen), "href": filtered("country", record.country)},
        region={
            "count": len(records.members_of_region(region.id)),
            "href": filtered("region", region.id),
        },
        nearest=_nearest(scope, record),
        directory=scope.link("members/"),
    )
