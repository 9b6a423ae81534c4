"""The preview: renders a page when somebody opens it, from the files as they are then. After each
save everything is read and checked again (unchanged results are cached), then only the page in the
browser is rendered, with its problems if it has any. It writes only into its own folder, never into
the site."""

from __future__ import annotations

import shutil
import threading
import traceback
from collections.abc import Callable
from functools import partial
from pathlib import Path

from metropolis.builder.gate import as_prepared, examine
from metropolis.builder.render_context import RenderContext, render_context
from metropolis.content.files import list_entries
from metropolis.content.images import IMAGE_SUFFIXES
from metropolis.content.page import Page
from metropolis.inputs import folder_digest
from metropolis.problem import Problem
from metropolis.report import count_summary
from metropolis.site.preview_pages import PREVIEW, PreviewPages, problems_page
from metropolis.site.session import Session
from metropolis.translation.workbench import Workbench, open_workbench
from metropolis.web.assets import write_assets
from metropolis.web.output import Output


class Preview:
    """Call `refresh` after a change, and `ensure` before a file under `site_dir` is served."""

    def __init__(self, root: Path, site_dir: Path, say: Callable[[str], None]) -> None:
        self.root = root
        self.site_dir = site_dir
        self.say = say
        self._lock = threading.RLock()
        self._workbench: Workbench | None = None
        self._problems: list[Problem] = []
        # Both are None if nothing can be rendered.
        self._shared: RenderContext | None = None
        self._pages: PreviewPages | None = None
        self._sessions: dict[str, Session] = {}
        self._surroundings: object = None
        self._rendered: set[str] = set()  # since the last change
        self._written: set[str] = set()  # Since the start: only these may be deleted.

    def refresh(self) -> None:
        """Reads everything again, and drops the pages that were rendered before."""
        with self._lock:
            self._rendered.clear()
            try:
                self._read()
            except Exception as error:  # else MkDocs would wait for ever
                self._shared = self._pages = self._workbench = None
                what = f"The pages cannot be checked: {_words_of(error)}."
                self._problems = [Problem("preview", 0, 0, what)]
                self._sessions.clear()
            found = count_summary(self._problems) if self._problems else "no error."
            self.say(f"Checked: {found}")

    def _read(self) -> None:
        workbench, problems = open_workbench(self.root, self._workbench)
        if workbench is None:
            # Nothing can be rendered without data: every page shows the problems until they are
            # fixed.
            self._shared = self._pages = None
            self._problems = problems
        else:
            self._workbench = workbench
            self._problems = examine(workbench)
            self._pages = PreviewPages(workbench, self._problems)
            self._shared = render_context(self.root, as_prepared(workbench))
            write_assets(self._shared.assets, Output(self.site_dir))
            theme_assets = workbench.project.theme_dir / "assets"
            shutil.copytree(theme_assets, self.site_dir / "assets", dirs_exist_ok=True)
        self._renew_sessions()

    def _renew_sessions(self) -> None:
        """An open language stays open if only texts have changed."""
        shared, before = self._shared, self._surroundings
        self._surroundings = self._look_around(shared) if shared else None
        if shared is None or self._surroundings != before:
            self._sessions.clear()
            return
        for session in self._sessions.values():
            session.renew(shared)

    def _look_around(self, shared: RenderContext) -> object:
        """Everything on which sessions depend."""
        project = shared.prepared.project
        files = [entry.file for entry in list_entries(project)]
        images = [file for file in files if file.suffix in IMAGE_SUFFIXES]
        return (
            shared.prepared.records,
            shared.prepared.page_names,
            shared.assets.font,
            [(file, file.stat().st_mtime_ns) for file in images],
            folder_digest(project.theme_dir),
            (self.root / "mkdocs.yml").read_bytes(),
        )

    def ensure(self, path: str) -> bool:
        """Renders the page at `path` ("/es/vision/") if there is one and it is not up to date.
        False if no file may be served: the path leads out of the folder, or cannot be written."""
        path = path.lstrip("/")
        path = path + "index.html" if path.endswith("/") or not path else path
        target = self.site_dir / path
        with self._lock:
            if not target.resolve().is_relative_to(self.site_dir.resolve()):
                return False
            if not path.endswith(".html") or path in self._rendered:
                return True
            html = self._html(path)
            try:
                self._put(path, target, html)
            except OSError as error:
                self.say(f"/{path} cannot be written: {error.strerror}.")
                return False
            return True

    def _put(self, path: str, target: Path, html: str | None) -> None:
        if html is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(html, "utf-8")
            self._rendered.add(path)
            self._written.add(path)
        elif path in self._written:
            self._written.remove(path)
            target.unlink(missing_ok=True)

    def error_page(self, code: int) -> bytes:
        """The HTML for an address without a page."""
        problems = self._problems
        if self._shared is not None:
            what = "The preview could not answer."
            if code == 404:
                what = "There is no page at this address."
            problems = [Problem("preview", 0, 0, what)]
        return problems_page(self.root, problems).encode()

    def _html(self, path: str) -> str | None:
        shared, pages = self._shared, self._pages
        if shared is None or pages is None:
            return problems_page(self.root, self._problems)
        page = None
        try:
            if path.startswith(f"{PREVIEW}/"):
                content = partial(self._render_content, shared)
                return pages.own_page(path.removeprefix(f"{PREVIEW}/"), content)
            folder, codes = path.partition("/")[0], shared.prepared.project.codes
            session = self._session(shared, folder if folder in codes[1:] else codes[0])
            if (file := session.pages.get(path)) is None:
                return None
            page = shared.prepared.workbench.pages.get(f"content/{file.src_uri}")
            return pages.with_panel(session.render(file), page)
        except (Exception, SystemExit) as error:
            # mkdocs-macros exits the process where it could raise an exception. A page that the
            # checks reject may fail to render; its author sees why, and goes on writing.
            self.say(_words_of(error))
            return problems_page(self.root, pages.problems_of(page) or self._problems)

    def _session(self, shared: RenderContext, locale: str) -> Session:
        if locale not in self._sessions:
            session = Session(self.site_dir, locale, shared, is_preview=True)
            self._sessions[locale] = session
            session.write_media(Output(self.site_dir))
        return self._sessions[locale]

    def _render_content(self, shared: RenderContext, page: Page) -> str:
        """The HTML of a page's text alone, for the view side by side."""
        session = self._session(shared, page.locale)
        uri = f"{page.locale}/{page.name}.md"
        file = next(file for file in session.pages.values() if file.src_uri == uri)
        session.render(file)
        return str(file.page.content if file.page else "")


def _words_of(error: BaseException) -> str:
    """An error in one line: "KeyError: 'x'"."""
    return "".join(traceback.format_exception_only(error)).strip()
