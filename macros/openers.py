"""What stands above or beside the heading of some page types. Drawn by the page's frame, not called by pages."""

from __future__ import annotations

from macros.action_plan import line_view
from macros.challenges import challenge_view
from macros.maps import locator_map, members_map
from macros.scope import Scope
from metropolis.markup import Markup, finished


def opener(scope: Scope, name: str) -> Markup:
    """The opener of the page `name`, "" for pages without one."""
    folder, _, stem = name.rpartition("/")
    if folder == "action-plan" and stem in scope.records.action_lines:
        return scope.draw("line-opener", t=scope.t, line=line_view(scope, scope.records.action_lines[stem]))
    if folder == "challenges" and stem in scope.records.challenges:
        view = challenge_view(scope, scope.records.challenges[stem])
        return scope.draw("challenge-opener", t=scope.t, challenge=view, total=len(scope.records.challenges))
    return finished("")


def head_figure(scope: Scope, name: str) -> Markup:
    """The map beside the heading: the world on home and directory, a member's place on its own page; else ""."""
    if name in ("index", "members/index"):
        return members_map(scope, has_link=name == "index")
    folder, _, stem = name.rpartition("/")
    if folder == "members" and stem in scope.records.members:
        return locator_map(scope, scope.records.members[stem])
    return finished("")
