"""The whole inspection of a built site: the last gate before it takes the old one's place. A page
is looked at again when it, or something that it refers to, has changed (`suspects`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from metropolis.cache import Cache
from metropolis.inputs import Files
from metropolis.inspection.built_file import BuiltFile, read_built_file
from metropolis.inspection.destinations import Addresses, SiteFiles
from metropolis.inspection.facts import PageFacts, PageSummary, summarise
from metropolis.inspection.page_language import SitePages, check_language
from metropolis.inspection.page_links import check_page_links, check_path, check_ways_in
from metropolis.inspection.resources import check_resources, check_sheets
from metropolis.inspection.sitemap import check_sitemap
from metropolis.problem import Problem
from metropolis.workers import Workers

# Fewer pages than this are checked in this process: starting others costs more than it saves.
_FEW = 48


@dataclass(frozen=True)
class Inspected:
    """What an inspection without problems saw. `files`: digests of files that are not pages."""

    site_url: str
    locales: tuple[str, ...]
    files: Mapping[str, str] = field(repr=False)
    pages: Mapping[str, PageSummary] = field(repr=False)


class Inspection:
    """An inspection of a site whose files have `digests`. Without a cache every page is read again;
    `known` are summaries of pages as they are or were."""

    def __init__(
        self,
        site_dir: Path,
        site_url: str,
        locales: tuple[str, ...],
        digests: Mapping[str, str],
        cache: Cache | None = None,
        known: Mapping[str, PageSummary] | None = None,
    ) -> None:
        self.site_dir, self.site_url, self.locales = site_dir, site_url, locales
        self.html = {path: one for path, one in digests.items() if _is_page(path)}
        self.files = {path: one for path, one in digests.items() if not _is_page(path)}
        self.cache = cache
        self.known = known or {}

    def run(
        self, sources: Mapping[str, str], before: Inspected | None = None
    ) -> tuple[list[Problem], Inspected]:
        """Every problem, and what was seen: if there is no problem, the `before` of a later run."""
        pages, problems = self._summaries()
        anchors = {path: one.anchors for path, one in pages.items()}
        site = SiteFiles(self.site_dir, self.site_url, (*self.html, *self.files), anchors)
        homes = ["index.html", *(f"{locale}/index.html" for locale in self.locales[1:])]
        for home in homes:
            if home not in site.files:
                what = "The home page is missing."
                problems.append(Problem(home, 0, 0, what, how="Build the site again."))
        seen = Inspected(self.site_url, self.locales, self.files, pages)
        self._pages = SitePages(site, pages, self.locales)
        problems += self._check(sorted(suspects(seen, before)))
        problems += check_sheets(site)
        problems += check_ways_in(pages.values(), [home for home in homes if home in site.files])
        problems += check_sitemap(site, pages.values())
        return sorted(_at_source(problem, sources) for problem in problems), seen

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
        file = BuiltFile(path, self.locales, Files(self.site_dir, ((path, self.html[path]),)))
        if self.cache is None:
            return read_built_file(file)
        return self.cache.remember("facts", file, read_built_file)

    def _check(self, paths: Sequence[str]) -> list[Problem]:
        """What is wrong in pages, of which not one is held longer than it is looked at."""
        with Workers(self, len(paths), _FEW) as workers:
            return [*chain.from_iterable(workers.share(Inspection._check_share, paths))]

    def _check_share(self, paths: Sequence[str]) -> list[Problem]:
        problems: list[Problem] = []
        site = self._pages.files
        for path in paths:
            page = self._read(path)
            if isinstance(page, PageFacts):
                for line, column, what, how in page.refusals:
                    problems.append(Problem(path, line, column, what, how=how))
                problems += check_path(page)
                problems += check_page_links(site, page)
                problems += check_language(self._pages, page)
                problems += check_resources(site, page)
        return problems


def suspects(seen: Inspected, before: Inspected | None) -> set[str]:
    """The pages to check, given that everything seen `before` was right: those that have changed,
    or refer to something that has. All of them if any were added or removed, or if one states a
    different address, language or noindex, on which counterparts and the sitemap depend."""
    if before is None or (before.site_url, before.locales) != (seen.site_url, seen.locales):
        return set(seen.pages)
    then, now = before.pages, seen.pages
    if {page.identity for page in then.values()} != {page.identity for page in now.values()}:
        return set(now)
    changed = {path for path, page in now.items() if page.html != then[path].html}
    # A changed page can break links from other pages only by losing an anchor: it still exists.
    # Any other file counts as touched when it has changed or gone.
    touched = {path for path in changed if then[path].anchors - now[path].anchors}
    touched |= {path for path, digest in before.files.items() if digest != seen.files.get(path)}
    return changed | {
        path
        for path, page in now.items()
        if not (touched.isdisjoint(page.links) and touched.isdisjoint(page.needs))
    }


def _is_page(path: str) -> bool:
    return path.endswith(".html")


def _at_source(problem: Problem, sources: Mapping[str, str]) -> Problem:
    """The problem at the page's source file, without the line of the built page."""
    source = sources.get(problem.path)
    if source is None:
        return problem
    place = f"{problem.path}, line {problem.line}" if problem.line else problem.path
    how = " ".join(text for text in (problem.how, f"(Built page: {place}.)") if text)
    return replace(problem, path=source, line=0, column=0, how=how)
