"""Renders one page from its inputs, in the session of its language."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache

from metropolis.addresses import NOT_FOUND, page_file
from metropolis.builder.render_context import RenderContext
from metropolis.inputs import Known
from metropolis.opendata.history import DataDay
from metropolis.patience import patience
from metropolis.problem import Problem, ProblemsError
from metropolis.site.session import Session
from metropolis.site.unrenderable import cannot_render
from metropolis.translation.status import PageStatus
from metropolis.web.social_cards import Picture


@dataclass(frozen=True, slots=True)
class PageInputs:
    """Everything that a page comes from; MkDocs reads `text` in its file once more.

    `days` are those on which the data changed, where the page shows them.
    """

    shared: Known[RenderContext]
    locale: str
    name: str
    text: str
    status: PageStatus | None
    days: tuple[DataDay, ...]

    @property
    def path(self) -> str:
        """The file in which people write the page."""
        return f"content/{self.locale}/{self.name}.md"


@dataclass(frozen=True, slots=True)
class BuiltPage:
    """A page as it is written, and what the last steps ask of it."""

    html: str
    title: str
    picture: Picture | None


@lru_cache(1)
def session(shared: Known[RenderContext], locale: str) -> Session:
    """The session of a language. One is open at a time: there may be many thousands of pages.

    It belongs to one build, which calls `session.cache_clear()` before it and after.
    """
    return Session(shared.value.prepared.project.root / "site", locale, shared.value)


def render_page(inputs: PageInputs) -> BuiltPage:
    """The page; or ProblemsError, or TooSlowError."""
    with _Warnings(inputs.path) as found:
        try:
            with patience():
                page = _render(inputs)
        except (Exception, SystemExit) as error:  # mkdocs-macros exits where it could raise
            source = inputs.shared.value.prepared.workbench.pages.get(inputs.path)
            config = session(inputs.shared, inputs.locale).config
            found.append(cannot_render(inputs.path, error, source, config))
    if found:
        raise ProblemsError(found)
    return page


def _render(inputs: PageInputs) -> BuiltPage:
    opened = session(inputs.shared, inputs.locale)
    if inputs.name == NOT_FOUND:
        return BuiltPage(opened.render_not_found(), "", None)
    file = opened.pages[page_file(inputs.shared.value.prepared.project, inputs.locale, inputs.name)]
    html = opened.render(file)
    opened.let_go(file)  # what it holds of a rendered page
    frames, page = opened.frames, (inputs.locale, inputs.name)
    return BuiltPage(html, frames.titles.pop(page), frames.pictures.pop(page))


class _Warnings(logging.Handler):
    """What MkDocs and its plugins warn of while a page is rendered, as problems."""

    def __init__(self, path: str) -> None:
        super().__init__(logging.WARNING)
        self.path = path
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
