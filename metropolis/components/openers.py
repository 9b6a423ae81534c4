"""The parts around the heading of some page types. The frame draws them, not pages."""

from __future__ import annotations

from dataclasses import dataclass

from macros.action_plan import line_view
from macros.challenges import challenge_view
from macros.indicators import indicator
from metropolis.components.locator_map import locator_map
from metropolis.components.members_map import map_point, members_map
from metropolis.components.scope import Scope
from metropolis.language.countries import country_name
from metropolis.markup import Markup, finished


def opener(scope: Scope, name: str) -> Markup:
    """The opener of the page `name`; "" if it has none."""
    folder, _, stem = name.rpartition("/")
    if folder == "challenges" and stem in scope.records.challenges:
        view = challenge_view(scope, scope.records.challenges[stem])
        return scope.draw(
            "challenge-opener", t=scope.t, challenge=view, total=len(scope.records.challenges)
        )
    return finished("")


def head_figure(scope: Scope, name: str) -> Markup:
    """What goes with the heading: the world, a member's location, a line's stations; or ""."""
    if name == "index":
        return members_map(scope, has_link=True)
    folder, _, stem = name.rpartition("/")
    if folder == "action-plan" and stem in scope.records.action_lines:
        return scope.draw(
            "line-opener", t=scope.t, line=line_view(scope, scope.records.action_lines[stem])
        )
    if folder == "members" and stem in scope.records.members:
        return locator_map(scope, scope.records.members[stem])
    return finished("")


@dataclass(frozen=True)
class ShareFacts:
    """What a shared link's picture tells of the page beside its title: the place and the figure in
    words, the places on its map in map units, and the number of a line's stations."""

    place: str = ""
    figure: str = ""
    points: tuple[tuple[float, float], ...] = ()
    stations: int = 3


def share_facts(scope: Scope, name: str) -> ShareFacts:
    """Those of the page `name`."""
    folder, _, stem = name.rpartition("/")
    records = scope.records
    if folder == "members" and stem in records.members:
        member = records.members[stem]
        country = country_name(records.countries[member.country], scope.locale)
        return ShareFacts(country, points=(map_point(member),))
    if name in {"index", "members/index"}:
        return ShareFacts(points=tuple(map(map_point, records.members.values())))
    if folder == "indicators" and stem in records.indicators:
        return ShareFacts(figure=indicator(scope, stem))
    if folder == "action-plan" and stem in records.action_lines:
        return ShareFacts(stations=len(records.action_lines[stem].axes))
    if name == "milestones" and records.milestones:
        years = [one.year for one in records.milestones.values()]
        return ShareFacts(figure=scope.t("years", first=min(years), last=max(years)))
    return ShareFacts()
