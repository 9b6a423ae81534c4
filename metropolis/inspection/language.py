"""What a page claims of its language and of its counterparts is true."""

from __future__ import annotations

from collections.abc import Iterator

from metropolis.inspection.facts import PageFacts
from metropolis.inspection.links import Site
from metropolis.problem import Problem


def check_language(site: Site, pages: list[PageFacts], site_url: str, default: str) -> Iterator[Problem]:
    """`lang`, canonical, alternates."""
    alternates = {page.path: _alternates(page) for page in pages}
    by_path = {page.path: page for page in pages}
    for page in pages:
        lang = page.tree.get("lang")
        if lang != page.locale:
            what = f"The page says that it is in “{lang}”, but it stands among those in “{page.locale}”."
            yield Problem(page.path, 1, 1, what, how="Mend the lang attribute of <html>.")
        if page.is_not_found:
            continue
        canonical = page.tree.xpath("string(//link[@rel='canonical']/@href)")
        if not canonical.startswith(site_url) or site.target(page, canonical)[0] not in by_path:
            yield Problem(page.path, 0, 0, f"The canonical address “{canonical}” is not a page of this site.")
        yield from _check_alternates(site, page, alternates, by_path, site_url, default)


def _alternates(page: PageFacts) -> dict[str, str]:
    return {
        link.get("hreflang"): link.get("href", "") for link in page.tree.xpath("//link[@rel='alternate'][@hreflang]")
    }


def _check_alternates(
    site: Site, page: PageFacts, alternates: dict[str, dict[str, str]], by_path: dict[str, PageFacts],
    site_url: str, default: str,
) -> Iterator[Problem]:  # fmt: skip
    own = alternates[page.path]
    for locale, href in own.items():
        if not href.startswith(site_url):
            yield Problem(page.path, 0, 0, f"The alternate “{href}” is not an absolute address of this site.")
            continue
        file = site.target(page, href)[0]
        other = by_path.get(file or "")
        if other is None:
            yield Problem(page.path, 0, 0, f"The alternate “{href}” does not exist.")
        elif locale != "x-default" and other.tree.get("lang") != locale:
            yield Problem(page.path, 0, 0, f"The alternate “{href}” is not in “{locale}”.")
        elif alternates[other.path] != own:
            yield Problem(page.path, 0, 0, f"The alternate “{href}” does not name the same counterparts.")
    if own and own.get("x-default") != own.get(default):
        yield Problem(page.path, 0, 0, "The address for other languages (x-default) is not the source language's.")
