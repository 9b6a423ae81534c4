"""A contact is shown once staff have given it an address, and a source leads to where it is."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from macros import MACROS
from metropolis.components.scope import Scope
from metropolis.data.models import Contact
from metropolis.data.records import Records
from metropolis.markup import in_html
from metropolis.site.templates import component_renderer

NAME = {"fr": "Signaler <ici>", "en": "Report", "es": "Comunicar"}


def drawn(root: Path, records: Records, macro: str, *ids: str) -> str:
    draw = component_renderer(root / "theme")
    scope = Scope(records, "fr", "", "about/", "", draw, {})
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
def test_contact(root: Path, records: Records, address: str | None, expected: str) -> None:
    given = {"id": "report", "name": NAME} | ({"address": address} if address else {})
    filled = replace(records, contacts={"report": Contact.model_validate(given)})
    assert drawn(root, filled, "contacts", "report") == expected


def test_source(root: Path, records: Records) -> None:
    plan = records.sources["plan-2021-2023"]
    expected = f'<a href="{plan.url}" rel="external">le plan</a>'
    assert drawn(root, records, "source_link", "plan-2021-2023", "le plan") == expected
    unknown = replace(records, sources={plan.id: plan.model_copy(update={"url": None})})
    assert drawn(root, unknown, "source_link", plan.id, "le plan") == "le plan"
