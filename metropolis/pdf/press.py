"""Turns an edition and the site's pages into orders for printing.py: one book for each language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import join

from metropolis.addresses import locale_prefix, page_path
from metropolis.cache import Cache
from metropolis.data.models import Edition
from metropolis.data.records import Records
from metropolis.maps.world import land_path
from metropolis.pdf.book import Imprint, Words, make_book
from metropolis.pdf.edition_check import page_order, whole_book
from metropolis.pdf.epub import EpubWords
from metropolis.pdf.gather import BookSource
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.outline import Outline, book_outline, select
from metropolis.pdf.printing import Order
from metropolis.project import Locale, Project
from metropolis.release.provenance import Release
from metropolis.translation.status import PageStatus

SIZES = {"a4": "A4", "letter": "letter"}
# The pages of a language by name, as HTML of the site.
ReadPages = Callable[[str, Sequence[str]], Mapping[str, bytes]]


@dataclass(frozen=True)
class Press:
    """The input that all books of a build share. `written`: the names of the pages in content/."""

    project: Project
    records: Records
    statuses: Sequence[PageStatus]
    release: Release
    written: Sequence[str]
    read_pages: ReadPages
    cache: Cache

    @property
    def names(self) -> list[str]:
        return page_order(self.records, self.written)

    @cached_property
    def land(self) -> str:
        """The map's path data."""
        return land_path((self.project.theme_dir / "maps" / "land-110m.json").read_bytes())

    @cached_property
    def figure_style(self) -> str:
        """The style of drawings: theme/book/figures.css."""
        return (self.project.theme_dir / "book" / "figures.css").read_text("utf-8")

    def outline(self, edition: Edition) -> Outline:
        """The outline of the book, or of a pack of its pages."""
        book = whole_book(self.records)
        whole = book_outline(book, self.names) if book else Outline(())
        if edition.parts:
            return whole
        return whole.choose(select(edition.pages, self.names)[0])

    def orders(
        self,
        edition: Edition,
        locales: Iterable[Locale],
        size: str = "",
        sections: Mapping[str, Collection[str]] | None = None,
    ) -> list[Order]:
        """The orders, one for each language. `sections` as in gather.BookSource."""
        outline = self.outline(edition)
        found = []
        for locale in locales:
            words = Words(self.records.strings, locale.code)
            site = self._input(outline, locale, sections or {})
            imprint = self._imprint(edition, locale)
            metadata = Metadata(
                title=f"Metropolis – {imprint.title}",
                language=locale.code,
                subject=imprint.subtitle,
                author=f"Metropolis – {words('association')}",
                date=self.release.date,
            )
            html = make_book(outline, site, imprint, words, self.cache)
            epub = EpubWords(imprint.address, words("epub-summary"), words("epub-pages"))
            name, sheet = f"{edition.id}-{locale.code}", SIZES[size or edition.size]
            found.append(Order(name, html, metadata, sheet, None if outline.is_pack else epub))
        return found

    def _input(
        self, outline: Outline, locale: Locale, sections: Mapping[str, Collection[str]]
    ) -> BookSource:
        prefix = locale_prefix(self.project, locale.code)
        names = [chapter.name for chapter in outline.chapters]
        return BookSource(
            pages=self.read_pages(locale.code, names),
            slugs={prefix + page_path(chapter.name): chapter.slug for chapter in outline.chapters},
            site_url=self.project.site_url,
            prefix=prefix,
            media=f"../../{self.project.content_dir.name}/{locale.code}/",
            land=self.land,
            figure_style=self.figure_style,
            sections=sections,
        )

    def _imprint(self, edition: Edition, locale: Locale) -> Imprint:
        late = (
            one.name
            for one in self.statuses
            if one.locale == locale.code and one.state in {"stale", "missing"}
        )
        return Imprint(
            title=edition.title[locale.code],
            subtitle=edition.subtitle[locale.code],
            date=self.release.date_text(locale.code),
            commit=self.release.commit,
            address=join(self.project.site_url, locale_prefix(self.project, locale.code)),
            behind=None if locale.is_default else frozenset(late),
        )
