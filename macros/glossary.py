"""The glossary, and a term of it in a sentence."""

from __future__ import annotations

import re

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.language.collation import first_of_each_letter, sorted_by
from metropolis.markup import Markup, element, finished

POPOVER = "term-"
# A whole tag as `term` writes it, so that ordinary text cannot match.
_TERM = re.compile(rf'<a class="term" href="[^"<>]*" data-definition="{POPOVER}([a-z0-9-]+)">')


@inline({"id": lambda records: records.glossary})
def term(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ term("metropolitan-space", "espaces métropolitains") }}` -> the wording, as a link to the
    glossary, which breaks over lines like words; with scripts, it shows the definition."""
    text = wording or scope.label(scope.records.glossary[id].term)
    address, definition = scope.link(f"glossary/#{id}"), f"{POPOVER}{id}"
    return element("a", text, class_="term", href=address, data_definition=definition)


def definitions(scope: Scope, html: str) -> Markup:
    """The definitions of the terms in `html`, each once; the frame puts them at the page's end."""
    ids = dict.fromkeys(_TERM.findall(html))
    items = [
        {
            "id": f"{POPOVER}{id}",
            "term": scope.label(scope.records.glossary[id].term),
            "definition": scope.label(scope.records.glossary[id].definition),
            "href": scope.link(f"glossary/#{id}"),
        }
        for id in ids
    ]
    return scope.draw("definitions", t=scope.t, items=items) if items else finished("")


@block({})
def glossary(scope: Scope) -> Markup:
    """`{{ glossary() }}` -> every term with its definition and its counterparts."""
    entries = scope.records.glossary.values()
    records = sorted_by(entries, lambda entry: scope.label(entry.term), scope.locale)
    items = [
        {
            "id": entry.id,
            "term": scope.label(entry.term),
            "definition": scope.label(entry.definition),
            "others": [
                (locale, text) for locale, text in entry.term.items() if locale != scope.locale
            ],
        }
        for entry in records
    ]
    first = first_of_each_letter(records, lambda entry: scope.label(entry.term), scope.locale)
    letters = [(letter, entry.id) for letter, entry in first.items()]
    return scope.draw("glossary", t=scope.t, plural=scope.plural, letters=letters, items=items)
