"""Makes the pages of all languages: from the cache if they are there, else rendered in parallel.
Each page depends on its inputs alone. So it does not matter which process renders it."""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

from metropolis.addresses import NOT_FOUND, page_file
from metropolis.background import Workers
from metropolis.builder.inventory import Inventory, PageNote
from metropolis.builder.page_cache import BuiltPage, PageCache, PageInputs, session_of
from metropolis.builder.render_context import RenderContext
from metropolis.cache import Cache, CacheEntry
from metropolis.content.files import list_entries
from metropolis.content.images import IMAGE_SUFFIXES
from metropolis.inputs import Files
from metropolis.inspection.built_file import read_built_page
from metropolis.inspection.destinations import Addresses
from metropolis.inspection.facts import PageFacts
from metropolis.inspection.page_summary import PageSummary, summarise
from metropolis.leftovers import without_leftovers
from metropolis.patience import TooSlowError
from metropolis.problem import Problem, ProblemsError
from metropolis.site.session import Session
from metropolis.web.output import Held, Output
from metropolis.web.social_cards import Pictures

# Fewer pages are rendered in this process: starting others takes longer.
_FEW = 24
Job = tuple[str, str]  # locale, page


@dataclass
class Made:
    """What was made, by one process or by all: notes of pages by cache key, digests of social
    cards, titles by (locale, name), summaries of rendered pages and written files by path."""

    notes: dict[str, PageNote] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    titles: dict[Job, str] = field(default_factory=dict)
    summaries: dict[str, PageSummary] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    files: dict[str, Held] = field(default_factory=dict)

    def take(self, job: Job, key: str, note: PageNote) -> None:
        self.notes[key] = note
        self.titles[job] = note.title

    def add(self, part: Self) -> None:
        """Adds what another process has made."""
        self.notes |= part.notes
        self.pictures |= part.pictures
        self.titles |= part.titles
        self.summaries |= part.summaries
        self.problems += part.problems
        self.files |= part.files


def make_pages(
    output: Output,
    shared: RenderContext,
    inventory: Inventory,
    may_render: Callable[[], bool],
    say: Callable[[str], None],
) -> Made | None:
    """Writes all pages, 404 pages, social cards and images. None if no page may be rendered."""
    made = Made()
    maker = _Maker(output, shared, inventory)
    missing: list[Job] = []
    locales = shared.prepared.project.codes
    jobs = [(locale, name) for locale in locales for name in _names(shared, locale)]
    for job in jobs:
        entry = maker.pages.entry(*job)
        note = maker.reuse(job, entry, inventory.pages.get(entry.key))
        if note is None:
            missing.append(job)
        else:
            made.take(job, entry.key, note)
    if not may_render():
        return None
    session_of.cache_clear()
    if missing:
        gc.freeze()  # From here on, garbage collection looks only at objects that rendering makes.
        # The forked processes get the session with this one's memory.
        session_of(maker.pages.shared, missing[0][0])
    say(f"Rendering {len(missing)} of {len(jobs)} pages")
    with Workers(maker, len(missing), _FEW) as workers:
        for part in workers.share(_Maker.render, missing):
            made.add(part)
        output.files |= made.files
        session_of.cache_clear()
        if workers.pool:
            gc.collect()
        if made.problems:
            return made
        say("Drawing share pictures, reading the pages for inspection")
        keys = [(page_file(maker.project, *job), maker.pages.entry(*job).key) for job in missing]
        notes = [(path, made.notes[key]) for path, key in keys]
        for part in workers.share(_Maker.look_at, notes):
            made.add(part)
    output.files |= made.files
    made.pictures |= maker.pictures.digests
    _write_media(output, shared, locales)
    return made


def _names(shared: RenderContext, locale: str) -> list[str]:
    """The pages of a language, and source pages for missing ones, if the project allows it."""
    project, names = shared.prepared.project, shared.prepared.page_names
    source = names[project.source] if project.allows_missing else frozenset()
    return [*sorted(names[locale] | source), NOT_FOUND]


class _Maker:
    """Finds pages in the cache, or renders them and writes them there."""

    def __init__(self, output: Output, shared: RenderContext, inventory: Inventory) -> None:
        project = shared.prepared.project
        self.output, self.shared, self.project = output, shared, project
        self.cache = Cache(project.root / ".cache")
        self.pages = PageCache(self.cache, shared)
        self.addresses = Addresses(project.site_url)
        self.pictures = Pictures(project.theme_dir, self.cache, inventory.pictures)

    def reuse(
        self, job: Job, entry: CacheEntry[PageInputs, BuiltPage], note: PageNote | None
    ) -> PageNote | None:
        """The note of a page that an earlier build has made, and the page in its place; None if it
        must be rendered. A page in its place is not even read, if the inventory has its note."""
        path = page_file(self.project, *job)
        if note is None or not self.output.keep(path, note.html):
            page = entry.read()
            if page is None:
                return None
            note = PageNote(self.output.write(path, page.html), page.title, page.picture)
        if note.picture:
            self.pictures.write(self.output, note.picture)
        return note

    def render(self, jobs: Sequence[Job]) -> Made:
        gc.enable()
        part = Made()
        before = set(self.output.files)
        for job in jobs:
            entry = self.pages.entry(*job)
            try:
                page = entry.make()
            except TooSlowError as slow:
                part.problems.append(Problem(entry.inputs.path, 0, 0, str(slow), how="Divide it."))
                break  # A session that was interrupted is not used again.
            except ProblemsError as refused:
                part.problems += refused.problems
                continue
            html = self.output.write(page_file(self.project, *job), page.html)
            part.take(job, entry.key, PageNote(html, page.title, page.picture))
        gc.disable()
        return self._done(part, before)

    def look_at(self, notes: Sequence[tuple[str, PageNote]]) -> Made:
        """Draws the social cards of rendered pages, and reads the pages for the inspection."""
        part = Made()
        before = set(self.output.files)
        for path, note in notes:
            html = Files(self.output.folder, ((path, note.html),)).read(path)
            facts = read_built_page(html, path, self.project.codes)
            if isinstance(facts, PageFacts):
                part.summaries[path] = summarise(facts, note.html, self.addresses)
            if note.picture:
                self.pictures.write(self.output, note.picture)
        part.pictures = self.pictures.digests
        return self._done(part, before)

    def _done(self, part: Made, before: set[str]) -> Made:
        part.files = {path: held for path, held in self.output.files.items() if path not in before}
        return part


def _write_media(output: Output, shared: RenderContext, locales: Sequence[str]) -> None:
    if any(entry.file.suffix in IMAGE_SUFFIXES for entry in list_entries(shared.prepared.project)):
        for locale in locales:
            Session(output.folder, locale, shared).write_media(output)
    for file in without_leftovers((shared.prepared.project.theme_dir / "assets").iterdir()):
        output.write(f"assets/{file.name}", file.read_bytes())
