"""The parts around the heading of some page types. The frame draws them, not pages."""

from __future__ import annotations

from macros.action_plan import line_view
from macros.challenges import challenge_view
from macros.indicators import indicator
from metropolis.components.locator_map import locator_map
from metropolis.components.members_map import members_map
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


def share_words(scope: Scope, name: str) -> tuple[str, str]:
    """What a shared link's picture tells of the page beside its title: (place, figure), or ""."""
    folder, _, stem = name.rpartition("/")
    records = scope.records
    if folder == "members" and stem in records.members:
        country = records.countries[records.members[stem].country]
        return country_name(country, scope.locale), ""
    if folder == "indicators" and stem in records.indicators:
        return "", indicator(scope, stem)
    return "", ""
