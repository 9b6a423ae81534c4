"""What a first view weighs: requests and bytes (brotli) of each page type, against the budgets.

Run by `make audit`, after `make site`. Chromium opens each page with an empty cache and lists what it
fetches; sizes are those of the files under site/, compressed with brotli at its highest level (fonts as they are).
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from playwright.sync_api import Browser
from site_browser import SITE, open_site

PAGES = [
    "", "governance/", "rethink/", "gender-mainstreaming/", "challenges/urban-growth/", "action-plan/",
    "action-plan/line-2/", "milestones/", "initiatives/", "members/", "members/montreal/",
    "indicators/air-quality/", "references/", "glossary/",
]  # fmt: skip
BUDGET_WITHOUT_FONTS, BUDGET_WITH_FONTS, BUDGET_REQUESTS = 60_000, 100_000, 10


def main() -> int:
    """Prints the table; 1 when a page is past a budget."""
    print(f"{'page':36} {'requests':>8} {'KB':>7} {'with font':>10}")
    with open_site() as (base, browser):
        too_heavy = [
            path
            for prefix in ("", "en/", "es/")
            for path in (prefix + page for page in PAGES)
            if not _is_light(path, _fetched(browser, base, path))
        ]
    kilobytes = f"{BUDGET_WITHOUT_FONTS // 1000} KB, {BUDGET_WITH_FONTS // 1000} KB with the font"
    print(f"Budgets: {BUDGET_REQUESTS} requests, {kilobytes}. Past them: {', '.join(too_heavy) or 'none'}.")
    return 1 if too_heavy else 0


def _fetched(browser: Browser, base: str, path: str) -> list[Path]:
    """The files that a first view of the page fetches."""
    urls: list[str] = []
    context = browser.new_context()
    page = context.new_page()
    page.on("request", lambda request: urls.append(request.url))
    page.goto(base + path, wait_until="networkidle")
    context.close()
    paths = [urlsplit(url).path.lstrip("/") for url in urls if not url.startswith("data:")]
    return [SITE / (name + "index.html" if name.endswith("/") or not name else name) for name in paths]


def _is_light(path: str, files: list[Path]) -> bool:
    sizes = {file: _size(file) for file in files}
    total = sum(sizes.values())
    fonts = sum(size for file, size in sizes.items() if file.suffix == ".woff2")
    print(f"/{path:35} {len(files):8} {(total - fonts) / 1000:7.1f} {total / 1000:10.1f}")
    return len(files) <= BUDGET_REQUESTS and total - fonts <= BUDGET_WITHOUT_FONTS and total <= BUDGET_WITH_FONTS


def _size(file: Path) -> int:
    data = file.read_bytes()
    return len(data) if file.suffix in {".woff2", ".png", ".jpg"} else len(brotli.compress(data))


if __name__ == "__main__":
    sys.exit(main())
