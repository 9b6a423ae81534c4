"""Values by metropolis, drawn from a fictional table: none is published yet, and none may be
invented."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from macros.indicators import indicator_profile
from macros.members import member_profile
from metropolis.components.dot_plots import scale_of
from metropolis.components.scope import Scope
from metropolis.data.fields import Label
from metropolis.data.models import Space
from metropolis.data.observation_cells import Sex
from metropolis.data.observations import Observation
from metropolis.data.records import Records
from metropolis.site.templates import component_renderer


def observed(place: str, value: float, year: int = 2019, sex: Sex = "total") -> Observation:
    return Observation("life-expectancy", place, year, sex, value, "plan-2021-2023")


FICTIONAL = (
    observed("seoul", 70.5, 2018),
    observed("seoul", 82),
    observed("seoul", 84.5, sex="female"),
    observed("seoul", 79.5, sex="male"),
    observed("abidjan", 60.25),
    observed("two-cities", 82),
    observed("amman", 71, sex="female"),
)


@pytest.fixture(scope="module")
def scope(root: Path, records: Records) -> Scope:
    names = Label({"fr": "Deux villes", "en": "Two cities", "es": "Dos ciudades"})
    spaces = {"two-cities": Space(id="two-cities", name=names, members=("barcelone", "montreal"))}
    with_values = replace(records, spaces=spaces, observations=FICTIONAL)
    draw = component_renderer(root / "theme")
    return Scope(with_values, "fr", "", "indicators/life-expectancy/", "assets/world.svg", draw, {})


def cells(text: str) -> list[list[str]]:
    table = html.fragments_fromstring(text)
    rows = [row for part in table for row in part.iter("tr") if row.getparent().tag == "tbody"]
    return [
        [" ".join(cell.text_content().split()) for cell in row.iter("th", "td")] for row in rows
    ]


def test_the_latest_year_counts_and_equal_values_share_a_rank(scope: Scope) -> None:
    rows = cells(indicator_profile(scope, "life-expectancy"))
    assert [row[:4] for row in rows] == [
        ["1", "Deux villes (Barcelone (ville), Montréal)", "2019", "82,00 ans"],
        ["1", "Séoul", "2019", "82,00 ans"],
        ["3", "Abidjan", "2019", "60,25 ans"],
        ["", "Amman", "2019", ""],
    ]
    assert rows[1][4:6] == ["84,50 ans", "79,50 ans"]


def test_each_value_is_a_dot_at_its_place_on_the_scale(scope: Scope) -> None:
    page = html.fragment_fromstring(
        indicator_profile(scope, "life-expectancy"), create_parent="div"
    )
    ticks = page.xpath("//th//*[local-name()='text']")
    assert [tick.text for tick in ticks] == ["60", "70", "80", "90"]
    assert [round(float(tick.get("x")[:-1])) for tick in ticks] == [0, 33, 67, 100]
    abidjan = page.xpath("//tr[th/a[text()='Abidjan']]//*[contains(@class, 'plot-dot')]")
    assert [dot.get("cx") for dot in abidjan] == ["0.83%"]


def test_a_member_shows_its_values_and_rank_and_those_of_its_space(scope: Scope) -> None:
    assert cells(member_profile(scope, "seoul"))[-1] == [
        "Espérance de vie", "Ensemble 82 ansFemmes 84,5 ansHommes 79,5 ans", "2019",
        "1 sur 3, de la plus élevée à la plus basse",
    ]  # fmt: skip
    assert cells(member_profile(scope, "montreal"))[-1][0] == "Espérance de vie (Deux villes)"


def test_without_observations_nothing_is_drawn(scope: Scope, records: Records) -> None:
    bare = replace(scope, records=records)
    assert records.observations == ()
    assert 'id="values"' not in indicator_profile(bare, "life-expectancy")
    assert 'id="values"' not in member_profile(bare, "seoul")


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([35.1, 10, 88], (0, 100, 25)),
        ([62, 84, 73.7], (60, 90, 10)),
        ([5, 5], (4, 6, 2)),
        ([-3, 4], (-4, 4, 2)),
        ([0, 0], (0, 0.25, 0.25)),
        ([2642, 18000], (0, 20000, 5000)),
    ],
)
def test_the_scale_has_round_ends_and_begins_at_zero_unless_values_lie_far_from_it(
    values: Sequence[float], expected: tuple[float, float, float]
) -> None:
    assert scale_of(list(values)) == expected
