"""The books for the Assembly, offered for download."""

from __future__ import annotations

from metropolis.addresses import relative_address
from metropolis.components.registry import block
from metropolis.components.scope import Scope
from metropolis.markup import Markup, finished
from metropolis.pdf.edition_check import whole_book


@block({})
def editions(scope: Scope) -> Markup:
    """`{{ editions() }}` -> links to the books; the build adds pages, size and date."""
    book = whole_book(scope.records)
    if book is None:
        return finished("")
    rows = [
        {
            "locale": locale,
            "language": name,
            "title": book.title[locale],
            "href": relative_address(scope.page_url, f"pdf/{book.id}-{locale}.pdf").rstrip("/"),
            "id": f"{book.id}-{locale}",
        }
        for locale, name in scope.languages.items()
    ]
    return scope.draw("editions", t=scope.t, rows=rows, here=scope.locale)
