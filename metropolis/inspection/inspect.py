"""The whole inspection of a built site, in one call: the last gate before the new site takes the old one's place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from metropolis.inspection.facts import PageFacts, read_pages
from metropolis.inspection.language import check_language
from metropolis.inspection.links import Site, check_links
from metropolis.inspection.markup import check_markup
from metropolis.inspection.resources import check_resources
from metropolis.problem import Problem

_SITEMAP = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
_NAME = re.compile(r"[a-z0-9./-]+\Z")


def inspect_site(site_dir: Path, site_url: str, locales: tuple[str, ...]) -> list[Problem]:
    """Every problem of the built site; `locales` begins with the one that stands at the root."""
    pages = read_pages(site_dir, locales)
    site = Site(site_dir, site_url, pages)
    problems = [problem for page in pages for problem in check_markup(page)]
    problems += check_links(site, pages)
    problems += check_language(site, pages, site_url, locales[0])
    problems += check_resources(site, pages, site_dir)
    problems += _check_sitemap(site_dir, site_url, pages)
    problems += _check_names(pages)
    return sorted(problems)


def _check_sitemap(site_dir: Path, site_url: str, pages: list[PageFacts]) -> Iterator[Problem]:
    file = site_dir / "sitemap.xml"
    if not file.is_file():
        yield Problem("sitemap.xml", 0, 0, "The sitemap is missing.")
        return
    listed = set(etree.parse(str(file)).xpath("//s:loc/text()", namespaces=_SITEMAP))
    expected = {
        site_url.rstrip("/") + "/" + page.path.removesuffix("index.html") for page in pages if not page.is_not_found
    }
    for address in sorted(listed - expected):
        yield Problem("sitemap.xml", 0, 0, f"“{address}” does not exist.")
    for address in sorted(expected - listed):
        yield Problem("sitemap.xml", 0, 0, f"“{address}” is not listed.")


def _check_names(pages: list[PageFacts]) -> Iterator[Problem]:
    for page in pages:
        if not _NAME.match(page.path):
            what = "The page's address has other characters than lower-case letters, digits and hyphens."
            yield Problem(page.path, 0, 0, what, how="Rename its source.")
