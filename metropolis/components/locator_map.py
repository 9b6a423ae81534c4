"""The map of one member, with the names of the nearest ones. For members' pages."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from heapq import nsmallest
from math import asin, cos, dist, inf, radians, sin, sqrt

from metropolis.components.members_map import map_point
from metropolis.components.scope import Scope
from metropolis.data.models import Coordinates, Member
from metropolis.maps.names import Point, place_names
from metropolis.maps.projection import HEIGHT, WIDTH
from metropolis.markup import Markup

_NEAREST = 5
_EARTH = 6371.0088  # mean radius in kilometres (IUGG)
# The least and greatest width of the part of the world that is shown, in map units.
_NARROW, _WIDE = 60.0, 300.0
# The drawing's width and height: letters and points have the same size on all of them.
_SIZE = (300.0, 186.0)
_SHAPE = _SIZE[1] / _SIZE[0]
# The most other members that are drawn, nearest first: no member of the plan has as many.
_OTHERS = 80


@dataclass(frozen=True)
class _Window:
    """The part of the world that is shown: its corner and width in map units."""

    left: float
    top: float
    width: float

    @property
    def scale(self) -> float:
        return _SIZE[0] / self.width

    def holds(self, point: Point) -> bool:
        right, bottom = self.left + self.width, self.top + self.width * _SHAPE
        return self.left <= point[0] <= right and self.top <= point[1] <= bottom

    def drawn(self, point: Point) -> Point:
        x, y = (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale
        return round(x, 1), round(y, 1)


def distance(one: Coordinates, other: Coordinates) -> float:
    """Kilometres along the great circle (haversine)."""
    latitudes = radians(one.latitude), radians(other.latitude)
    north = sin((latitudes[1] - latitudes[0]) / 2)
    east = sin(radians(other.longitude - one.longitude) / 2)
    share = north * north + cos(latitudes[0]) * cos(latitudes[1]) * east * east
    return 2 * _EARTH * asin(min(1.0, sqrt(share)))


class NearestMembers:
    """Finds the nearest of some members. Only those of near latitudes are measured, so the cost
    hardly grows with their number; of these, the straight line through the Earth, which takes less
    than the distance, tells which are nearest."""

    def __init__(self, members: Iterable[Member]) -> None:
        self._from_south = sorted(members, key=lambda one: one.coordinates.latitude)
        self._latitudes = [one.coordinates.latitude for one in self._from_south]
        self._directions = [_direction(one.coordinates) for one in self._from_south]

    def of(self, member: Member, number: int) -> list[tuple[float, Member]]:
        """At most `number` members with their distance in kilometres, nearest first."""
        here = member.coordinates
        x, y, z = _direction(here)
        place = bisect_left(self._latitudes, here.latitude)
        reach = 6 * number
        while True:
            first, last = max(0, place - reach), place + reach
            near = nsmallest(
                number + 1,
                (
                    ((a - x) ** 2 + (b - y) ** 2 + (c - z) ** 2, self._from_south[at].id, at)
                    for at, (a, b, c) in enumerate(self._directions[first:last], first)
                ),
            )
            others = [self._from_south[at] for _, id, at in near if id != member.id]
            measured = sorted((distance(here, one.coordinates), one.id, one) for one in others)
            found = measured[:number]
            beyond = [*self._latitudes[first - 1 : first], *self._latitudes[last : last + 1]]
            farthest = found[-1][0] if len(found) == number else inf
            if all(radians(abs(one - here.latitude)) * _EARTH > farthest for one in beyond):
                return [(far, other) for far, _, other in found]
            reach *= 2


def _direction(place: Coordinates) -> tuple[float, float, float]:
    """From the middle of the Earth, of length 1."""
    latitude, longitude = radians(place.latitude), radians(place.longitude)
    return cos(latitude) * cos(longitude), cos(latitude) * sin(longitude), sin(latitude)


def nearest_members(scope: Scope, member: Member) -> list[tuple[float, Member]]:
    """The five nearest members with their distance in kilometres."""
    records = scope.records
    nearest = records.once("nearest-members", lambda: NearestMembers(records.members.values()))
    return records.once(("nearest", member.id), lambda: nearest.of(member, _NEAREST))


def locator_map(scope: Scope, member: Member) -> Markup:
    """A member and its surroundings, with the names of the nearest members; others are points."""
    here = map_point(member)
    close = [(map_point(one), scope.label(one.name)) for _, one in nearest_members(scope, member)]
    window = _window(here, [point for point, _ in close])
    name = scope.label(member.name)
    named = [(window.drawn(here), name)]
    named += [(window.drawn(point), text) for point, text in close if window.holds(point)]
    return scope.draw(
        "locator-map",
        t=scope.t,
        land=scope.land(),
        view="0 0 {:g} {:g}".format(*_SIZE),
        at=window.drawn((0, 0)),
        size=(round(WIDTH * window.scale, 1), round(HEIGHT * window.scale, 1)),
        here=window.drawn(here),
        others=[window.drawn(point) for point in _others(scope, here, window)],
        names=place_names(named, _SIZE),
        name=name,
    )


def _window(here: Point, close: list[Point]) -> _Window:
    """As large as the nearest members ask for, around the member, inside the world."""
    reach = [max(abs(x - here[0]), abs(y - here[1]) / _SHAPE) for x, y in close]
    width = min(max(2.4 * max(reach, default=0), _NARROW), _WIDE)
    left = min(max(here[0] - width / 2, 0), WIDTH - width)
    top = min(max(here[1] - width * _SHAPE / 2, 0), HEIGHT - width * _SHAPE)
    return _Window(left, top, width)


def _others(scope: Scope, here: Point, window: _Window) -> list[Point]:
    """The points of other members in the window, from west to east."""
    members = scope.records.members.values()
    points = scope.records.once("map-points", lambda: sorted(map(map_point, members)))
    start = bisect_left(points, (window.left, 0.0))
    end = bisect_right(points, (window.left + window.width, HEIGHT))
    inside = {point for point in points[start:end] if window.holds(point)} - {here}
    return sorted(nsmallest(_OTHERS, inside, key=lambda point: (dist(point, here), point)))
