"""The glossary, and a term of it in a sentence."""

from __future__ import annotations

from macros.registry import block, inline
from macros.scope import Scope
from metropolis.language.collation import sorted_by


@inline({"id": lambda records: records.glossary})
def term(scope: Scope, id: str, wording: str = "") -> str:
    """`{{ term("metropolitan-space", "espaces métropolitains") }}` -> a link to the glossary, in the given wording."""
    text = wording or scope.label(scope.records.glossary[id].term)
    return scope.anchor(f"glossary/#{id}", text, "term")


@block({})
def glossary(scope: Scope) -> str:
    """`{{ glossary() }}` -> every term with its definition and its counterparts."""
    records = sorted_by(scope.records.glossary.values(), lambda entry: scope.label(entry.term), scope.locale)
    items = [
        {
            "id": entry.id,
            "term": scope.label(entry.term),
            "definition": scope.label(entry.definition),
            "note": scope.label(entry.note) if entry.note else "",
            "others": [(locale, text) for locale, text in entry.term.items() if locale != scope.locale],
        }
        for entry in records
    ]
    return scope.draw("glossary", t=scope.t, items=items)
