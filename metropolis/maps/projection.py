"""Equal Earth, a world map that shows areas in their true proportion: Šavrič, Patterson and Jenny
(2018), "The Equal Earth map projection", doi:10.1080/13658816.2018.1504949."""

from __future__ import annotations

from math import asin, cos, radians, sin, sqrt

_A1, _A2, _A3, _A4 = 1.340264, -0.081106, 0.000893, 0.003796
WIDTH = 1000.0
# The part of the world that is shown: no Antarctica and far north, where there are no members.
NORTH, SOUTH = 78.0, -56.0
# The map's central meridian: the edge then runs through the Bering Strait and cuts no land.
CENTRE = 11.0


def _equal_earth(longitude: float, latitude: float) -> tuple[float, float]:
    theta = asin(sqrt(3) / 2 * sin(radians(latitude)))
    square = theta * theta
    sixth = square**3
    x = 2 * sqrt(3) * radians(longitude) * cos(theta)
    x /= 3 * (9 * _A4 * sixth * square + 7 * _A3 * sixth + 3 * _A2 * square + _A1)
    y = theta * (_A4 * sixth * square + _A3 * sixth + _A2 * square + _A1)
    return x, y


_SCALE = WIDTH / (2 * _equal_earth(180, 0)[0])
_TOP = _equal_earth(0, NORTH)[1]
HEIGHT = round((_TOP - _equal_earth(0, SOUTH)[1]) * _SCALE, 1)


def to_map(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees to map units: x from 0 to WIDTH, y downwards from 0 to HEIGHT."""
    x, y = _equal_earth(longitude - CENTRE, latitude)
    return WIDTH / 2 + x * _SCALE, (_TOP - y) * _SCALE
