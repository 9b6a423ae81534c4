"""Explains why a page cannot be rendered, with its place if that can be found. A page that the
checks accept can be rendered: this is for what they do not know."""

from __future__ import annotations

import re
from bisect import bisect_left

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as RenderedPage

from metropolis.content.page import Page
from metropolis.problem import Problem


def cannot_render(
    path: str, error: BaseException, page: Page | None, config: MkDocsConfig
) -> Problem:
    """The problem of the page at `path`, which raised `error`; `page` is None if made from data."""
    what = f"The page cannot be rendered: {_reason(error)}"
    offset = _find_place(page, config) if page else None
    if page is None or offset is None:
        return Problem(path, 0, 0, what)
    line, _ = page.text.place(offset)
    how = "Write the paragraph that begins here in a simpler way."
    return Problem(path, line, 1, what, how=how)


def _reason(error: BaseException) -> str:
    if isinstance(error, RecursionError):
        return "too much stands inside each other."
    if isinstance(error, MemoryError):
        return "it takes more memory than there is."
    if isinstance(error, AssertionError):
        return "a part of it is not understood."
    # mkdocs-macros adds a stack trace, which does not help anybody who edits pages.
    return " ".join(str(error).partition("```")[0].split()) or f"{type(error).__name__}."


def _find_place(page: Page, config: MkDocsConfig) -> int | None:
    """Where the first paragraph begins up to whose end the page's text cannot be rendered."""
    body, starts = page.body, _paragraphs(page.body)
    if not starts or not _fails(body, config):
        return None
    # The whole text fails, so nobody needs to try it with its last paragraph.
    number = bisect_left(starts[1:], True, key=lambda end: _fails(body[:end], config))
    return page.body_start + starts[number]


def _paragraphs(body: str) -> list[int]:
    """Where each paragraph begins: after an empty line, as which the start of the text counts."""
    found = re.finditer(r"\n[^\S\n]*\n(?=[^\n]*\S)", f"\n\n{body}")
    return [empty.end() - 2 for empty in found]


def _fails(text: str, config: MkDocsConfig) -> bool:
    try:
        convert(text, config)
    except Exception:
        return True
    return False


def convert(text: str, config: MkDocsConfig) -> str:
    """The HTML of a page's text, as MkDocs makes it with the site's own steps: only so can one find
    out whether a page can be rendered, and how long it takes. Calls are not expanded."""
    file = File("page.md", config.docs_dir, config.site_dir, config.use_directory_urls)
    page = RenderedPage("", file, config)
    page.markdown = text
    page.render(config, Files([file]))
    return page.content or ""
