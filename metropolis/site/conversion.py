"""Markdown to HTML as MkDocs does it for a page of this site, without the site around it.

MkDocs adds steps of its own to Markdown's: what is to be known of a page's text (whether it can be
rendered, and how long that takes) is known only with them."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page


def convert(text: str, config: MkDocsConfig) -> str:
    """The HTML of a page's body, whose calls stay as they are."""
    file = File("page.md", config.docs_dir, config.site_dir, config.use_directory_urls)
    page = Page("", file, config)
    page.markdown = text
    page.render(config, Files([file]))
    return page.content or ""
