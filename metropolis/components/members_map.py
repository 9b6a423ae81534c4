"""The world map with all members. For the home page and the directory."""

from __future__ import annotations

from typing import Any

from metropolis.components.scope import Scope
from metropolis.data.models import Member
from metropolis.maps.projection import HEIGHT, WIDTH, to_map
from metropolis.markup import Markup

# The visible part of the map (map units), without the oceans at both edges.
_LEFT, _RIGHT = 100.0, 965.0
# Larger maps of crowded regions: key of the name, west, south, east, north (degrees).
_INSETS = (
    ("inset-east-asia", 104.0, 21.0, 131.0, 42.0),
    ("inset-south-east-asia", 95.0, -9.5, 124.0, 15.0),
    ("inset-west-asia", 27.0, 24.0, 62.0, 42.0),
    ("inset-europe", -10.0, 35.0, 30.0, 60.0),
    ("inset-south-america", -64.0, -37.0, -38.0, -14.0),
)
_POINT = 4.2
_SHAPE = 0.75  # height of an inset, as a share of its width


def map_point(member: Member) -> tuple[float, float]:
    """A member's place in map units."""
    x, y = to_map(member.coordinates.longitude, member.coordinates.latitude)
    return round(x, 1), round(y, 1)


def _places(scope: Scope, members: list[Member]) -> list[dict[str, Any]]:
    """Each member's point with name and page; points at the same place are put side by side."""
    seen: dict[tuple[float, float], int] = {}
    places = []
    for member in members:
        x, y = map_point(member)
        beside = seen.get((x, y), 0)
        seen[x, y] = beside + 1
        name = scope.named(member.name, f"members/{member.id}/")
        places.append({"x": x, "y": y, "beside": beside, **name})
    return places


def members_map(scope: Scope, has_link: bool) -> Markup:
    """All members as points. On the home page, the map is a picture that links to the directory.
    There each point links to its member; without scripts, crowded regions have separate maps."""
    members = scope.members_by_name(scope.records.members.values())
    places = _places(scope, members)
    return scope.draw(
        "members-map",
        t=scope.t,
        plural=scope.plural,
        land=scope.land(),
        view=f"{_LEFT:g} 0 {_RIGHT - _LEFT:g} {HEIGHT:g}",
        size=(WIDTH, HEIGHT),
        points=places,
        radius=_POINT if has_link else 3.4,
        insets=[] if has_link else [_inset(scope, places, inset) for inset in _INSETS],
        count=len(members),
        directory=scope.link("members/") if has_link else "",
    )


def _inset(
    scope: Scope, places: list[dict[str, Any]], inset: tuple[str, float, float, float, float]
) -> dict[str, Any]:
    name, west, south, east, north = inset
    corners = [to_map(x, y) for x in (west, east) for y in (south, north)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    top, bottom = min(y for _, y in corners), max(y for _, y in corners)
    width = max(right - left, (bottom - top) / _SHAPE)
    left, top = (left + right - width) / 2, (top + bottom - width * _SHAPE) / 2
    inside = [
        place
        for place in places
        if left <= place["x"] <= left + width and top <= place["y"] <= top + width * _SHAPE
    ]
    return {
        "name": scope.t(name),
        "box": [round(one, 1) for one in (left, top, width, width * _SHAPE)],
        "radius": round(width * 0.014, 2),
        "points": inside,
    }
