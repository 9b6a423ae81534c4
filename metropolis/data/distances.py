"""How far members are from each other over the globe, and which are nearest. For members' pages."""

from bisect import insort
from collections.abc import Sequence
from heapq import merge
from math import asin, cos, radians, sin, sqrt

from metropolis.data.models import Coordinates, Member

_EARTH = 6371.0088  # mean radius in kilometres (IUGG)


def distance(one: Coordinates, other: Coordinates) -> float:
    """Kilometres along the great circle (haversine)."""
    latitudes = radians(one.latitude), radians(other.latitude)
    north = sin((latitudes[1] - latitudes[0]) / 2)
    east = sin(radians(other.longitude - one.longitude) / 2)
    share = north * north + cos(latitudes[0]) * cos(latitudes[1]) * east * east
    return 2 * _EARTH * asin(min(1.0, sqrt(share)))


def find_nearest(
    member: Member, from_south: Sequence[Member], number: int
) -> list[tuple[float, Member]]:
    """At most `number` members with their distance in kilometres, nearest first. `from_south` is in
    the order of latitude: only latitudes that can be near enough are measured, so that the cost of
    a page does not grow with the number of members."""

    def gap(other: Member) -> float:
        return abs(other.coordinates.latitude - member.coordinates.latitude)

    north = [one for one in from_south if one.coordinates.latitude >= member.coordinates.latitude]
    south = from_south[: len(from_south) - len(north)]
    found: list[tuple[float, str, Member]] = []
    for other in merge(reversed(south), north, key=gap):
        if len(found) == number and radians(gap(other)) * _EARTH > found[-1][0]:
            break
        if other.id != member.id:
            far = distance(member.coordinates, other.coordinates)
            insort(found, (far, other.id, other), key=lambda one: one[:2])
            del found[number:]
    return [(far, other) for far, _, other in found]
