"""Distances over the globe, and the nearest members."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from metropolis.components.locator_map import NearestMembers, distance, nearest_members
from metropolis.data.models import Coordinates
from metropolis.data.records import Records

AT_HOME = Coordinates(latitude=0, longitude=0)
PLACES = st.builds(Coordinates, latitude=st.floats(-90, 90), longitude=st.floats(-180, 180))


@pytest.mark.parametrize(
    ("one", "other", "kilometres"),
    [
        ((48.8566, 2.3522), (51.5074, -0.1278), 343.6),
        ((0, 0), (0, 180), 20015.1),
        ((0, 179.5), (0, -179.5), 111.2),
        ((90, 0), (-90, 0), 20015.1),
        ((89.5, 0), (89.5, 180), 111.2),
        ((12, 34), (12, 34), 0),
    ],
)
def test_a_distance_is_the_great_circle(
    one: tuple[float, float], other: tuple[float, float], kilometres: float
) -> None:
    places = [Coordinates(latitude=north, longitude=east) for north, east in (one, other)]
    assert distance(*places) == pytest.approx(kilometres, abs=0.1)


@example(places=[AT_HOME, Coordinates(latitude=0, longitude=1e-6), AT_HOME], number=1)
@example(places=[AT_HOME, Coordinates(latitude=0, longitude=1e-8), AT_HOME], number=1)
@given(places=st.lists(PLACES, min_size=1, max_size=40), number=st.integers(1, 6))
def test_the_nearest_are_those_that_measuring_all_finds(
    places: list[Coordinates], number: int, records: Records
) -> None:
    sample = next(iter(records.members.values()))
    members = [
        sample.model_copy(update={"id": f"m{place:02}", "coordinates": where})
        for place, where in enumerate(places)
    ]
    member = members[0]
    measured = sorted(
        (distance(member.coordinates, one.coordinates), one.id) for one in members[1:]
    )[:number]
    found = [(far, one.id) for far, one in NearestMembers(members).of(member, number)]
    assert [far for far, _ in found] == pytest.approx([far for far, _ in measured])


def test_the_nearest_to_seoul_are_korean(records: Records) -> None:
    found = NearestMembers(records.members.values()).of(records.members["seoul"], 5)
    assert {one.country for _, one in found} == {"KR"}


def test_of_two_at_the_same_place_the_first_by_its_id_is_named(records: Records) -> None:
    """Whatever their order in the data."""
    sample, place = records.members["seoul"], Coordinates(latitude=1, longitude=1)
    twins = [sample.model_copy(update={"id": id, "coordinates": place}) for id in ("b", "a")]
    for members in ([sample, *twins], [*reversed(twins), sample]):
        assert [one.id for _, one in NearestMembers(members).of(sample, 1)] == ["a"]


def test_a_member_may_have_any_id(records: Records) -> None:
    """What is computed once for all members has another key than what is computed for one."""
    seoul = records.members["seoul"].model_copy(update={"id": "members"})
    scope: Any = SimpleNamespace(
        records=replace(records, members=records.members | {"members": seoul})
    )
    names = [other.id for _, other in nearest_members(scope, seoul)]
    assert len(names) == 5
    assert names[0] == "seoul"
