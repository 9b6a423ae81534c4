"""axe-core on every built page of each language: light and dark, wide and on a phone.

The rules are those of WCAG 2.0 to 2.2, A and AA, and the engine's best practice. A page is opened
once; the settings change on it, as they do when a reader turns the phone or the lamp."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from importlib.resources import files
from itertools import product
from multiprocessing import get_context

from site_browser import SITE, open_site

SCHEMES = ("light", "dark")
SIZES = ((1280, 900), (390, 844))
OPTIONS = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
RUN = """async options => (await axe.run(document, options)).violations.map(
    rule => ({id: rule.id, nodes: rule.nodes.length, html: rule.nodes[0].html}))"""


def audit() -> bool:
    """Prints a line for each rule that is broken, with one place, and the count of runs."""
    pages = sorted(page.relative_to(SITE).as_posix() for page in SITE.rglob("*.html"))
    workers = os.cpu_count() or 1
    broken: dict[str, list[str]] = {}
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for found in pool.map(_look, [pages[first::workers] for first in range(workers)]):
            for rule, place in found:
                broken.setdefault(rule, []).append(place)
    for rule, places in sorted(broken.items()):
        print(f"axe {rule}: {len(places)} times, first {places[0]}")
    runs = len(pages) * len(SCHEMES) * len(SIZES)
    print(
        f"axe: {len(pages)} pages, {runs} runs (light and dark, wide and phone), {len(broken)}"
        " rules broken."
    )
    return not broken


def _look(pages: list[str]) -> list[tuple[str, str]]:
    """(rule, where and in which setting) for every rule that one of the pages breaks."""
    engine = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
    found = []
    with open_site() as (base, browser):
        page = browser.new_page(reduced_motion="reduce")
        for path in pages:
            page.goto(base + path.removesuffix("index.html"), wait_until="load")
            page.evaluate(engine)
            for scheme, (width, height) in product(SCHEMES, SIZES):
                page.emulate_media(color_scheme=scheme)
                page.set_viewport_size({"width": width, "height": height})
                for rule in page.evaluate(RUN, OPTIONS):
                    found.append(
                        (
                            rule["id"],
                            f"/{path} {scheme} {width} ({rule['nodes']}): {rule['html'][:110]}",
                        )
                    )
    return found
