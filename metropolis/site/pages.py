"""Makes the pages of all languages: those that an earlier build has made are taken from the store, the rest are
rendered side by side on the processors that there are.

Each page depends on its inputs alone, so that the division of the work changes nothing in what comes out.
"""

from __future__ import annotations

import gc
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from metropolis.addresses import NOT_FOUND, page_file
from metropolis.content.files import list_entries
from metropolis.content.images import IMAGE_SUFFIXES
from metropolis.inspection.addresses import Addresses
from metropolis.inspection.facts import PageFacts
from metropolis.inspection.outline import Outline, outline
from metropolis.inspection.pages import FactsStore
from metropolis.patience import TooSlowError, patience, too_slow
from metropolis.problem import Problem
from metropolis.site.journal import Journal, PageNote
from metropolis.site.kept_pages import BuiltPage, PageKeys, page_store
from metropolis.site.output import Held, Output
from metropolis.site.session import Session
from metropolis.site.share import Pictures
from metropolis.site.shared import Shared
from metropolis.site.unrenderable import cannot_render
from metropolis.workers import Workers

# Fewer pages than these are rendered here: other processes cost more than they save.
_FEW = 24
Job = tuple[str, str]  # locale, page


@dataclass
class Made:
    """Every page's note by its key, the digest of each share picture by what it shows, the titles by (locale, name),
    the outlines of rendered pages by path; and every problem of making them."""

    notes: dict[str, PageNote] = field(default_factory=dict)
    pictures: dict[str, str] = field(default_factory=dict)
    titles: dict[Job, str] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    rendered: int = 0

    def take(self, job: Job, key: str, note: PageNote) -> None:
        """Keeps what a page tells of itself."""
        self.notes[key] = note
        self.titles[job] = note.title


def make_pages(
    output: Output, shared: Shared, journal: Journal, may_render: Callable[[], bool], say: Callable[[str], None]
) -> Made | None:
    """Writes every page, 404 page, share picture and image; None where no page may be rendered."""
    made = Made()
    maker = _Maker(output, shared, journal)
    keys = PageKeys(shared)
    missing: list[tuple[Job, str]] = []
    locales = [locale.code for locale in shared.prepared.project.locales]
    jobs = [(locale, name) for locale in locales for name in _names(shared, locale)]
    for job in jobs:
        key = keys.of(*job)
        note = maker.take_over(job, key, journal.pages.get(key))
        if note is None:
            missing.append((job, key))
        else:
            made.take(job, key, note)
    made.rendered = len(missing)
    if not may_render():
        return None
    if missing:
        maker.open(missing[0][0][0])
    say(f"Rendering {len(missing)} of {len(jobs)} pages")
    with Workers(maker, len(missing), _FEW) as workers:
        for part in workers.share(_Maker.render, missing):
            made.problems += part.problems
            output.files |= part.files
            for job, key, note in part.pages:
                made.take(job, key, note)
        if workers.pool:
            maker.close()
        if made.problems:
            return made
        say("Drawing share pictures, reading the pages for inspection")
        notes = [(page_file(maker.project, *job), made.notes[key]) for job, key in missing]
        for part in workers.share(_Maker.look_at, notes):
            made.pictures |= part.pictures
            made.outlines |= part.outlines
            output.files |= part.files
    made.pictures |= maker.pictures.digests
    _write_media(output, shared, locales)
    return made


def _names(shared: Shared, locale: str) -> list[str]:
    """A language's pages: with those that it lacks, where the source page then stands in their place."""
    project, names = shared.prepared.project, shared.prepared.page_names
    source = names[project.default_locale.code] if project.allows_missing else frozenset()
    return [*sorted(names[locale] | source), NOT_FOUND]


@dataclass
class _Part:
    """What a share of the work gives."""

    pages: list[tuple[Job, str, PageNote]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    pictures: dict[str, str] = field(default_factory=dict)
    outlines: dict[str, Outline] = field(default_factory=dict)
    files: dict[str, Held] = field(default_factory=dict)


class _Maker:
    """Takes pages over, or renders them in their languages' sessions."""

    def __init__(self, output: Output, shared: Shared, journal: Journal) -> None:
        project = shared.prepared.project
        self.output, self.shared, self.project = output, shared, project
        self.pages = page_store(project.root)
        self.facts = FactsStore(project.root, project.codes)
        self.addresses = Addresses(project.site_url)
        self.pictures = Pictures(project.theme_dir, project.root / ".cache", journal.pictures)
        self.session: Session | None = None

    def take_over(self, job: Job, key: str, note: PageNote | None) -> PageNote | None:
        """The note of a page that an earlier build made, which then stands in its place; None if none has."""
        path = page_file(self.project, *job)
        if note is None or not self.output.keep(path, note.html):
            kept = self.pages.get(key)
            if kept is None:
                return None
            self.pages.keep(key)
            page = BuiltPage.from_bytes(kept)
            note = PageNote(self.output.write(path, page.html), page.title, page.picture)
        if note.picture:
            self.pictures.write(self.output, note.picture)
        return note

    def render(self, jobs: Sequence[tuple[Job, str]]) -> _Part:
        """Renders pages, writes and keeps them."""
        gc.enable()
        part = _Part()
        before = set(self.output.files)
        for job, key in jobs:
            with _warnings(job) as found:
                try:
                    with patience():
                        page = self._page(*job)
                except TooSlowError:
                    part.problems.append(Problem(_path(job), 0, 0, too_slow(), how="Divide it."))
                    break  # whatever was interrupted is not to be trusted
                except (Exception, SystemExit) as error:  # mkdocs-macros ends the process where it could raise
                    found.append(self._tell(job, error))
            part.problems += found
            if found:
                continue
            html = self.output.write(page_file(self.project, *job), page.html)
            self.pages.put(key, page.to_bytes())
            part.pages.append((job, key, PageNote(html, page.title, page.picture)))
        self.pages.prune()
        gc.disable()
        return self._done(part, before)

    def _tell(self, job: Job, error: BaseException) -> Problem:
        path = _path(job)
        page = self.shared.prepared.workbench.pages.get(path)
        return cannot_render(path, error, page, self.open(job[0]).config)

    def look_at(self, notes: Sequence[tuple[str, PageNote]]) -> _Part:
        """Draws the pictures of rendered pages, and reads them for the inspection: by as many processes as render."""
        part = _Part()
        before = set(self.output.files)
        for path, note in notes:
            facts = self.facts.read(path, note.html, self.output.folder / path)
            if isinstance(facts, PageFacts):
                part.outlines[path] = outline(facts, note.html, self.addresses)
            if note.picture:
                self.pictures.write(self.output, note.picture)
        self.facts.store.prune()
        self.pictures.store.prune()
        part.pictures = self.pictures.digests
        return self._done(part, before)

    def _done(self, part: _Part, before: set[str]) -> _Part:
        part.files = {path: held for path, held in self.output.files.items() if path not in before}
        return part

    def open(self, locale: str) -> Session:
        """The session of a language. One is open at a time: there may be many thousands of pages."""
        if self.session is None:
            gc.freeze()  # what was read stays; what sessions and rendering drop is looked for
        if self.session is None or self.session.locale != locale:
            self.session = Session(self.output.folder, locale, self.shared)
        return self.session

    def close(self) -> None:
        """Lets go of what rendering has needed."""
        self.session = None
        gc.collect()

    def _page(self, locale: str, name: str) -> BuiltPage:
        session = self.open(locale)
        if name == NOT_FOUND:
            return BuiltPage(session.render_not_found(), "", None)
        file = session.pages[page_file(self.project, locale, name)]
        html = session.render(file)
        session.let_go(file)  # what it holds of a rendered page
        frames = session.frames
        return BuiltPage(html, frames.titles.pop((locale, name)), frames.pictures.pop((locale, name)))


def _path(job: Job) -> str:
    """The file in which people write the page."""
    return f"content/{job[0]}/{job[1]}.md"


def _write_media(output: Output, shared: Shared, locales: Sequence[str]) -> None:
    """Images beside pages, and the theme's own files."""
    if any(entry.file.suffix in IMAGE_SUFFIXES for entry in list_entries(shared.prepared.project)):
        for locale in locales:
            Session(output.folder, locale, shared).write_media(output)
    for file in sorted((shared.prepared.project.theme_dir / "assets").iterdir()):
        output.write(f"assets/{file.name}", file.read_bytes())


class _warnings(logging.Handler):  # noqa: N801 - used as a function, in a with
    """What MkDocs and its plugins warn of while a page is rendered, as problems."""

    def __init__(self, job: Job) -> None:
        super().__init__(logging.WARNING)
        self.path = _path(job)
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
