"""Names on a small map stay inside it and do not hide each other."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from metropolis.maps.names import _box, _meet, place_names

SIZE = (300.0, 186.0)
POINTS = st.tuples(st.floats(0, SIZE[0]), st.floats(0, SIZE[1]))


@given(st.lists(st.tuples(POINTS, st.text("abcdefgh ", min_size=1, max_size=30)), max_size=8))
def test_names_stay_inside_and_apart(points: list[tuple[tuple[float, float], str]]) -> None:
    boxes = [_box(name) for name in place_names(points, SIZE)]
    assert all(
        left >= 0 and right <= 300 and top >= 0 and low <= 186 for left, top, right, low in boxes
    )
    assert not any(_meet(one, other) for one, other in combinations(boxes, 2))


def test_a_name_stands_where_there_is_room() -> None:
    at_the_edge = place_names([((290.0, 90.0), "Séoul")], SIZE)
    assert [name.anchor for name in at_the_edge] == ["end"]
    beside = place_names([((100.0, 90.0), "Séoul"), ((120.0, 90.0), "Incheon")], SIZE)
    assert [(name.text, name.anchor) for name in beside] == [("Séoul", "end"), ("Incheon", "start")]


def test_names_without_room_are_left_out() -> None:
    crowd = [((100.0 + place, 90.0), "Gyeonggi") for place in range(6)]
    assert 1 <= len(place_names(crowd, SIZE)) < 6
