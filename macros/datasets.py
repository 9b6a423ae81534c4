"""What data stands behind the site, counted."""

from __future__ import annotations

from macros.registry import block
from macros.scope import Scope

_PUBLIC = (
    "members", "countries", "regions", "indicators", "key-figures", "milestones", "factors", "themes",
    "challenges", "action-lines", "result-kinds", "initiatives", "call-points", "references", "glossary",
    "people", "units", "sources",
)  # fmt: skip


@block({})
def datasets(scope: Scope) -> str:
    """`{{ datasets() }}` -> a table of the data sets with the number of their records."""
    rows = [
        {"name": scope.t(f"dataset-{name}"), "count": len(getattr(scope.records, name.replace("-", "_")))}
        for name in _PUBLIC
    ]
    return scope.draw("datasets", t=scope.t, rows=rows)
