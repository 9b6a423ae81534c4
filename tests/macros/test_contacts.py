"""A contact is shown once staff have given it an address, and a source leads to where it is."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from macros import MACROS
from metropolis.components.scope import Scope
from metropolis.data.models import Contact
from metropolis.markup import in_html

NAME = {"fr": "Signaler <ici>", "en": "Report", "es": "Comunicar"}


def drawn(scope: Scope, macro: str, *ids: str) -> str:
    return in_html(MACROS[macro].function(scope, *ids)).replace("\n", "")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (None, ""),
        (
            "mailto:a@example.org",
            '<ul><li><a href="mailto:a@example.org" rel="external">Signaler &lt;ici&gt;</a>'
            " (a@example.org)</li></ul>",
        ),
        (
            "https://example.org/form?a=1&b=2",
            '<ul><li><a href="https://example.org/form?a=1&amp;b=2" rel="external">'
            "Signaler &lt;ici&gt;</a></li></ul>",
        ),
    ],
)
def test_contact(scope_in: Callable[..., Scope], address: str | None, expected: str) -> None:
    given = {"id": "report", "name": NAME, "address": address}
    scope = scope_in("fr", contacts={"report": Contact.model_validate(given)})
    assert drawn(scope, "contacts", "report") == expected


def test_source(scope_in: Callable[..., Scope]) -> None:
    scope = scope_in("fr")
    plan = scope.records.sources["plan-2021-2023"]
    expected = f'<a href="{plan.url}" rel="external">le plan</a>'
    assert drawn(scope, "source_link", plan.id, "le plan") == expected
    unknown = scope_in("fr", sources={plan.id: plan.model_copy(update={"url": None})})
    assert drawn(unknown, "source_link", plan.id, "le plan") == "le plan"
