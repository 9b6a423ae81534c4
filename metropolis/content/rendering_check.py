"""What is said of how pages come out, page by page: a page is rendered again only when its text has
changed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import astuple
from functools import cached_property

from metropolis.content.converter import Extensions, make_converter
from metropolis.content.page import Page
from metropolis.patience import TooSlowError, patience, too_slow
from metropolis.problem import Problem
from metropolis.store import Store, digest
from metropolis.toolkit import toolkit_digest


class RenderingCheck:
    """Made once for the site's `extensions`; `store`, where there is one, keeps the answers for the
    next run."""

    def __init__(self, extensions: Extensions, store: Store | None = None) -> None:
        self.extensions = extensions
        self.store = store
        self._known: dict[str, tuple[str, list[Problem]]] = {}

    def problems(self, page: Page) -> list[Problem]:
        """What readers would get otherwise than the author of `page` sees it."""
        if self.failure:
            return []
        text, found = self._known.get(page.path, (None, []))
        if text != page.text.text:
            found = self._find(page)
            self._known[page.path] = (page.text.text, found)
        return found

    @cached_property
    def failure(self) -> list[Problem]:
        """Why nothing can be rendered, if so."""
        try:
            make_converter(self.extensions)
        except Exception as error:
            what = f"The extensions of Markdown cannot be loaded: {error}."
            return [Problem("mkdocs.yml", 0, 0, what, how="Mend the list “markdown_extensions”.")]
        return []

    def prune(self) -> None:
        """Forgets answers of long ago."""
        if self.store:
            self.store.prune()

    def _find(self, page: Page) -> list[Problem]:
        if self.store is None:
            return _render(page, self.extensions)
        key = digest(toolkit_digest(), repr(self.extensions), page.path, page.text.text)
        kept = self.store.once(key, lambda: _written(_render(page, self.extensions)))
        return [Problem(*problem) for problem in json.loads(kept)]


def _written(problems: Sequence[Problem]) -> bytes:
    return json.dumps([astuple(problem) for problem in problems]).encode()


def _render(page: Page, extensions: Extensions) -> list[Problem]:
    from metropolis.content.agreement import check_agreement  # what is known needs no Markdown

    try:
        with patience():
            return check_agreement(page, make_converter(extensions))
    except TooSlowError:
        return [Problem(page.path, 0, 0, too_slow(), how="Divide it.")]
    except Exception:  # of Markdown: the build tells which paragraph it is (site/unrenderable.py)
        return [Problem(page.path, 0, 0, "The page cannot be rendered: a part of it is not understood.")]
