"""Converts Markdown to HTML as MkDocs does it for a page of this site, with its own steps: only so
can one find out whether a page can be rendered, and how long it takes."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page


def convert(text: str, config: MkDocsConfig) -> str:
    """The HTML of a page's text. Calls are not expanded."""
    file = File("page.md", config.docs_dir, config.site_dir, config.use_directory_urls)
    page = Page("", file, config)
    page.markdown = text
    page.render(config, Files([file]))
    return page.content or ""
