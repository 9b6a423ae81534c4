"""Checks that the sitemap lists exactly the pages that search engines should index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator

from lxml import etree

from metropolis.inspection.destinations import SiteFiles
from metropolis.inspection.facts import Identity
from metropolis.problem import Problem

FILE = "sitemap.xml"
_NAMESPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
_LOCATIONS = etree.XPath("//s:url/s:loc", namespaces=_NAMESPACES)
_ALTERNATES = etree.XPath("//s:url/x:link", namespaces=_NAMESPACES)


def check_sitemap(site: SiteFiles, pages: Iterable[Identity]) -> Iterator[Problem]:
    """A problem for each address that is missing, duplicated, or not for search engines."""
    if FILE not in site.files:
        yield Problem(FILE, 0, 0, "The sitemap is missing.", how="Build the site again.")
        return
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring((site.site_dir / FILE).read_bytes(), parser)
    except etree.XMLSyntaxError as error:
        line, column = (int(number or 0) for number in error.position)
        what = "The sitemap is not well-formed XML."
        yield Problem(FILE, line, column, what, how="Fix what writes it.")
        return
    known = {site.address(page.path): page for page in pages}
    listed = [(str(one.text or "").strip(), int(one.sourceline or 0)) for one in _LOCATIONS(root)]
    for address, line in listed:
        if what := _what(known.get(address), address):
            yield Problem(FILE, line, 1, what, how="Remove it from the sitemap.")
    counts = Counter(address for address, _ in listed)
    for address, count in counts.items():
        if count > 1:
            yield Problem(FILE, 0, 0, f"“{address}” is listed {count} times.", how="List it once.")
    for address, page in known.items():
        if page.is_indexable and address not in counts:
            what = f"“{address}” is not listed."
            yield Problem(FILE, 0, 0, what, how="Add it to the sitemap, or mark the page noindex.")
    for element in _ALTERNATES(root):
        address, line = str(element.get("href") or ""), int(element.sourceline or 0)
        if what := _what(known.get(address), address):
            yield Problem(FILE, line, 1, what, how="Fix the alternate in the sitemap.")


def _what(page: Identity | None, address: str) -> str:
    if page is None:
        return f"“{address}” is not a page of this site."
    return "" if page.is_indexable else f"“{address}” is not for search engines."
