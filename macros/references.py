"""The bibliography, a citation of it, and people's names."""

from __future__ import annotations

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.data.models import Reference
from metropolis.markup import Markup


def title_language(record: Reference, locale: str) -> str:
    """The language of a title that is not in the page's language; "" if it is."""
    lang, titles = record.title_language or "", dict(record.title.items())
    is_foreign = lang != locale and titles.get(lang, titles[locale]) == titles[locale]
    return lang if is_foreign else ""


@inline({"id": lambda records: records.references})
def reference(scope: Scope, id: str, wording: str = "") -> Markup:
    """`{{ reference("paris-2015") }}` -> a link: `Accord de Paris (2015)`, or the wording given."""
    record = scope.records.references[id]
    text = f"{wording or scope.label(record.title)} ({record.year})"
    return scope.anchor(f"references/#{id}", text)


@block({})
def references(scope: Scope) -> Markup:
    """`{{ references() }}` -> the bibliography."""
    items = [
        {
            "id": record.id,
            "author": scope.label(record.author),
            "year": record.year,
            "title": scope.label(record.title),
            "lang": title_language(record, scope.locale),
            "place": scope.label(record.place),
            "publisher": scope.label(record.publisher),
        }
        for record in scope.records.references.values()
    ]
    return scope.draw("references", items=items)


@inline({"id": lambda records: records.people})
def person(scope: Scope, id: str) -> str:
    """`{{ person("wen-guohui") }}` -> the person's name."""
    return scope.records.people[id].name
