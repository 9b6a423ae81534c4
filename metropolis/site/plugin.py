"""The MkDocs plugin: it connects our parts to MkDocs' events.

static-i18n builds each language in a nested build; the source language is the outermost. So this
plugin loads and checks everything at the first `on_config`, and finishes after the last language.
static-i18n keeps only files under content/, and makes new File objects of them: generated pages are
added before it as plain files that need not exist, and get their text after it, through the public
`content_string` (docs/decisions/0002-pages-from-data.md)."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink

from metropolis.addresses import locale_prefix, page_file
from metropolis.builder.finishing import finish, open_data
from metropolis.builder.gate import prepare
from metropolis.builder.generated_pages import GeneratedPage, generated_pages
from metropolis.builder.render_context import RenderContext, render_context
from metropolis.cache import Cache
from metropolis.components.registry import MACROS, Macro
from metropolis.components.scope import Scope
from metropolis.content.placeholders import Placeholders
from metropolis.leftovers import is_leftover
from metropolis.markup import in_html
from metropolis.project import Project
from metropolis.report import listing
from metropolis.site.data_page import DataPage
from metropolis.site.framing import FrameMaker
from metropolis.web.output import Output
from metropolis.web.social_cards import Pictures
from metropolis.web.style_page import style_page
from metropolis.web.unbroken_words import keep_words_whole


class SitePlugin(BasePlugin):
    """One instance for one build of all languages; without options, everything is in the project's
    own files. It must not listen to `on_startup`: MkDocs would then keep one instance for every
    configuration that it ever loads."""

    def __init__(self) -> None:
        self.is_preview = False  # A preview has the style page; a published build never has.
        # Set by a caller that has checked the project already.
        self.given: RenderContext | None = None
        self._frames: FrameMaker | None = None
        self.built = 0  # languages
        self.sources: dict[str, GeneratedPage] = {}  # of the pages from data
        # The results of each page's calls.
        self.placeholders: dict[str, Placeholders] = {}
        self.not_found_pages: dict[str, str] = {}

    # --- once for the build ---

    @event_priority(100)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Loads and checks the project before the first language. Any error stops the build."""
        if self.given is None:
            prepared, problems = prepare(root := Path(config.config_file_path).parent)
            if prepared is None:
                raise PluginError("\n" + listing(problems))
            self.given = render_context(root, prepared)
        # Our own sitemap and 404 pages are written after the last language (finishing.py).
        config.theme.static_templates.discard("sitemap.xml")
        return config

    @property
    def shared(self) -> RenderContext:
        """The render context of the running build."""
        assert self.given is not None, "asked for before on_config"
        return self.given

    @property
    def project(self) -> Project:
        return self.shared.prepared.project

    @property
    def frames(self) -> FrameMaker:
        if self._frames is None:
            self._frames = FrameMaker(self.shared)
        return self._frames

    def renew(self, shared: RenderContext, locale: str) -> None:
        """Takes new texts for the open language `locale`."""
        self.given, self._frames = shared, None
        self.placeholders.clear()
        self.frames.start_language(locale, self.nav)

    @event_priority(-150)
    def on_post_build(self, config: MkDocsConfig) -> None:
        """Writes what MkDocs has not made, once all languages are built."""
        self.built += 1
        if self.built < len(self.project.locales):
            return
        output, project = Output(Path(config.site_dir)), self.project
        prepared = self.shared.prepared
        for locale, html in self.not_found_pages.items():
            output.write(f"{locale_prefix(project, locale)}404.html", html)
        pictures = Pictures(project.theme_dir, Cache(project.root / ".cache"), {})
        for picture in self.frames.pictures.values():
            pictures.write(output, picture)
        pages = [(locale, name) for locale, names in prepared.page_names.items() for name in names]
        for path in (page_file(project, *page) for page in pages):
            output.write(path, output.read(path))  # Registers the files that MkDocs has written.
        finish(output, prepared, self.frames, open_data(prepared, self.shared.release))

    # --- files ---

    @event_priority(100)
    def _announce_generated(self, files: Files, config: MkDocsConfig) -> Files:
        for uri in self._texts(self._language(config)):
            files.append(File(uri, config.docs_dir, config.site_dir, config.use_directory_urls))
        return files

    @event_priority(-150)
    def _fill_generated(self, files: Files, config: MkDocsConfig) -> Files:
        texts = self._texts(self._language(config))
        # Readers get none of Material's own style sheets, scripts and icons.
        ours = (Path(config.docs_dir), Path(config.theme.custom_dir or ".") / "assets")
        for file in list(files):
            path = Path(file.abs_src_path or "")
            is_ours = any(map(path.is_relative_to, ours))
            if file.src_uri in texts:
                file.content_string = texts[file.src_uri]
            elif not is_ours or any(map(is_leftover, file.src_uri.split("/"))):
                files.remove(file)
        return files

    on_files = CombinedEvent(_announce_generated, _fill_generated)

    # --- pages ---

    def on_env(self, env: Any, config: MkDocsConfig, **_: Any) -> Any:
        """Reads all titles of a language. No template is compiled before autoescape is on."""
        env.autoescape = True
        self.frames.start_language(self._language(config), self.nav)
        return env

    @event_priority(-150)
    def on_nav(self, nav: Navigation, **_: Any) -> Navigation:
        self.nav = nav
        return nav

    @event_priority(-150)
    def on_page_context(
        self, context: dict[str, Any], page: Page, config: MkDocsConfig, **_: Any
    ) -> dict[str, Any]:
        context["site"] = self.frames.of_page(page, self._language(config), self.scope_of(page))
        return context

    def on_template_context(
        self, context: dict[str, Any], template_name: str, config: MkDocsConfig
    ) -> dict[str, Any]:
        """The 404 page has a frame without a page."""
        if template_name == "404.html":
            context["site"] = self.frames.of_not_found(self._language(config))
        return context

    def on_post_page(self, output: str, **_: Any) -> str:
        """Short words with hyphens stay on one line."""
        return keep_words_whole(output)

    def on_post_template(
        self, output_content: str, template_name: str, config: MkDocsConfig
    ) -> str:
        """Stores each language's 404 page; MkDocs would overwrite it with the last one."""
        if template_name != "404.html":
            return output_content
        self.not_found_pages[self._language(config)] = keep_words_whole(output_content)
        return ""

    def call(self, macro: Macro, page: Page, *args: Any, **kwargs: Any) -> str:
        """Expands a call. Markdown sees a placeholder, and the result is inserted into its HTML."""
        given = macro.function(self.scope_of(page), *args, **kwargs)
        placeholders = self.placeholders.setdefault(page.file.src_uri, Placeholders())
        return placeholders.take(given, macro.kind == "block")

    def on_pre_page(self, page: Page, config: MkDocsConfig, **_: Any) -> Page:
        source = self.sources.get(page.file.src_uri)
        return DataPage(source, page.file, config) if source else page

    def on_page_markdown(self, markdown: str, page: Page, **_: Any) -> str:
        """Makes the one call of a page made from data."""
        if not isinstance(page, DataPage):
            return markdown
        macro = MACROS[page.source.macro].function
        page.component = in_html(macro(self.scope_of(page), page.source.id))
        return markdown

    def on_page_content(self, html: str, page: Page, **_: Any) -> str:
        """Inserts the results of calls, also into the headings of the table of contents."""
        placeholders = self.placeholders.pop(page.file.src_uri, None)
        if placeholders is None:
            return html
        _put_back_titles(page.toc, placeholders)
        page.present_anchor_ids = (page.present_anchor_ids or set()) | placeholders.anchors
        return placeholders.put_back(html)

    def scope_of(self, page: Page) -> Scope:
        """The scope for macros on `page`. Its language is that of the text, which on a fallback
        page is not the build's. Its links lead to pages in the build's language, as Markdown's
        links do."""
        locale = page.file.locale
        prefix = locale_prefix(self.project, page.file.locale_alternate_of)
        url = "" if page.url == "./" else page.url
        return Scope(
            self.shared.prepared.records,
            locale,
            prefix,
            url,
            f"assets/{self.shared.assets.world}",
            self.shared.draw,
            {language.code: language.name for language in self.project.locales},
            self.project.site_url.rstrip("/"),
            self.shared.data_days,
        )

    def _texts(self, locale: str) -> dict[str, str]:
        """The Markdown of all pages that are not on disk."""
        pages = generated_pages(self.shared.prepared.records, locale)
        self.sources = {page.src_uri: page for page in pages}
        texts = {uri: page.markdown for uri, page in self.sources.items()}
        return texts | style_page(locale, self.shared.draw) if self.is_preview else texts

    def _language(self, config: MkDocsConfig) -> str:
        language: str | None = config.plugins["i18n"].current_language
        return language or self.project.source


def _put_back_titles(items: Iterable[AnchorLink], placeholders: Placeholders) -> None:
    for item in items:
        item.title = placeholders.put_back_words(item.title)
        _put_back_titles(item.children, placeholders)
