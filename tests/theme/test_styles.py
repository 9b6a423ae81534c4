"""The style sheets keep their rules: logical directions, no size of text under 15 px, no colour of
their own."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SHEETS = sorted((Path(__file__).parents[2] / "theme/styles").glob("*.css"))
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right|top|bottom)|left|right|top|bottom|text-align:\s*(?:left|right))\s*:"
)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda path: path.name)
def test_directions_are_logical(sheet: Path) -> None:
    """A language written from right to left needs no new styles."""
    assert PHYSICAL.findall(sheet.read_text("utf-8")) == []


@pytest.mark.parametrize(
    "sheet", [path for path in SHEETS if path.name != "print.css"], ids=lambda path: path.name
)
def test_no_text_is_smaller_than_15_pixels(sheet: Path) -> None:
    sizes = [
        float(size)
        for size in re.findall(
            r"(?:font-size|--text[\w-]*): ([0-9.]+)rem", sheet.read_text("utf-8")
        )
    ]
    assert all(size >= 15 / 16 for size in sizes)


def test_every_component_has_its_styles() -> None:
    """Each class that a component's template names is styled, or is a hook for tests, scripts and
    the book."""
    root = Path(__file__).parents[2] / "theme"
    css = " ".join(path.read_text("utf-8") for path in SHEETS)
    classes = {
        name
        for path in (root / "components").glob("*.html")
        for value in re.findall(r'class="([^"{]*)', path.read_text("utf-8"))
        for name in value.split()
    }
    unstyled = {name for name in classes if not re.search(rf"\.{re.escape(name)}(?![\w-])", css)}
    hooks = {
        "regions",
        "datasets",
        "mention-group",
        "members",
        "line",
        "bar-label",
        "web-only",
        "evaluations",
        "cards-result-kind",
    }
    assert {name for name in unstyled if not name.endswith("-")} <= hooks
