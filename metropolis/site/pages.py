"""Makes the pages of all languages: those that an earlier build has made are taken from the store, the rest are
rendered side by side on the processors that there are.

Each page depends on its inputs alone, so that the division of the work changes nothing in what comes out.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from metropolis.addresses import locale_prefix, page_path
from metropolis.content.files import list_entries
from metropolis.content.images import IMAGE_SUFFIXES
from metropolis.problem import Problem
from metropolis.site.kept_pages import NOT_FOUND, BuiltPage, PageKeys, page_store
from metropolis.site.session import Session
from metropolis.site.share import Picture
from metropolis.site.shared import Shared
from metropolis.store import Store

# Fewer pages than these are rendered here: other processes cost more than they save.
_FEW = 24
Job = tuple[str, str]  # locale, page


@dataclass
class Made:
    """What the last steps ask of the pages, by (locale, name); and every problem of making them."""

    titles: dict[Job, str] = field(default_factory=dict)
    pictures: dict[Job, Picture] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rendered: int = 0

    def take(self, job: Job, page: BuiltPage) -> None:
        """Keeps what a page tells of itself."""
        self.titles[job] = page.title
        if page.picture:
            self.pictures[job] = page.picture


def make_pages(site_dir: Path, shared: Shared, say: Callable[[str], None]) -> Made:
    """Writes every page, 404 page and image under `site_dir`."""
    made = Made()
    store = page_store(shared.prepared.project.root)
    keys = PageKeys(shared)
    missing: list[tuple[Job, str]] = []
    locales = [locale.code for locale in shared.prepared.project.locales]
    for job in ((locale, name) for locale in locales for name in _names(shared, locale)):
        key = keys.of(*job)
        kept = store.get(key)
        if kept is None:
            missing.append((job, key))
        else:
            page = BuiltPage.from_bytes(kept)
            _write(site_dir, shared, job, page.html)
            made.take(job, page)
        store.keep(key)
    made.rendered = len(missing)
    say(f"Rendering {len(missing)} of {sum(len(_names(shared, locale)) for locale in locales)} pages")
    for results, problems in _render_all(site_dir, shared, store, missing):
        made.problems += problems
        for job, title, picture in results:
            made.take(job, BuiltPage("", title, picture))
    if not made.problems:
        _write_media(site_dir, shared, locales)
    return made


def page_file(site_dir: Path, shared: Shared, job: Job) -> Path:
    """Where a page is written."""
    locale, name = job
    folder = site_dir / locale_prefix(shared.prepared.project, locale)
    return folder / "404.html" if name == NOT_FOUND else folder / page_path(name) / "index.html"


def _names(shared: Shared, locale: str) -> list[str]:
    """A language's pages: with those that it lacks, where the source page then stands in their place."""
    project, names = shared.prepared.project, shared.prepared.page_names
    source = names[project.default_locale.code] if project.allows_missing else frozenset()
    return [*sorted(names[locale] | source), NOT_FOUND]


def _write(site_dir: Path, shared: Shared, job: Job, html: str) -> None:
    file = page_file(site_dir, shared, job)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(html, "utf-8")


Results = tuple[list[tuple[Job, str, Picture | None]], list[Problem]]


def _render_all(site_dir: Path, shared: Shared, store: Store, missing: Sequence[tuple[Job, str]]) -> Iterator[Results]:
    """The results of each share of the work."""
    workers = min(os.cpu_count() or 1, 1 + len(missing) // _FEW)
    if workers == 1 or "fork" not in multiprocessing.get_all_start_methods():
        yield _Renderer(site_dir, shared, store).render(missing)
        return
    # A fork has what was read already; shares lie side by side, so that few processes open a language twice.
    global _forked
    _forked = _Renderer(site_dir, shared, store)
    bounds = [len(missing) * part // workers for part in range(workers + 1)]
    shares = [missing[first:last] for first, last in pairwise(bounds)]
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("fork")) as pool:
        yield from pool.map(_render_share, shares)


def _render_share(share: Sequence[tuple[Job, str]]) -> Results:
    assert _forked is not None
    return _forked.render(share)


class _Renderer:
    """Renders pages in their languages' sessions, writes and keeps them."""

    def __init__(self, site_dir: Path, shared: Shared, store: Store) -> None:
        self.site_dir, self.shared, self.store = site_dir, shared, store
        self.sessions: dict[str, Session] = {}

    def render(self, jobs: Sequence[tuple[Job, str]]) -> Results:
        results = []
        problems: list[Problem] = []
        for job, key in jobs:
            with _warnings(job) as found:
                try:
                    page = self._page(*job)
                except (Exception, SystemExit) as error:  # mkdocs-macros ends the process where it could raise
                    words = " ".join(str(error).partition("```")[0].split())
                    path = f"content/{job[0]}/{job[1]}.md"
                    found.append(Problem(path, 0, 0, f"The page cannot be rendered: {words}"))
            if found:
                problems += found
                continue
            _write(self.site_dir, self.shared, job, page.html)
            self.store.put(key, page.to_bytes())
            results.append((job, page.title, page.picture))
        self.store.prune()
        return results, problems

    def _page(self, locale: str, name: str) -> BuiltPage:
        if locale not in self.sessions:
            self.sessions[locale] = Session(self.site_dir, locale, self.shared)
        session = self.sessions[locale]
        if name == NOT_FOUND:
            return BuiltPage(session.render_not_found(), "", None)
        path = page_file(self.site_dir, self.shared, (locale, name)).relative_to(self.site_dir).as_posix()
        html = session.render(session.pages[path])
        frames = session.frames
        return BuiltPage(html, frames.titles[locale, name], frames.pictures[locale, name])


_forked: _Renderer | None = None


def _write_media(site_dir: Path, shared: Shared, locales: Sequence[str]) -> None:
    """Images beside pages, and the theme's own files."""
    if any(entry.file.suffix in IMAGE_SUFFIXES for entry in list_entries(shared.prepared.project)):
        for locale in locales:
            Session(site_dir, locale, shared).write_media()
    for file in sorted((shared.prepared.project.theme_dir / "assets").iterdir()):
        target = site_dir / "assets" / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(file.read_bytes())


class _warnings(logging.Handler):  # noqa: N801 - used as a function, in a with
    """What MkDocs and its plugins warn of while a page is rendered, as problems."""

    def __init__(self, job: Job) -> None:
        super().__init__(logging.WARNING)
        self.path = f"content/{job[0]}/{job[1]}.md"
        self.found: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        # mkdocs-macros adds Python's own report to its words; that is for nobody who edits pages.
        words = record.getMessage().partition("```")[0]
        self.found.append(Problem(self.path, 0, 0, " ".join(words.split())))

    def __enter__(self) -> list[Problem]:
        logging.getLogger("mkdocs").addHandler(self)
        return self.found

    def __exit__(self, *_: object) -> None:
        logging.getLogger("mkdocs").removeHandler(self)
