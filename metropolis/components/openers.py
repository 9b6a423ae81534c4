"""The parts above or beside the heading of some page types. The frame draws them, not pages."""

from __future__ import annotations

from macros.action_plan import line_view
from macros.challenges import challenge_view
from metropolis.components.locator_map import locator_map
from metropolis.components.members_map import members_map
from metropolis.components.scope import Scope
from metropolis.markup import Markup, finished


def opener(scope: Scope, name: str) -> Markup:
    """The opener of the page `name`; "" if it has none."""
    folder, _, stem = name.rpartition("/")
    if folder == "action-plan" and stem in scope.records.action_lines:
        return scope.draw(
            "line-opener", t=scope.t, line=line_view(scope, scope.records.action_lines[stem])
        )
    if folder == "challenges" and stem in scope.records.challenges:
        view = challenge_view(scope, scope.records.challenges[stem])
        return scope.draw(
            "challenge-opener", t=scope.t, challenge=view, total=len(scope.records.challenges)
        )
    return finished("")


def head_figure(scope: Scope, name: str) -> Markup:
    """The map beside the heading: the world at home, or a member's location; "" on other pages."""
    if name == "index":
        return members_map(scope, has_link=True)
    folder, _, stem = name.rpartition("/")
    if folder == "members" and stem in scope.records.members:
        return locator_map(scope, scope.records.members[stem])
    return finished("")
