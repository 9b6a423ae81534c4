"""Makes the cache key of a page: a digest of everything that the page is made from.

These are contents, never dates. For the page alone: its text and status. For all pages: the data,
the titles in the navigation, which pages exist in which language, the configuration, the theme's
files and the day of the release. The toolkit is in every key (cache.py)."""

from __future__ import annotations

from metropolis.builder.render_context import RenderContext
from metropolis.builder.rendering import BuiltPage, PageInputs, render_page
from metropolis.cache import Cache, CacheEntry
from metropolis.inputs import Known, digest, folder_digest

_DAYS = "data_changes("


class PageCache:
    """The cache entries of all pages of a build."""

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
