"""What a first view of a page weighs: Chromium opens one of each type with an empty cache and lists
what it fetches.

Sizes are those of the files under site/, compressed with brotli at its highest level (fonts and
pictures as they are)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser
from site_browser import SITE, open_site

PAGES = [
    "", "governance/", "rethink/", "gender-mainstreaming/", "challenges/urban-growth/",
    "action-plan/",
    "action-plan/line-2/", "milestones/", "initiatives/", "members/", "members/montreal/",
    "indicators/air-quality/", "references/", "glossary/", "data/",
]  # fmt: skip
BUDGET_WITHOUT_FONTS, BUDGET_WITH_FONTS, BUDGET_REQUESTS = 60_000, 100_000, 10


@dataclass(frozen=True)
class Weight:
    """What a first view fetches: how many files, their bytes without the fonts, and with them."""

    requests: int
    without_fonts: int
    with_fonts: int

    @property
    def is_light(self) -> bool:
        """Within the budgets."""
        return (
            self.requests <= BUDGET_REQUESTS
            and self.without_fonts <= BUDGET_WITHOUT_FONTS
            and self.with_fonts <= BUDGET_WITH_FONTS
        )


def audit() -> bool:
    """Prints requests and kilobytes of a page of each type in each language, and which are past a
    budget."""
    print(f"{'page':36} {'requests':>8} {'KB':>7} {'with font':>10}")
    too_heavy = []
    with open_site() as (base, browser):
        for path in (prefix + page for prefix in ("", "en/", "es/") for page in PAGES):
            weight = weigh(browser, base, path, SITE)
            print(
                f"/{path:35} {weight.requests:8} {weight.without_fonts / 1000:7.1f}"
                f" {weight.with_fonts / 1000:10.1f}"
            )
            too_heavy += [] if weight.is_light else [path]
    kilobytes = f"{BUDGET_WITHOUT_FONTS // 1000} KB, {BUDGET_WITH_FONTS // 1000} KB with the font"
    print(
        f"Budgets: {BUDGET_REQUESTS} requests, {kilobytes}. Past them:"
        f" {', '.join(too_heavy) or 'none'}."
    )
    return not too_heavy


def weigh(browser: Browser, base: str, path: str, site: Path) -> Weight:
    """A first view of the page at `base` + `path`; `base` serves the folder `site`."""
    urls: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: urls.append(request.url))
    page.goto(base + path, wait_until="networkidle")
    context.close()
    names = [urlsplit(url).path.lstrip("/") for url in urls if not url.startswith("data:")]
    files = [
        site / (name + "index.html" if name.endswith("/") or not name else name) for name in names
    ]
    sizes = {file: _size(file) for file in files}
    fonts = sum(size for file, size in sizes.items() if file.suffix == ".woff2")
    return Weight(len(files), sum(sizes.values()) - fonts, sum(sizes.values()))


def _size(file: Path) -> int:
    data = file.read_bytes()
    return len(data) if file.suffix in {".woff2", ".png", ".jpg"} else len(brotli.compress(data))
