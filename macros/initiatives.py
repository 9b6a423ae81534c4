"""The nine initiatives."""

from __future__ import annotations

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.markup import Markup


@inline({"id": lambda records: records.initiatives})
def initiative(scope: Scope, id: str) -> Markup:
    """`{{ initiative("use") }}` -> a link to the initiative's section."""
    return scope.anchor(f"initiatives/#{id}", scope.label(scope.records.initiatives[id].name))


@block({})
def initiatives(scope: Scope) -> Markup:
    """`{{ initiatives() }}` -> the nine initiatives in brief, as links to their sections."""
    items = [
        {
            "number": number,
            "id": record.id,
            "name": scope.label(record.name),
            "summary": scope.label(record.summary),
            "href": scope.link(f"initiatives/#{record.id}"),
        }
        for number, record in enumerate(scope.records.initiatives.values(), start=1)
    ]
    return scope.draw("cards", kind="initiative", items=items)
