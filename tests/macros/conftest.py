"""A page that calls a macro, in any language and with any records."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from metropolis.components.scope import Scope
from metropolis.data.records import Records
from metropolis.site.templates import component_renderer

LANGUAGES = {"fr": "Français", "en": "English", "es": "Español"}


@pytest.fixture
def scope_in(root: Path, records: Records) -> Callable[..., Scope]:
    """`scope_in("fr", sources={…})`: of a French page, some kinds of records being others."""
    draw = component_renderer(root / "theme")

    def scope(locale: str, **kinds: Any) -> Scope:
        own = replace(records, **kinds)
        return Scope(own, locale, "", "x/", "assets/w.svg", draw, LANGUAGES)

    return scope
