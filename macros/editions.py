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
    return _draw(scope, "editions", [book] if book else [])


@block({})
def packs(scope: Scope) -> Markup:
    """`{{ packs() }}` -> links to the packs of data/editions.yml, in the same way."""
    editions = scope.records.editions.values()
    return _draw(scope, "packs", [edition for edition in editions if not edition.parts])


def _draw(scope: Scope, name: str, found: list[Edition]) -> Markup:
    """A list of books; nothing without any. `name` is the key of its name."""
    if not found:
        return finished("")
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
