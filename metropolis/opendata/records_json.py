"""A record as JSON: its model's fields, plus the names of its codes and its addresses.
data/<name>.json and api/v1/ use the same form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from metropolis.addresses import locale_prefix
from metropolis.data.fields import references_of
from metropolis.data.models import Member
from metropolis.data.records import KINDS, Records
from metropolis.data.schema import list_schema
from metropolis.opendata.tables import name_of, published
from metropolis.project import Project

# The page that shows a record of a kind: its address in its language's folder.
PAGES = {
    "members": "members/{id}/", "indicators": "indicators/{id}/", "milestones": "milestones/#{id}",
    "factors": "governance/#{id}", "themes": "vision/#{id}", "challenges": "challenges/{id}/",
    "initiatives": "initiatives/#{id}", "action-lines": "action-plan/{id}/",
    "references": "references/#{id}",
    "glossary": "glossary/#{id}", "call-points": "rethink/#{id}",
}  # fmt: skip


@dataclass(frozen=True)
class Catalogue:
    """Records, and what their addresses depend on."""

    project: Project
    records: Records

    @property
    def site_url(self) -> str:
        """The site's address without its final slash."""
        return self.project.site_url.rstrip("/")

    @property
    def locales(self) -> list[str]:
        """Codes, the source language first."""
        return [locale.code for locale in self.project.locales]

    def items(self, kind: str) -> list[dict[str, Any]]:
        """The records of a kind, in order, with `labels` (meanings of codes) and `links`."""
        return [self._item(kind, one) for one in published(self.records, kind, self.locales)]

    def _item(self, kind: str, record: Any) -> dict[str, Any]:
        value: dict[str, Any] = record.model_dump(mode="json", exclude_none=True)
        if labels := self._labels(kind, record):
            value["labels"] = labels
        value["links"] = {"self": f"{self.site_url}/api/v1/{kind}/{record.id}.json"}
        if kind in PAGES:
            target = PAGES[kind].replace("{id}", record.id)
            value["links"]["pages"] = {code: self.page(target, code) for code in self.locales}
        return value

    def schema_address(self, kind: str) -> str:
        """The address of the JSON Schema of a kind's list."""
        return f"{self.site_url}/data/schema/{kind}.json"

    def page(self, target: str, code: str) -> str:
        """A page's address in a language: `target` is its path there, with or without anchor."""
        return f"{self.site_url}/{locale_prefix(self.project, code)}{target}"

    def _labels(self, kind: str, record: Any) -> dict[str, Any]:
        labels: dict[str, Any] = {}
        for field, meant in references_of(KINDS[kind]).items():
            value = getattr(record, field)
            if isinstance(value, tuple):
                labels[field] = [self._name(meant, id) for id in value]
            elif value:
                labels[field] = self._name(meant, value)
        if isinstance(record, Member):
            region = self.records.region_of(record)
            labels["region"] = {"id": region.id, **dict(region.name.items())}
        return {field: label for field, label in labels.items() if label}

    def _name(self, kind: str, id: str) -> dict[str, str]:
        return {code: name_of(self.records, kind, id, code) for code in self.locales}

    def schema(self, kind: str) -> dict[str, Any]:
        """The JSON Schema of data/<kind>.json, a list of records."""
        schema = list_schema(kind, KINDS[kind], self.project.all_locales)
        model = schema["$defs"][KINDS[kind].__name__]
        address = {"type": "string", "format": "uri"}
        pages = dict.fromkeys(self.locales, address)
        model["properties"] |= {
            "labels": {
                "type": "object",
                "description": "What the codes of this record mean, by field and language.",
            },
            "links": {
                "type": "object",
                "description": "The record's own address, and its page in each language.",
                "properties": {"self": address, "pages": {"type": "object", "properties": pages}},
                "required": ["self"],
                "additionalProperties": False,
            },
        }
        model["required"] = [*model.get("required", []), "links"]
        return {"$id": self.schema_address(kind), **schema}


def api_files(
    catalogue: Catalogue, items: Mapping[str, list[dict[str, Any]]], about: Mapping[str, Any]
) -> dict[str, Any]:
    """api/v1/: an index, a list for each kind, a file for each record. Path -> value."""
    files: dict[str, Any] = {}
    collections = []
    for kind, own in items.items():
        titles = dict(catalogue.records.strings[f"dataset-{kind}"].items())
        head = {
            "name": kind,
            "titles": titles,
            "count": len(own),
            "url": f"{catalogue.site_url}/api/v1/{kind}.json",
            "schema": catalogue.schema_address(kind),
        }
        collections.append(head)
        files[f"api/v1/{kind}.json"] = {**head, "items": own}
        files |= {f"api/v1/{kind}/{item.get('id') or item['code']}.json": item for item in own}
    files["api/v1/index.json"] = {**about, "collections": collections}
    return files
