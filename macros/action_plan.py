"""The three lines of action: axes with key ideas and results; kinds of result; gender mentions."""

from __future__ import annotations

from macros.challenges import GENDER_PAGE
from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.plan_models import ActionLine, Axis
from metropolis.data.records import Records
from metropolis.maps.transit import lay_out_lines, wrap
from metropolis.markup import Markup, element, finished, joined


def _numbers(records: Records) -> list[int]:
    return [line.number for line in records.action_lines.values()]


def _axis_ids(records: Records) -> list[str]:
    return [axis.id for line in records.action_lines.values() for axis in line.axes]


def _line_of(scope: Scope, number: int) -> ActionLine:
    return next(line for line in scope.records.action_lines.values() if line.number == number)


def _line_page(line: ActionLine) -> str:
    return f"action-plan/{line.id}/"


def line_view(scope: Scope, line: ActionLine) -> dict[str, object]:
    page = _line_page(line)
    return {
        "number": line.number,
        "id": line.id,
        "name": scope.t("line-of-action", n=line.number),
        "title": scope.label(line.title),
        "short": scope.label(line.short),
        "summary": scope.label(line.summary),
        "href": scope.link(page),
        "axes": [
            {
                "number": axis.number,
                "id": axis.id,
                "title": scope.label(axis.title),
                "href": scope.link(f"{page}#{axis.id}"),
                "results": len(axis.results),
                "is_marked": any(result.gender for result in axis.results),
            }
            for axis in line.axes
        ],
    }


@inline({"number": _numbers})
def line(scope: Scope, number: int) -> Markup:
    """`{{ line(1) }}` -> a link to the line's page: `Ligne d’action 1`."""
    return scope.anchor(_line_page(_line_of(scope, number)), scope.t("line-of-action", n=number))


@inline({"id": _axis_ids})
def axis(scope: Scope, id: str) -> Markup:
    """`{{ axis("axis-3-5") }}` -> a link: `axe 3.5, « Une association résiliente »`."""
    lines = scope.records.action_lines.values()
    owner, record = next((one, axis) for one in lines for axis in one.axes if axis.id == id)
    number = f"{owner.number}.{record.number}"
    text = scope.t("axis-in-sentence", n=number, title=scope.label(record.title))
    return scope.anchor(f"{_line_page(owner)}#{id}", text)


@block({})
def action_plan(scope: Scope) -> Markup:
    """`{{ action_plan() }}` -> the three lines with their axes, as a map and as a list."""
    lines = [line_view(scope, record) for record in scope.records.action_lines.values()]
    terminus = wrap(scope.t("transit-terminus"), 110)
    drawn = scope.draw("transit-map", t=scope.t, map=lay_out_lines(lines), terminus=terminus)
    return joined("\n", [drawn, scope.draw("action-plan", t=scope.t, lines=lines)])


@block({})
def result_kinds(scope: Scope) -> Markup:
    """`{{ result_kinds() }}` -> the three kinds of result."""
    items = [
        {
            "id": kind.id,
            "name": scope.label(kind.name),
            "summary": scope.label(kind.summary),
            "number": number,
        }
        for number, kind in enumerate(scope.records.result_kinds.values(), start=1)
    ]
    return scope.draw("result-kinds", items=items)


@block({"number": _numbers})
def axes(scope: Scope, number: int) -> Markup:
    """`{{ axes(1) }}` -> each axis of a line: a heading, its key ideas and its results."""
    record = _line_of(scope, number)
    return joined("\n\n", (_axis(scope, record, axis) for axis in record.axes))


def _axis(scope: Scope, owner: ActionLine, axis: Axis) -> Markup:
    """A heading, the key ideas that the axis serves, and its results."""
    mark = element("span", scope.t("axis", n=f"{owner.number}.{axis.number}"), class_="axis-mark")
    heading = element("h3", joined(" ", [mark, scope.label(axis.title)]), id=axis.id)
    ideas = [
        {"id": idea.id, "title": scope.label(idea.title), "gender": idea.gender}
        for idea in owner.key_ideas
        if idea.axis == axis.id
    ]
    results = [
        {
            "id": result.id,
            "title": scope.label(result.title),
            "gender": result.gender,
            "initiatives": [
                scope.named(scope.records.initiatives[id].name, f"initiatives/#{id}")
                for id in result.initiatives
            ],
        }
        for result in axis.results
    ]
    drawn = scope.draw(
        "axis",
        t=scope.t,
        line=owner.number,
        ideas=ideas,
        results=results,
        gender=scope.link(GENDER_PAGE),
    )
    return joined("\n", [heading, drawn])


@block({})
def gender_mentions(scope: Scope) -> Markup:
    """`{{ gender_mentions() }}` -> where gender appears, with links."""
    records = scope.records
    subthemes = [
        {"href": scope.link(f"challenges/{challenge.id}/#{sub.id}"), "text": scope.label(sub.name),
         "owner": scope.label(challenge.name)}
        for challenge in records.challenges.values() for sub in challenge.subthemes if sub.gender
    ]  # fmt: skip
    ideas = [
        {"href": scope.link(f"{_line_page(line)}#{idea.id}"), "text": scope.label(idea.title),
         "owner": scope.t("line-of-action", n=line.number), "line": line.number}
        for line in records.action_lines.values() for idea in line.key_ideas if idea.gender
    ]  # fmt: skip
    results = [
        {"href": scope.link(f"{_line_page(line)}#{result.id}"), "text": scope.label(result.title),
         "owner": scope.t("axis", n=f"{line.number}.{axis.number}"), "line": line.number}
        for line in records.action_lines.values()
        for axis in line.axes
        for result in axis.results
        if result.gender
    ]  # fmt: skip
    groups = [
        {"title": scope.t("gender-in-challenges"), "items": subthemes},
        {"title": scope.t("gender-in-ideas"), "items": ideas},
        {"title": scope.t("gender-in-results"), "items": results},
    ]
    return scope.draw("gender-mentions", groups=groups)


@block({})
def evaluations(scope: Scope) -> Markup:
    """`{{ evaluations() }}` -> the evaluations that have an outcome; nothing while none has."""
    rows = [
        {
            "year": one.year,
            "kind": scope.t(f"evaluation-{one.kind}"),
            "outcome": scope.label(one.outcome),
            "url": one.url,
        }
        for one in sorted(scope.records.evaluations.values(), key=lambda one: one.year)
        if one.outcome
    ]
    return scope.draw("evaluations", t=scope.t, rows=rows) if rows else finished("")
