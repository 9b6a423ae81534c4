"""The budgets of a first view, on the heaviest page types; `make audit` weighs every type in each
language."""

from __future__ import annotations

from pathlib import Path

import pytest
from audit.weight import weigh
from playwright.sync_api import Browser


@pytest.mark.parametrize("path", ["/", "/en/members/", "/es/members/seoul/", "/milestones/"])
def test_a_first_view_keeps_the_budgets(
    browser: Browser, served: str, built_site: Path, path: str
) -> None:
    weight = weigh(browser, served, path, built_site)
    assert weight.is_light, weight
    assert weight.without_fonts > 0
