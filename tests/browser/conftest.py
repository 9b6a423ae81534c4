"""A real browser: Debian's Chromium, driven by Playwright."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from site_browser import find_browser

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for a worker."""
    executable = find_browser()
    assert executable, "Chromium is missing: make test installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def visit(browser: Browser, served: str) -> Iterator[object]:
    """`visit(path, phone=False, …)` opens a page; console errors, failed and foreign requests fail
    the test."""
    contexts: list[BrowserContext] = []
    troubles: list[str] = []

    def open_page(
        path: str, phone: bool = False, expect_status: int = 200, **options: object
    ) -> Page:
        context = browser.new_context(viewport=PHONE if phone else WIDE, has_touch=phone, **options)
        contexts.append(context)
        page = context.new_page()
        page.on(
            "console", lambda message: message.type == "error" and troubles.append(message.text)
        )
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on(
            "request",
            lambda request: (
                request.url.startswith((served, "data:"))
                or troubles.append(f"foreign: {request.url}")
            ),
        )
        page.on(
            "response",
            lambda response: (
                response.status < 400
                or response.status == expect_status
                or troubles.append(f"{response.status} {response.url}")
            ),
        )
        answer = page.goto(served + path)
        assert answer
        assert answer.status == expect_status
        return page

    yield open_page
    for context in contexts:
        context.close()
    expected = "Failed to load resource: the server responded with a status of 404"
    assert [trouble for trouble in troubles if not trouble.startswith(expected)] == []
