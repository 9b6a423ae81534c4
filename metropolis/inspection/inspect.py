"""The whole inspection of a built site: the last gate before the new site takes the old one's place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from metropolis.inspection.facts import PageFacts
from metropolis.inspection.language import check_language
from metropolis.inspection.links import check_links, check_paths, check_ways_in
from metropolis.inspection.markup import check_markup
from metropolis.inspection.pages import read_pages
from metropolis.inspection.places import Places
from metropolis.inspection.programs import NOTHING, Allowed, check_programs
from metropolis.inspection.resources import check_resources
from metropolis.inspection.sitemap import check_sitemap
from metropolis.problem import Problem
from metropolis.store import Store


def inspect_site(
    site_dir: Path,
    site_url: str,
    locales: tuple[str, ...],
    sources: Mapping[str, str] | None = None,
    allowed: Allowed = NOTHING,
    store: Store | None = None,
) -> list[Problem]:
    """Every problem of the site built in `site_dir` for the address `site_url`, in order.

    `locales` begins with the one that stands at the root; the others stand in folders of their names.
    `sources` maps a built page ("en/vision/index.html") to the file that people mend, named then instead.
    `store` keeps what was read of pages for the next time.
    """
    pages, problems = read_pages(site_dir, locales, store)
    places = Places(site_dir, site_url, pages)
    homes = [home for home in _homes(locales) if home in places.files]
    for home in _homes(locales):
        if home not in places.files:
            problems.append(Problem(home, 0, 0, "The home page is missing.", how="Build the site anew."))
    problems += _check_pages(places, pages, locales, allowed)
    problems += check_ways_in(places, pages, homes)
    problems += check_sitemap(places, pages)
    return sorted(_at_source(problem, sources or {}) for problem in problems)


def _check_pages(
    places: Places, pages: Sequence[PageFacts], locales: tuple[str, ...], allowed: Allowed
) -> Iterator[Problem]:
    for page in pages:
        yield from check_markup(page)
        yield from check_programs(page, allowed)
    yield from check_paths(pages)
    yield from check_links(places, pages)
    yield from check_language(places, pages, locales)
    yield from check_resources(places, pages)


def _homes(locales: tuple[str, ...]) -> list[str]:
    return ["index.html", *(f"{locale}/index.html" for locale in locales[1:])]


def _at_source(problem: Problem, sources: Mapping[str, str]) -> Problem:
    """The problem as one of the page's source; a line of the built page means nothing there."""
    source = sources.get(problem.path)
    if source is None:
        return problem
    place = f"{problem.path}, line {problem.line}" if problem.line else problem.path
    how = " ".join(text for text in (problem.how, f"(Built page: {place}.)") if text)
    return replace(problem, path=source, line=0, column=0, how=how)
