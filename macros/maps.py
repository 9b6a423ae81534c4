"""The world map with the members on it, and a member's own place. Drawn for the frame and the directory."""

from __future__ import annotations

from macros.scope import Scope
from metropolis.data.models import Member
from metropolis.language.collation import sorted_by
from metropolis.maps.projection import HEIGHT, WIDTH, project

# The part of the map that is shown (map units): the oceans at both edges are left out.
_LEFT, _RIGHT = 100.0, 965.0
# A member's own map shows this much around it.
_WINDOW = 300.0


def _point(member: Member) -> tuple[float, float]:
    x, y = project(member.coordinates.longitude, member.coordinates.latitude)
    return round(x, 1), round(y, 1)


def members_map(scope: Scope, has_link: bool) -> str:
    """All members as points; the directory is its text alternative, to which the home page's map has a link."""
    members = sorted_by(scope.records.members.values(), lambda m: scope.label(m.name), scope.locale)
    return scope.draw(
        "members-map",
        t=scope.t,
        land=scope.land(),
        view=f"{_LEFT:g} 0 {_RIGHT - _LEFT:g} {HEIGHT:g}",
        size=(WIDTH, HEIGHT),
        points=[_point(member) for member in members],
        count=len(members),
        directory=scope.link("members/") if has_link else "",
    )


def locator_map(scope: Scope, member: Member) -> str:
    """One member in its surroundings, with the other members small."""
    x, y = _point(member)
    height = _WINDOW * 0.62
    left = min(max(x - _WINDOW / 2, 0), WIDTH - _WINDOW)
    top = min(max(y - height / 2, 0), HEIGHT - height)
    others = [_point(other) for other in scope.records.members.values() if other.id != member.id]
    return scope.draw(
        "locator-map",
        t=scope.t,
        land=scope.land(),
        view=f"{left:g} {top:g} {_WINDOW:g} {height:g}",
        size=(WIDTH, HEIGHT),
        here=(x, y),
        others=[
            (a, b) for a, b in others if left <= a <= left + _WINDOW and top <= b <= top + height and (a, b) != (x, y)
        ],
        name=scope.label(member.name),
    )
