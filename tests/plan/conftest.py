"""The plan as the association published it, and the built pages as text."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from lxml import html
from lxml.html import HtmlElement

_PLAN = Path(__file__).with_name("plan-2021-2023.fr.txt")

Article = Callable[[str, str], HtmlElement]


@pytest.fixture(scope="session")
def plan() -> str:
    """The plan's text: French, from a scan whose errors it keeps, without marks of emphasis."""
    return _PLAN.read_text("utf-8").replace("*", "")


@pytest.fixture(scope="session")
def article(built_site: Path) -> Article:
    """A page's content, by language (`en`) and address (`challenges/resilience`)."""

    @cache
    def read(language: str, page: str) -> HtmlElement:
        folder = built_site if language == "fr" else built_site / language
        file = folder / ("" if page == "index" else page) / "index.html"
        found = html.parse(str(file)).getroot().find(".//article")
        assert found is not None, file
        for element in found.xpath(".//script | .//style | .//svg"):
            element.drop_tree()
        return found

    return read
