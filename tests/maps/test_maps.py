"""The world map and the transit map put things where they are."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from metropolis.maps.projection import CENTRE, HEIGHT, NORTH, SOUTH, WIDTH, to_map
from metropolis.maps.transit import TERMINUS, lay_out_lines, wrap
from metropolis.maps.world import land_path, land_symbol, read_rings

LAND = Path(__file__).parents[2] / "theme/maps/land-110m.json"


def test_equator_at_the_centre_is_the_middle_of_the_width() -> None:
    x, _ = to_map(CENTRE, 0)
    assert x == pytest.approx(WIDTH / 2)


def test_top_and_bottom_are_the_limits_shown() -> None:
    assert to_map(0, NORTH)[1] == pytest.approx(0)
    assert to_map(0, SOUTH)[1] == pytest.approx(HEIGHT, abs=0.1)


def test_areas_keep_their_proportion() -> None:
    """Equal Earth: a square degree at 60° north has half the area of one at the equator."""

    def area(latitude: float) -> float:
        width = to_map(1, latitude)[0] - to_map(0, latitude)[0]
        return width * (to_map(0, latitude - 0.5)[1] - to_map(0, latitude + 0.5)[1])

    assert area(60) / area(0) == pytest.approx(0.5, rel=0.01)


def test_ring_over_the_180th_meridian_goes_on_past_it() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [1, 1], "translate": [0, 0]},
        # The file says -170, not 190.
        "arcs": [[[170, 0], [-340, 0], [0, 10], [340, 0], [0, -10]]],
        "objects": {"land": {"type": "Polygon", "arcs": [[0]]}},
    }
    longitudes = [longitude for longitude, _ in read_rings(json.dumps(topology).encode())[0]]
    assert max(longitudes) - min(longitudes) == 20


def test_land_is_light_and_has_no_streak_over_the_map() -> None:
    path = land_path(LAND.read_bytes())
    assert len(path) < 40_000
    # relative steps: pairs of numbers after each "l"
    numbers = [
        float(number)
        for part in path.split("l")[1:]
        for number in re.findall(r"-?[0-9.]+", part.split("z")[0])
    ]
    assert max(map(abs, numbers)) < WIDTH / 4
    assert land_symbol(LAND.read_bytes()).startswith(
        '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="land"'
    )


def test_words_are_wrapped_within_their_width() -> None:
    assert wrap("Une association résiliente", 90) == ("Une", "association", "résiliente")
    assert wrap("Une association résiliente", 130) == ("Une association", "résiliente")
    assert wrap("a b c", 1000) == ("a b c",)
    assert wrap("a  \nb", 1000) == ("a  \nb",)  # a text stays as it is written


def test_every_station_stands_on_its_line_before_the_terminus() -> None:
    axes = [{"title": "Titre"}] * 3
    drawing = lay_out_lines([{"axes": axes * (1 + n // 3)} for n in (1, 2, 3)])
    for track in drawing.tracks:
        places = [station.x for station in track.stations]
        assert places == sorted(places)
        assert places[-1] < TERMINUS
        assert {station.y for station in track.stations} == {track.y}
    assert drawing.terminus == (TERMINUS, drawing.tracks[1].y)
    assert drawing.tracks[1].path == f"M30 {drawing.tracks[1].y:g}H{TERMINUS:g}"
