"""The glossary's terms, by example."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from metropolis.data.fields import Label
from metropolis.data.models import GlossaryEntry
from metropolis.wording.terms import Terms, find_untranslated_terms
from metropolis.wording.variants import Variants

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "terms.yml").read_text("utf-8"))


def entry(
    id: str, fr: str, en: str, es: str, avoid: dict[str, tuple[str, ...]] | None = None
) -> GlossaryEntry:
    definition = Label({"fr": "…", "en": "…", "es": "…"})
    return GlossaryEntry(
        id=id, term=Label({"fr": fr, "en": en, "es": es}), definition=definition, avoid=avoid or {}
    )


GLOSSARY = {
    one.id: one
    for one in (
        entry(
            "board",
            "Conseil d’Administration",
            "Board of Directors",
            "Consejo de Administración",
            {"es": ("Junta Directiva",)},
        ),
        entry("general-board", "Grand conseil", "General board", "Junta Directiva General"),
        entry("axis", "axe", "axis", "eje"),
        entry("equality", "égalité", "equality", "igualdad"),
        entry(
            "gender",
            "égalité des sexes",
            "gender equality",
            "igualdad de género",
            {"fr": ("égalité des genres", "égalité de genre")},
        ),
        entry(
            "mainstreaming",
            "transversalité du genre",
            "gender mainstreaming",
            "transversalización de la perspectiva de género",
        ),
        entry(
            "uclg",
            "Cités et Gouvernements Locaux Unis (CGLU)",
            "United Cities and Local Governments (UCLG)",
            "Ciudades y Gobiernos Locales Unidos (CGLU)",
            {"es": ("UCLG",)},
        ),
        entry(
            "metropolis",
            "Association mondiale (Metropolis)",
            "World Association",
            "Asociación Mundial",
        ),
    )
}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_case(case: dict[str, Any], read: Callable[..., Any]) -> None:
    page, passages = read(case["locale"], case["words"])
    terms = Terms(GLOSSARY, case["locale"])
    found = [*Variants(GLOSSARY, case["locale"]).find(page, passages, terms)]
    if "source" in case:
        source, source_passages = read("fr", case["source"])
        found += find_untranslated_terms(
            page, source, passages, source_passages, terms, Terms(GLOSSARY, "fr")
        )
    assert [str(finding.problem) for finding in found] == case["problems"]
