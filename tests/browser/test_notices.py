"""A stale page and one that is shown in the source language, as readers meet them."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def opened(browser: Browser, served_notices: str):
    """`opened(path, …)` opens a page of the site with notices."""
    contexts = []

    def open_page(path: str, **options: object) -> Page:
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        answer = page.goto(served_notices + path)
        assert answer
        assert answer.ok
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/es/vision/", "/es/mission/"])
def test_axe_finds_nothing_on_either(opened, path: str, scheme: str) -> None:
    answer = Axe().run(opened(path, color_scheme=scheme)).response
    assert [(one["id"], one["nodes"][0]["html"][:100]) for one in answer["violations"]] == []


def test_the_notice_is_seen_first_and_leads_to_the_section_and_the_source(opened) -> None:
    page = opened("/es/vision/", viewport={"width": 390, "height": 844})
    notice = page.get_by_role("note", name="Esta traducción no está actualizada")
    expect(notice).to_be_visible()
    heading = page.get_by_role("heading", level=1)
    assert notice.bounding_box()["y"] < heading.bounding_box()["y"]
    notice.get_by_role("link", name="Cinco temas para orientarse").click()
    assert page.url.endswith("/es/vision/#guiding-themes")
    notice.get_by_role("link", name="Leer la página original (francés)").click()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def test_a_missing_page_keeps_the_readers_frame(opened) -> None:
    page = opened("/es/mission/")
    expect(page.get_by_role("note", name="Esta página todavía no está traducida")).to_be_visible()
    expect(page.locator("article")).to_have_attribute("lang", "fr")
    expect(page.get_by_role("button", name="Buscar")).to_be_visible()
    page.get_by_role("navigation", name="Idiomas").first.get_by_role(
        "link", name="Français"
    ).click()
    assert page.url.endswith("/mission/")
    assert "/es/" not in page.url


def test_a_missing_page_is_not_found_in_that_languages_search(opened) -> None:
    page = opened("/es/")
    page.get_by_role("button", name="Buscar").click()
    page.locator("dialog.search input[type=search]").fill("mission")
    page.locator(".search-status").filter(has_text="resultado").wait_for()
    hrefs = page.locator(".search-results a").evaluate_all(
        "links => links.map(link => link.pathname)"
    )
    assert "/es/mission/" not in hrefs
