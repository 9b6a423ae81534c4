"""The books for the Assembly, and packs for the Board, offered for download."""

from __future__ import annotations

from metropolis.addresses import relative_address
from metropolis.components.registry import block
from metropolis.components.scope import Scope
from metropolis.data.models import Edition
from metropolis.markup import Markup, finished
from metropolis.pdf.edition_check import whole_book


@block({})
def editions(scope: Scope) -> Markup:
    """`{{ editions() }}` -> links to the books; the build adds pages, size and date."""
    book = whole_book(scope.records)
    return finished("") if book is None else _draw(scope, "editions", [book])


@block({})
def packs(scope: Scope) -> Markup:
    """`{{ packs() }}` -> links to the packs of data/editions.yml, in the same way."""
    found = [edition for edition in scope.records.editions.values() if not edition.parts]
    return _draw(scope, "packs", found) if found else finished("")


def _draw(scope: Scope, name: str, found: list[Edition]) -> Markup:
    """`name` is the key of the list's name."""
    rows = [
        {
            "locale": locale,
            "language": name,
            "title": one.title[locale],
            "href": relative_address(scope.page_url, f"pdf/{one.id}-{locale}.pdf").rstrip("/"),
            "epub": bool(one.parts),
            "id": f"{one.id}-{locale}",
        }
        for one in found
        for locale, name in scope.languages.items()
    ]
    return scope.draw("editions", t=scope.t, name=name, rows=rows, here=scope.locale)
