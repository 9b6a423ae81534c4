"""Makes the cache key of a page, a digest of everything that it is made from, and renders a page
from these inputs alone. They are contents, never dates: its text and status, and for all pages the
data, titles, which pages exist, the configuration, the theme and the day of the release."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache

from metropolis.addresses import NOT_FOUND, page_file
from metropolis.builder.render_context import RenderContext
from metropolis.cache import Cache, CacheEntry
from metropolis.inputs import Known, digest, folder_digest
from metropolis.log_messages import collected_messages
from metropolis.opendata.history import DataDay
from metropolis.patience import patience
from metropolis.problem import Problem, ProblemsError
from metropolis.site.session import Session
from metropolis.site.unrenderable import cannot_render
from metropolis.translation.status import PageStatus
from metropolis.web.social_cards import Picture

_DAYS = "data_changes("


@dataclass(frozen=True, slots=True)
class PageInputs:
    """All inputs of a page. MkDocs reads the file with `text` again. `days`, on which the data
    changed, is given only to the page that shows them."""

    shared: Known[RenderContext]
    locale: str
    name: str
    text: str
    status: PageStatus | None
    days: tuple[DataDay, ...]

    @property
    def path(self) -> str:
        """The file in which people edit the page."""
        return f"content/{self.locale}/{self.name}.md"


@dataclass(frozen=True, slots=True)
class BuiltPage:
    html: str
    title: str
    picture: Picture | None


class PageCache:
    def __init__(self, cache: Cache, shared: RenderContext) -> None:
        workbench = shared.prepared.workbench
        self._cache = cache
        self._source = workbench.project.source
        self._statuses = {(status.locale, status.name): status for status in workbench.statuses}
        pages = workbench.pages.values()
        self._texts = {(page.locale, page.name): page.text.text for page in pages}
        self._days = tuple(shared.data_days)
        self.shared = Known(_digest_of(shared), shared)

    def entry(self, locale: str, name: str) -> CacheEntry[PageInputs, BuiltPage]:
        """The cache entry of a page. If there is no translation, it shows the source page."""
        text = self._texts.get((locale, name)) or self._texts.get((self._source, name), "")
        status = self._statuses.get((locale, name))
        days = self._days if _DAYS in text else ()
        inputs = PageInputs(self.shared, locale, name, text, status, days)
        return self._cache.entry("pages", inputs, render_page)


def _digest_of(shared: RenderContext) -> str:
    """The inputs that all pages of a build share."""
    workbench = shared.prepared.workbench
    project = workbench.project
    heads = sorted(
        (page.locale, page.name, page.front_matter.title, page.front_matter.description)
        for page in workbench.pages.values()
        if page.front_matter
    )
    names = sorted((code, *sorted(found)) for code, found in shared.prepared.page_names.items())
    assets = (*sorted(shared.assets.files), shared.assets.font)
    configuration = (project.root / "mkdocs.yml").read_bytes()
    theme = folder_digest(project.theme_dir)
    files = (configuration, theme, assets)
    return digest(workbench.known, files, tuple(heads), tuple(names), shared.release.date)


@lru_cache(1)
def session_of(shared: Known[RenderContext], locale: str) -> Session:
    """The session of a language. Only one is open, because a language may have many thousands of
    pages. It is valid for one build, which calls `session_of.cache_clear()` before and after."""
    return Session(shared.value.prepared.project.root / "site", locale, shared.value)


def render_page(inputs: PageInputs) -> BuiltPage:
    """Renders the page. Raises ProblemsError or TooSlowError."""
    found: list[Problem] = []
    with collected_messages("mkdocs", logging.WARNING) as messages:
        try:
            with patience():
                page = _render(inputs)
        # mkdocs-macros exits the process where it could raise an exception.
        except (Exception, SystemExit) as error:
            source = inputs.shared.value.prepared.workbench.pages.get(inputs.path)
            config = session_of(inputs.shared, inputs.locale).config
            found.append(cannot_render(inputs.path, error, source, config))
    if messages or found:
        # mkdocs-macros adds a stack trace, which does not help anybody who edits pages.
        whats = (" ".join(message.partition("```")[0].split()) for message in messages)
        raise ProblemsError([*(Problem(inputs.path, 0, 0, what) for what in whats), *found])
    return page


def _render(inputs: PageInputs) -> BuiltPage:
    opened = session_of(inputs.shared, inputs.locale)
    if inputs.name == NOT_FOUND:
        return BuiltPage(opened.render_not_found(), "", None)
    file = opened.pages[page_file(inputs.shared.value.prepared.project, inputs.locale, inputs.name)]
    html = opened.render(file)
    opened.let_go(file)  # Frees the memory of the rendered page.
    frames, page = opened.frames, (inputs.locale, inputs.name)
    return BuiltPage(html, frames.titles.pop(page), frames.pictures.pop(page))
