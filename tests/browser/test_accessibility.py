"""axe-core finds nothing to say on any page type, in both schemes, wide and on a phone, with menu
and search open."""

from __future__ import annotations

from collections.abc import Callable
from itertools import cycle

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

Visit = Callable[..., Page]
PAGES = [
    "", "metropolitan-era/", "governance/", "rethink/", "gender-mainstreaming/", "vision/", "challenges/",
    "challenges/urban-growth/", "action-plan/", "action-plan/line-2/", "milestones/", "initiatives/", "members/",
    "members/montreal/", "indicators/", "indicators/air-quality/", "references/", "glossary/", "data/", "about/",
]  # fmt: skip
# Each page type in both schemes and on both screens: by turns light and wide with dark and on a
# phone, and the other way round. All languages come up many times. `make audit` tries everything.
LOCALES = cycle(["", "en/", "es/"])
CASES = [
    (next(LOCALES) + page, scheme, (scheme == "dark") is (number % 2 == 0))
    for number, page in enumerate(PAGES)
    for scheme in ("light", "dark")
]


# WCAG 2.2 requires target-size, which axe leaves off by default.
OPTIONS = {"rules": {"target-size": {"enabled": True}}, "resultTypes": ["violations"]}


def findings(page: Page) -> list[str]:
    """axe's violations, one line each."""
    answer = Axe().run(page, options=OPTIONS).response
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize(("path", "scheme", "phone"), CASES)
def test_no_violation_on_any_page_type(visit: Visit, path: str, scheme: str, phone: bool) -> None:
    assert findings(visit("/" + path, phone=phone, color_scheme=scheme)) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("panel", ["menu", "search"])
def test_no_violation_with_a_panel_open(visit: Visit, panel: str, scheme: str) -> None:
    page = visit("/en/", phone=True, color_scheme=scheme)
    page.locator(f"[data-open={panel}]").click()
    if panel == "search":
        page.locator("dialog.search input[type=search]").fill("governance")
        page.locator(".search-results a").first.wait_for()
    assert findings(page) == []


def test_no_violation_on_the_page_not_found(visit: Visit) -> None:
    assert findings(visit("/nulle-part/", expect_status=404)) == []
