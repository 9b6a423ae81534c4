"""The nine initiatives."""

from metropolis.components.registry import inline
from metropolis.components.scope import Scope
from metropolis.markup import Markup


def initiative_link(scope: Scope, id: str) -> dict[str, str]:
    return scope.named(scope.records.initiatives[id].name, f"initiatives/#{id}")


@inline({"id": lambda records: records.initiatives})
def initiative(scope: Scope, id: str) -> Markup:
    """`{{ initiative("use") }}` -> a link to the initiative's section."""
    return scope.anchor(f"initiatives/#{id}", scope.label(scope.records.initiatives[id].name))
