"""JSON Schemas of the data files, generated from the models: for editors and readers."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from metropolis.cache import Cache
from metropolis.data.fields import KEBAB_CASE
from metropolis.data.records import KINDS, STRINGS
from metropolis.inputs import Known
from metropolis.problem import Problem
from metropolis.project import Locale, Project
from metropolis.text_file import read_text


def schema_texts(project: Known[Project]) -> dict[str, str]:
    """File name in data/schema/ -> its text."""
    locales = project.value.all_locales
    schemas = {name: list_schema(name, model, locales) for name, model in KINDS.items()}
    schemas[STRINGS] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Interface strings",
        "type": "object",
        "propertyNames": {"pattern": KEBAB_CASE},
        "additionalProperties": {"$ref": "#/$defs/Label"},
        "$defs": {"Label": _label(locales)},
    }
    return {
        f"{name}.json": json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
        for name, schema in schemas.items()
    }


def outdated_schemas(project: Project) -> list[Problem]:
    """Advice if schema files differ from the models and the languages: only editors read them."""
    texts = Cache(project.root / ".cache").remember("records", project.known, schema_texts)
    folder = project.data_dir / "schema"
    outdated = [
        name
        for name, text in texts.items()
        if not (folder / name).is_file() or read_text(folder / name, name)[0] != text
    ]
    if not outdated:
        return []
    what = f"The schemas do not match the models: {', '.join(outdated)}."
    how = "Write them again: metropolis data schema"
    return [Problem("data/schema", 0, 0, what, how=how, severity="advice")]


def list_schema(name: str, model: type[BaseModel], locales: Sequence[Locale]) -> dict[str, Any]:
    """The schema of a list of records, as in data/<name>.yml."""
    schema = model.model_json_schema()
    definitions = schema.pop("$defs", {})
    if "Label" in definitions:
        definitions["Label"] = _label(locales)
    definitions[model.__name__] = schema
    for definition in definitions.values():
        if "description" in definition:  # a docstring, without its line breaks
            definition["description"] = " ".join(definition["description"].split())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": name,
        "type": "array",
        "items": {"$ref": f"#/$defs/{model.__name__}"},
        "$defs": dict(sorted(definitions.items())),
    }


def _label(locales: Sequence[Locale]) -> dict[str, Any]:
    return {
        "description": "A text in each of the site's languages.",
        "type": "object",
        "properties": {locale.code: {"type": "string", "minLength": 1} for locale in locales},
        "required": [locale.code for locale in locales if not locale.is_draft],
        "additionalProperties": False,
    }
