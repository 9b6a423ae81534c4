"""Reading, against its budgets: what a first view weighs, and axe-core on every page. Run by `make audit`.

Weight: Chromium opens a page of each type with an empty cache and lists what it fetches; sizes are those of the files
under site/, compressed with brotli at its highest level (fonts and pictures as they are).
axe: every built page in each language, light and dark, wide and on a phone, against WCAG 2.2 AA and best practice.
"""

from __future__ import annotations

import sys
from pathlib import Path
from urllib.parse import urlsplit

import brotli
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser
from site_browser import SITE, open_site

PAGES = [
    "", "governance/", "rethink/", "gender-mainstreaming/", "challenges/urban-growth/", "action-plan/",
    "action-plan/line-2/", "milestones/", "initiatives/", "members/", "members/montreal/",
    "indicators/air-quality/", "references/", "glossary/",
]  # fmt: skip
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
BUDGET_WITHOUT_FONTS, BUDGET_WITH_FONTS, BUDGET_REQUESTS = 60_000, 100_000, 10


def main() -> int:
    """Prints the tables; 1 when a page is past a budget or breaks a rule. With arguments, only these parts."""
    parts = {"weight": _weight, "axe": _axe}
    wanted = sys.argv[1:] or list(parts)
    with open_site() as (base, browser):
        results = [parts[part](base, browser) for part in wanted]
    return 0 if all(results) else 1


def _axe(base: str, browser: Browser) -> bool:
    """Every page, in every setting; a line for each rule that is broken, with one place."""
    engine = Axe()
    pages = sorted(page.parent.relative_to(SITE).as_posix() + "/" for page in SITE.rglob("index.html"))
    broken: dict[str, list[str]] = {}
    runs = 0
    for scheme in ("light", "dark"):
        for width, height in ((1280, 900), (390, 844)):
            context = browser.new_context(
                viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
            )
            page = context.new_page()
            for path in pages:
                page.goto(base + path.removeprefix("./"))
                runs += 1
                for violation in engine.run(page, options=AXE).response["violations"]:
                    place = f"/{path} {scheme} {width}: {violation['nodes'][0]['html'][:90]}"
                    broken.setdefault(violation["id"], []).append(place)
            context.close()
    for rule, places in sorted(broken.items()):
        print(f"axe {rule}: {len(places)} times, first {places[0]}")
    print(f"axe: {len(pages)} pages, {runs} runs (light and dark, wide and phone): {len(broken)} rules broken.")
    return not broken


def _weight(base: str, browser: Browser) -> bool:
    """A page of each type in each language, against the budgets."""
    print(f"{'page':36} {'requests':>8} {'KB':>7} {'with font':>10}")
    too_heavy = [
        path
        for prefix in ("", "en/", "es/")
        for path in (prefix + page for page in PAGES)
        if not _is_light(path, _fetched(browser, base, path))
    ]
    kilobytes = f"{BUDGET_WITHOUT_FONTS // 1000} KB, {BUDGET_WITH_FONTS // 1000} KB with the font"
    print(f"Budgets: {BUDGET_REQUESTS} requests, {kilobytes}. Past them: {', '.join(too_heavy) or 'none'}.")
    return not too_heavy


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
