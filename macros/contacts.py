"""Addresses outside the site: where a source is published, how to reach the association."""

from __future__ import annotations

from metropolis.components.registry import block, inline
from metropolis.components.scope import Scope
from metropolis.markup import Markup, element


@inline({"id": lambda records: records.sources})
def source_link(scope: Scope, id: str, wording: str = "") -> Markup | str:
    """`{{ source_link("plan-2021-2023", "le plan") }}` -> a link to where the source is published,
    with the given wording; only the wording while the record has no address."""
    record = scope.records.sources[id]
    words = wording or scope.label(record.name)
    return element("a", words, href=record.url, rel="external") if record.url else words


@block({"ids": lambda records: records.contacts})
def contacts(scope: Scope, *ids: str) -> Markup:
    """`{{ contacts("x", "facebook") }}` -> links to those that have an address."""
    items = [
        {
            "name": scope.label(record.name),
            "href": record.address,
            "mail": record.address.partition("mailto:")[2],
        }
        for record in (scope.records.contacts[id] for id in ids)
        if record.address
    ]
    return scope.draw("contacts", items=items)
