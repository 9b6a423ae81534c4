"""JSON-LD (schema.org) for search engines: nothing that the page does not show."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from metropolis.data.models import Member
from metropolis.data.records import Records
from metropolis.language.countries import country_name
from metropolis.markup import Markup, finished

# Characters with which a script in HTML could end, or another begin.
_UNSAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026"}
DATA_LICENCE = "https://creativecommons.org/licenses/by/4.0/"


def structured_data(
    records: Records,
    locale: str,
    name: str,
    description: str,
    trail: Sequence[tuple[str, str]],
    address: Callable[[str], str],
) -> Markup:
    """The JSON-LD of the page `name` in `locale`. `trail`: (title, absolute address) from the home
    page to this one; `address` gives a page's absolute address."""
    things: list[dict[str, Any]] = []
    if name in {"index", "about"}:
        things.append(organization(records, locale, address("index")))
    if len(trail) > 1:
        things.append(_breadcrumbs(trail))
    folder, _, stem = name.rpartition("/")
    if folder == "members" and stem in records.members:
        things.append(_place(records, records.members[stem], locale, address(name)))
    if name == "data":
        things.append(_dataset(records, locale, description, address(name)))
    if not things:
        return finished("")
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": things},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    # The text of a script is not escaped as HTML is; JSON has its own escapes.
    return finished("".join(_UNSAFE.get(character, character) for character in text))


def organization(records: Records, locale: str, home: str) -> dict[str, Any]:
    """The association, as described in the plan."""
    return {
        "@type": "Organization",
        "@id": "https://www.metropolis.org/#organization",
        "name": "Metropolis",
        "alternateName": records.strings["association"][locale],
        "url": "https://www.metropolis.org",
        "mainEntityOfPage": home,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": "Avinyó 15",
            "postalCode": "08002",
            "addressLocality": "Barcelona",
            "addressCountry": "ES",
        },
    }


def _breadcrumbs(trail: Sequence[tuple[str, str]]) -> dict[str, Any]:
    items = [
        {"@type": "ListItem", "position": position, "name": title, "item": url}
        for position, (title, url) in enumerate(trail, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _place(records: Records, member: Member, locale: str, url: str) -> dict[str, Any]:
    return {
        "@type": "Place",
        "name": member.name[locale],
        "url": url,
        "geo": {
            "@type": "GeoCoordinates",
            "latitude": member.coordinates.latitude,
            "longitude": member.coordinates.longitude,
        },
        "containedInPlace": {
            "@type": "Country",
            "name": country_name(records.countries[member.country], locale),
            "identifier": member.country,
        },
    }


def _dataset(records: Records, locale: str, description: str, url: str) -> dict[str, Any]:
    return {
        "@type": "Dataset",
        "name": f"Metropolis – {records.strings['open-data'][locale]}",
        "description": description,
        "url": url,
        "inLanguage": locale,
        "license": DATA_LICENCE,
        "isAccessibleForFree": True,
        "creator": {
            "@id": "https://www.metropolis.org/#organization",
            "@type": "Organization",
            "name": "Metropolis",
        },
    }
