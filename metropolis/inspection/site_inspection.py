"""The whole inspection of a built site: the last gate before it takes the old one's place. A page
is read once, and again only if something that it refers to is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

from metropolis.inputs import Files
from metropolis.inspection.built_file import read_built_page
from metropolis.inspection.destinations import Addresses, SiteFiles
from metropolis.inspection.facts import PageFacts
from metropolis.inspection.page_language import SitePages, check_language
from metropolis.inspection.page_links import check_page_links, check_path, check_ways_in
from metropolis.inspection.page_summary import PageSummary, summarise
from metropolis.inspection.sitemap import check_sitemap
from metropolis.inspection.style_sheets import check_sheets
from metropolis.problem import Problem


class Inspection:
    """An inspection of a site whose files have `digests`. `known` are summaries of pages as they
    are or were, of a site with the same address and languages: other pages are read."""

    def __init__(
        self,
        site_dir: Path,
        site_url: str,
        locales: tuple[str, ...],
        digests: Mapping[str, str],
        known: Mapping[str, PageSummary] = MappingProxyType({}),
    ) -> None:
        self.site_dir, self.site_url, self.locales = site_dir, site_url, locales
        self.html = {path: one for path, one in digests.items() if path.endswith(".html")}
        self.files, self.known = tuple(digests), known

    def run(self, sources: Mapping[str, str]) -> tuple[list[Problem], dict[str, PageSummary]]:
        """Every problem, and the summaries of all pages that can be read. A problem of a page is at
        its file in `sources`."""
        pages, problems = self._summaries()
        anchors = {path: one.anchors for path, one in pages.items()}
        site = SiteFiles(self.site_dir, self.site_url, self.files, anchors)
        homes = ["index.html", *(f"{locale}/index.html" for locale in self.locales[1:])]
        for home in homes:
            if home not in site.files:
                what = "The home page is missing."
                problems.append(Problem(home, 0, 0, what, how="Build the site again."))
        problems += self._check(site, pages)
        problems += check_sheets(site)
        linked = {path: page.links for path, page in pages.items() if not page.is_not_found}
        problems += check_ways_in(linked, [home for home in homes if home in site.files])
        problems += check_sitemap(site, pages.values())
        return sorted(_at_source(problem, sources) for problem in problems), pages

    def _summaries(self) -> tuple[dict[str, PageSummary], list[Problem]]:
        """Every page's, and a problem for each page that cannot be read."""
        addresses = Addresses(self.site_url)
        found: dict[str, PageSummary] = {}
        problems: list[Problem] = []
        for path, html in self.html.items():
            known = self.known.get(path)
            if known is not None and known.html == html:
                found[path] = known
            elif isinstance(page := self._read(path), PageFacts):
                found[path] = summarise(page, html, addresses)
            else:
                problems.append(page)
        return found, problems

    def _read(self, path: str) -> PageFacts | Problem:
        file = Files(self.site_dir, ((path, self.html[path]),))
        return read_built_page(file.read(path), path, self.locales)

    def _check(self, site: SiteFiles, pages: Mapping[str, PageSummary]) -> Iterator[Problem]:
        """What is wrong in pages: only a page in which something is wrong is read again."""
        site_pages = SitePages(site, pages, self.locales)
        for path, page in pages.items():
            yield from check_language(site_pages, page)
            if page.is_sound and page.refers_to_nothing_missing(site):
                continue
            facts = self._read(path)
            if isinstance(facts, PageFacts):
                for line, column, what, how in facts.refusals:
                    yield Problem(path, line, column, what, how=how)
                yield from check_path(facts)
                yield from check_page_links(site, facts)


def _at_source(problem: Problem, sources: Mapping[str, str]) -> Problem:
    """The problem at the page's source file, without the line of the built page."""
    source = sources.get(problem.path)
    if source is None:
        return problem
    place = f"{problem.path}, line {problem.line}" if problem.line else problem.path
    how = " ".join(text for text in (problem.how, f"(Built page: {place}.)") if text)
    return replace(problem, path=source, line=0, column=0, how=how)
