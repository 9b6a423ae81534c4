"""Makes the frame of each page from MkDocs' page and navigation. Templates see only the frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page

from macros.glossary import definitions
from metropolis.addresses import locale_prefix, page_path, relative_address
from metropolis.builder.render_context import RenderContext
from metropolis.components.openers import head_figure, opener, social_card
from metropolis.components.scope import Scope
from metropolis.language.cldr import direction
from metropolis.markup import finished, words_of
from metropolis.web.frame import (
    Alternate,
    Contents,
    Frame,
    Language,
    MenuLink,
    heading_words,
    page_kind,
    page_line,
    split_head,
)
from metropolis.web.notices import Notices
from metropolis.web.social_cards import Picture, picture_path
from metropolis.web.structured_data import structured_data


class FrameMaker:
    """One for a build; `start_language` prepares what all pages of a language share."""

    def __init__(self, shared: RenderContext) -> None:
        prepared = shared.prepared
        self.project = prepared.project
        self.records = prepared.records
        self.page_names = prepared.page_names
        self.assets = shared.assets
        self.release = shared.release
        self.notices = Notices(prepared.project, prepared.workbench.statuses)
        self.nav: list[tuple[str, list[Page]]] = []
        # For the steps after the last page: (locale, name) -> title, social card.
        self.titles: dict[tuple[str, str], str] = {}
        self.pictures: dict[tuple[str, str], Picture] = {}

    def start_language(self, locale: str, nav: Navigation) -> None:
        """Stores the sections of `locale` as (title, pages). The home page is in no section."""
        self.locale = locale
        sections = [
            (item.title, [child for child in item.children if isinstance(child, Page)])
            for item in nav.items
            if isinstance(item, Section)
        ]
        self.nav = [(title, pages) for title, pages in sections if pages]
        self.sections_of_folder = {
            page_name(page).rpartition("/")[0]: index
            for index, (_, pages) in enumerate(self.nav)
            for page in pages
            if page_name(page).endswith("/index")
        }

    def of_page(self, page: Page, locale: str, scope: Scope) -> Frame:
        name = page_name(page)
        here = "" if page.url == "./" else page.url
        sections, section = self._sections(page, name)
        is_fallback = scope.locale != locale
        alternates, source = () if is_fallback else self.alternates(name), self.project.source
        head, body = split_head(page.content or "")
        breadcrumbs = self._breadcrumbs(page, name, section)
        title, description = str(page.meta.get("title", "")), str(page.meta.get("description", ""))
        self.titles[locale, name] = title
        heading = " ".join(words_of(head.partition("</h1>")[0]).split())
        part = section.title if section and section.title != title else ""
        share = picture_path(locale, name)
        self.pictures[locale, name] = social_card(scope, share, name, heading, part)
        return Frame(
            records=self.records,
            locale=locale,
            title=self._title(title, name),
            description=description,
            kind=page_kind(name),
            canonical=self.address(scope.locale, name),
            alternates=alternates,
            x_default=next((one.url for one in alternates if one.locale == source), ""),
            languages=self._languages(name, lambda path: relative_address(here, path)),
            sections=sections,
            section=section,
            breadcrumbs=breadcrumbs,
            assets=self.assets,
            release=self.release,
            link=scope.link,
            line=page_line(name),
            opener=opener(scope, name),
            head=head,
            figure=head_figure(scope, name),
            body=body,
            # Markdown and data_page.py give titles as HTML.
            contents=tuple(Contents(finished(item.title), item.url) for item in page.toc),
            definitions=definitions(scope, page.content or ""),
            share=self._absolute(share),
            structured=structured_data(
                self.records,
                locale,
                name,
                description,
                self._trail(breadcrumbs, locale, name),
                partial(self.address, locale),
            ),
            text_locale=scope.locale if is_fallback else "",
            notice=self.notices.of_page(name, locale, scope, heading_words(page.content or "")),
        )

    def of_not_found(self, locale: str) -> Frame:
        """The frame of a 404 page. Its addresses are absolute: a server shows it at any address."""
        base = urlsplit(self.project.site_url).path.rstrip("/") + "/"
        sections = tuple(
            MenuLink(title, pages[0].url, pages=tuple(self._link(page) for page in pages))
            for title, pages in self.nav
        )
        return Frame(
            records=self.records,
            locale=locale,
            title=self._title(self.records.strings["not-found-title"][locale], "404"),
            description=self.records.strings["not-found-text"][locale],
            kind="not-found",
            languages=self._languages("index", lambda path: base + path),
            sections=sections,
            assets=self.assets,
            release=self.release,
            link=lambda target: base + locale_prefix(self.project, locale) + target,
        )

    def address(self, locale: str, name: str) -> str:
        return self._absolute(locale_prefix(self.project, locale) + page_path(name))

    def _absolute(self, path: str) -> str:
        return self.project.site_url.rstrip("/") + "/" + path

    def _trail(
        self, breadcrumbs: tuple[MenuLink, ...], locale: str, name: str
    ) -> list[tuple[str, str]]:
        """The breadcrumbs with absolute addresses, from the home page to this page."""
        above = [
            (crumb.title, self._absolute(crumb.url.removeprefix("./")))
            for crumb in breadcrumbs[:-1]
            if crumb.url is not None
        ]
        return [*above, (breadcrumbs[-1].title, self.address(locale, name))] if breadcrumbs else []

    def alternates(self, name: str) -> tuple[Alternate, ...]:
        """The languages that really have the page; none if there is only one."""
        found = tuple(
            Alternate(locale.code, self.address(locale.code, name))
            for locale in self.project.locales
            if name in self.page_names[locale.code]
        )
        return found if len(found) > 1 else ()

    def _languages(self, name: str, base: Callable[[str], str]) -> tuple[Language, ...]:
        """The language switcher: the page's counterpart in each language, or else the home page."""
        found = []
        for code, called in ((locale.code, locale.name) for locale in self.project.locales):
            home = locale_prefix(self.project, code)
            path = home + page_path(name) if name in self.page_names[code] else home
            found.append(Language(code, called, base(path), base(home), direction(code)))
        return tuple(found)

    def _title(self, title: str, name: str) -> str:
        association = self.records.strings["association"][self.locale]
        return f"Metropolis – {association}" if name == "index" else f"{title} – Metropolis"

    def _sections(self, page: Page, name: str) -> tuple[tuple[MenuLink, ...], MenuLink | None]:
        """All sections with their pages, and that of this page, by navigation or by folder."""
        own = self.sections_of_folder.get(name.rpartition("/")[0]) if "/" in name else None
        found = []
        for index, (title, pages) in enumerate(self.nav):
            links = tuple(self._link(child, is_current=child is page) for child in pages)
            is_active = any(link.is_current for link in links) or index == own
            found.append(MenuLink(title, pages[0].url, pages[0] is page, is_active, pages=links))
        return tuple(found), next((section for section in found if section.is_active), None)

    def _link(self, page: Page, is_current: bool = False) -> MenuLink:
        """A page in a list. If it is shown in the source language, its title has that language."""
        lang = "" if page.file.locale == self.locale else str(page.file.locale)
        line = page_line(page_name(page))
        return MenuLink(str(page.title), page.url, is_current, lang=lang, line=line)

    def _breadcrumbs(self, page: Page, name: str, section: MenuLink | None) -> tuple[MenuLink, ...]:
        """Home, section, page. A section's name links to its first page, but not from that page
        to itself, and does not stand there if the page has the same name."""
        if name == "index":
            return ()
        address = locale_prefix(self.project, self.locale) or "./"
        home = MenuLink(self.records.strings["home"][self.locale], address)
        here = replace(self._link(page), url=None)
        if section is None or section.title == here.title:
            return (home, here)
        return (home, MenuLink(section.title, None if section.is_current else section.url), here)


def page_name(page: Page) -> str:
    """The page's name in its language: `en/challenges/index.md` -> `challenges/index`."""
    return str(page.file.src_uri).partition("/")[2].removesuffix(".md")
