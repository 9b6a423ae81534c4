"""Renders one page from its inputs, in the session of its language."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from functools import lru_cache

from metropolis.addresses import NOT_FOUND, page_file
from metropolis.builder.render_context import RenderContext
from metropolis.inputs import Known
from metropolis.log_messages import collected_messages
from metropolis.opendata.history import DataDay
from metropolis.patience import patience
from metropolis.problem import Problem, ProblemsError
from metropolis.site.session import Session
from metropolis.site.unrenderable import cannot_render
from metropolis.translation.status import PageStatus
from metropolis.web.social_cards import Picture


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
    """A rendered page, and what the later steps need of it."""

    html: str
    title: str
    picture: Picture | None


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
