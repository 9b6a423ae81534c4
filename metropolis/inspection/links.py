"""Every link of our own leads somewhere, to an anchor that exists; every page has a way in."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from lxml import html

from metropolis.inspection.facts import PageFacts
from metropolis.problem import Problem


class Site:
    """The files of a site, and how addresses lead to them."""

    def __init__(self, site_dir: Path, site_url: str, pages: list[PageFacts]) -> None:
        self.files = {path.relative_to(site_dir).as_posix() for path in site_dir.rglob("*") if path.is_file()}
        self.ids = {page.path: frozenset(page.ids) for page in pages}
        self.url = urlsplit(site_url)
        self.base = self.url.path.strip("/")

    def target(self, page: PageFacts, href: str) -> tuple[str | None, str]:
        """(file, anchor) that `href` on `page` leads to; file None for addresses outside the site."""
        parts = urlsplit(href)
        if parts.scheme not in ("", "http", "https") or (parts.netloc and parts.netloc != self.url.netloc):
            return None, ""
        path = unquote(parts.path)
        if not path:
            return page.path, unquote(parts.fragment)
        if path.startswith("/"):
            path = path.lstrip("/").removeprefix(self.base).lstrip("/") if self.base else path.lstrip("/")
        else:
            path = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) + (
                "/" if path.endswith("/") else ""
            )
        path = path.removeprefix("./")
        if path in ("", ".", "./") or path.endswith("/"):
            path = posixpath.join(path.strip("./") and path, "index.html")
        return path, unquote(parts.fragment)


def check_links(site: Site, pages: list[PageFacts]) -> Iterator[Problem]:
    """A problem for each link to nowhere, each missing anchor, each page that nothing leads to."""
    reached: set[str] = {"index.html"}
    for page in pages:
        for element in page.tree.iter("a", "link", "area"):
            href = element.get("href")
            if href is None or element.get("rel") in ("canonical", "alternate"):
                continue
            file, anchor = site.target(page, href)
            if file is None:
                continue
            if file != page.path and not page.is_not_found:
                reached.add(file)
            yield from _check(site, page, element, href, file, anchor)
    for page in pages:
        if page.path not in reached and not page.is_not_found:
            yield Problem(page.path, 0, 0, "No other page leads to this page.", how="Link to it, or remove it.")


def _check(
    site: Site, page: PageFacts, element: html.HtmlElement, href: str, file: str, anchor: str
) -> Iterator[Problem]:
    line = page.line(element)
    if file not in site.files:
        yield Problem(page.path, line, 1, f"The link “{href}” leads to no page of this site.", how="Mend the link.")
    elif anchor and file in site.ids and anchor not in site.ids[file]:
        what = f"The link “{href}” leads to an anchor that the page does not have."
        yield Problem(page.path, line, 1, what, how=f"Mend the link, or put the anchor “{anchor}” back.")
