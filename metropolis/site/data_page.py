"""A page made from data, as a page of MkDocs: a heading and the result of one call. Markdown and
Jinja would only copy this text, and need most of a page's time for it. All events run as usual."""

from __future__ import annotations

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from metropolis.builder.generated_pages import GeneratedPage
from metropolis.markup import element, finished, in_html, joined


class DataPage(Page):
    """Made from `source`; the plugin sets `component`."""

    def __init__(self, source: GeneratedPage, file: File, config: MkDocsConfig) -> None:
        super().__init__(None, file, config)
        self.source = source
        self.component = finished("")

    def read_source(self, config: MkDocsConfig) -> None:  # noqa: ARG002
        """Takes the place of reading the file. mkdocs-macros ignores the page."""
        texts = {"title": self.source.title, "description": self.source.description}
        self.meta = {**texts, "render_macros": False}
        self.markdown = self.source.heading

    def render(self, config: MkDocsConfig, files: Files) -> None:  # noqa: ARG002
        """Takes the place of Markdown."""
        title, anchor = self.source.title, self.source.id
        self.content = joined("\n", [element("h1", title, id=anchor), self.component])
        self.toc = get_toc([{"level": 1, "id": anchor, "name": in_html(title), "children": []}])
        self.present_anchor_ids = {anchor}
