"""A page from data, as MkDocs sees it: its heading, and what one call gives.

All that Markdown and Jinja would do with it is to give it back, in most of the time that a page
takes. So they are not asked; every event of MkDocs happens to it as to any other page."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from metropolis.builder.generated_pages import GeneratedPage
from metropolis.markup import element, finished, in_html, joined


class DataPage(Page):
    """Made of `source`; the plugin gives it its `component`."""

    def __init__(self, source: GeneratedPage, file: File, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self.source = source
        self.component = finished("")

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """What its Markdown would say: mkdocs-macros is told to leave it alone."""
        self.meta = {
            "title": self.source.title,
            "description": self.source.description,
            "render_macros": False,
        }
        self.markdown = self.source.heading

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """What Markdown would make of it."""
        title, anchor = self.source.title, self.source.id
        self.content = joined("\n", [element("h1", title, id=anchor), self.component])
        self.toc = get_toc([{"level": 1, "id": anchor, "name": in_html(title), "children": []}])
        self.present_anchor_ids = {anchor}
