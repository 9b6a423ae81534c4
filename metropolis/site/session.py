"""One language of the site, opened in MkDocs. MkDocs' own `build` renders every page of every
language. A session runs the same events in the same order, through MkDocs' documented classes, up
to the navigation; then only the pages asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, get_files, set_exclusions
from mkdocs.structure.nav import get_navigation
from mkdocs.structure.pages import Page

from metropolis.builder.render_context import RenderContext
from metropolis.site.configuration import read_mkdocs
from metropolis.site.framing import FrameMaker
from metropolis.site.templates import CachedBytecode
from metropolis.web.output import Output
from metropolis.web.unbroken_words import keep_words_whole


class Session:
    """Valid while only the texts of pages change; `renew` gives it new texts."""

    def __init__(
        self, site_dir: Path, locale: str, shared: RenderContext, is_preview: bool = False
    ) -> None:
        self.locale = locale
        config = read_mkdocs(shared.prepared.project.root, site_dir)
        config.plugins["i18n"].current_language = locale
        plugin = config.plugins["metropolis"]
        plugin.given, plugin.is_preview = shared, is_preview
        self.config = config = config.plugins.on_config(config)
        config.plugins.on_pre_build(config=config)
        self.env: Any = config.theme.get_env()
        self.env.bytecode_cache = CachedBytecode(shared.prepared.project.root)
        self.env.auto_reload = False  # a session ends when a template changes
        self.files = config.plugins.on_files(get_files(config), config=config)
        set_exclusions(self.files, config)
        nav = get_navigation(self.files, config)
        self.nav = config.plugins.on_nav(nav, config=config, files=self.files)
        self._read_titles()
        self.env = config.plugins.on_env(self.env, config=config, files=self.files)
        # Stored here: MkDocs would go through all files each time.
        self.documents = self.files.documentation_pages()
        self.pages = {file.dest_uri: file for file in self.documents}

    def _read_titles(self) -> None:
        """The navigation of every page shows them."""
        for page in self.nav.pages:
            page.read_source(self.config)

    def renew(self, shared: RenderContext) -> None:
        """Takes new texts: the same pages, data, theme and configuration."""
        self._read_titles()
        self.config.plugins["metropolis"].renew(shared, self.locale)

    def read(self, file: File) -> Page:
        """The page's text with its calls expanded."""
        config, plugins = self.config, self.config.plugins
        given = {"config": config, "files": self.files}
        page = plugins.on_pre_page(file.page or Page(None, file, config), **given)
        page.read_source(config)
        page.markdown = plugins.on_page_markdown(page.markdown, page=page, **given)
        return page

    def render(self, file: File) -> str:
        config, files, plugins = self.config, self.files, self.config.plugins
        page = self.read(file)
        page.active = True
        try:
            page.render(config, files)
            given = {"page": page, "config": config, "files": files}
            page.content = plugins.on_page_content(page.content, **given)
            context = get_context(self.nav, self.documents, config, page)
            template = self.env.get_template(page.meta.get("template", "main.html"))
            context = plugins.on_page_context(context, page=page, config=config, nav=self.nav)
            output = template.render(context)
            return str(plugins.on_post_page(output, page=page, config=config))
        finally:
            page.active = False

    def let_go(self, file: File) -> None:
        """Drops what rendering has added to a page; the navigation needs its title."""
        if file.page is not None and file.page not in self.nav.pages:
            file.page = None

    def render_not_found(self) -> str:
        """The HTML of the language's 404 page, which is served at any address."""
        config, plugins, name = self.config, self.config.plugins, "404.html"
        template = self.env.get_template(name)
        template = plugins.on_pre_template(template, template_name=name, config=config)
        base = urlsplit(config.site_url or "/").path
        context = get_context(self.nav, self.documents, config, base_url=base)
        context = plugins.on_template_context(context, template_name=name, config=config)
        return keep_words_whole(str(template.render(context)))

    @property
    def frames(self) -> FrameMaker:
        frames: FrameMaker = self.config.plugins["metropolis"].frames
        return frames

    def write_media(self, output: Output) -> None:
        for file in self.files.media_files():
            output.write(file.dest_uri, file.content_bytes)
