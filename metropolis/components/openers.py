"""The parts around the heading of some page types. The frame draws them, not pages."""

from __future__ import annotations

from dataclasses import replace

from macros.action_plan import line_view
from macros.challenges import challenge_view
from macros.indicators import indicator
from metropolis.components.locator_map import locator_map
from metropolis.components.members_map import map_point, members_map
from metropolis.components.scope import Scope
from metropolis.language.countries import country_name
from metropolis.markup import Markup, finished
from metropolis.web.frame import page_line
from metropolis.web.social_cards import Picture


def opener(scope: Scope, name: str) -> Markup:
    """The opener of the page `name`; "" if it has none."""
    folder, _, stem = name.rpartition("/")
    if folder == "challenges" and stem in scope.records.challenges:
        view = challenge_view(scope, scope.records.challenges[stem])
        return scope.draw("challenge-opener", t=scope.t, challenge=view)
    return finished("")


def head_figure(scope: Scope, name: str) -> Markup:
    """What goes with the heading: the world, a member's location, a line's stations; or ""."""
    if name == "index":
        return members_map(scope, has_link=True)
    folder, _, stem = name.rpartition("/")
    if folder == "action-plan" and stem in scope.records.action_lines:
        line = line_view(scope, scope.records.action_lines[stem])
        return scope.draw("line-opener", line=line)
    if folder == "members" and stem in scope.records.members:
        return locator_map(scope, scope.records.members[stem])
    return finished("")


def social_card(scope: Scope, path: str, name: str, title: str, part: str) -> Picture:
    """The picture of a link to the page `name`; `path` is its address, `part` the page's section.
    What it shows beside the title depends on the kind of page."""
    folder, _, stem = name.rpartition("/")
    records = scope.records
    picture = Picture(path, title, part, page_line(name))
    if folder == "members" and stem in records.members:
        member = records.members[stem]
        country = country_name(records.countries[member.country], scope.locale)
        place = " · ".join(one for one in (part, country) if one)
        return replace(picture, part=place, points=(map_point(member),))
    if name in {"index", "members/index"}:
        return replace(picture, points=tuple(map(map_point, records.members.values())))
    if folder == "indicators" and stem in records.indicators:
        return replace(picture, fact=indicator(scope, stem))
    if folder == "action-plan" and stem in records.action_lines:
        return replace(picture, stations=len(records.action_lines[stem].axes))
    if name == "milestones" and records.milestones:
        years = [one.year for one in records.milestones.values()]
        return replace(picture, fact=scope.t("years", first=min(years), last=max(years)))
    return picture
