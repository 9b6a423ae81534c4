"""The real data holds what the plan holds, and its schemas are those of the models."""

from __future__ import annotations

from pathlib import Path

from metropolis.data.records import Records
from metropolis.data.schema import outdated_schemas
from metropolis.project import Project, read_project


def test_schemas_are_those_of_the_models(project: Project) -> None:
    assert outdated_schemas(project) == []


def test_an_old_schema_is_reported_with_its_remedy(project_copy: Path) -> None:
    (project_copy / "data/schema/members.json").write_text("{}")
    copy, _ = read_project(project_copy)
    assert copy
    assert [str(problem) for problem in outdated_schemas(copy)] == [
        "data/schema: The schemas do not match the models: members.json. Write them again:"
        " metropolis data schema"
    ]


def test_every_list_of_the_plan_is_whole(records: Records) -> None:
    counts = {
        "members": 141, "milestones": 27, "factors": 5, "themes": 5, "challenges": 4, "initiatives": 9,
        "call_points": 8, "result_kinds": 3, "indicators": 6, "references": 14, "action_lines": 3,
    }  # fmt: skip
    assert {name: len(getattr(records, name)) for name in counts} == counts


def test_every_line_has_its_ideas_axes_and_results(records: Records) -> None:
    lines = records.action_lines.values()
    assert [len(line.key_ideas) for line in lines] == [5, 6, 6]
    results = [[len(axis.results) for axis in line.axes] for line in lines]
    assert results == [[3, 4, 3], [3, 7, 2], [4, 3, 4, 1, 1]]


def test_figures_are_those_of_the_plan(records: Records) -> None:
    figures = {id: records.figure_value(figure) for id, figure in records.key_figures.items()}
    assert figures["people-served"] == 608_000_000
    assert figures["large-city-population"] == 1_800_000_000
    assert figures["members"] == 141
    assert figures["countries-in-plan"] == 61
    values = {id: indicator.value for id, indicator in records.indicators.items()}
    assert values == {
        "gender-pay-gap": 53, "population-density": 2642, "poverty": 8.9, "air-quality": 35.1,
        "budget-autonomy": 62, "life-expectancy": 73.7,
    }  # fmt: skip


def test_milestones_run_from_1984_to_2020_in_order(records: Records) -> None:
    years = [milestone.year for milestone in records.milestones.values()]
    assert years == sorted(years)
    assert (years[0], years[-1]) == (1984, 2020)
