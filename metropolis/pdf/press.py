"""Turns an edition and the site's pages into orders for printing.py: one book for each language."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from posixpath import join

from metropolis.addresses import locale_prefix, page_path
from metropolis.data.models import Edition
from metropolis.data.records import Records
from metropolis.maps.world import land_path
from metropolis.pdf.book import BookInput, Imprint, Words, make_book
from metropolis.pdf.edition_check import page_order, whole_book
from metropolis.pdf.epub import EpubWords
from metropolis.pdf.metadata import Metadata
from metropolis.pdf.outline import Outline, book_outline, select
from metropolis.pdf.printing import Order
from metropolis.pdf.qr_code import QrCodes
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
    codes: QrCodes

    @property
    def names(self) -> list[str]:
        """All pages of the site."""
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
        """The orders, one for each language. `sections` as in book.BookInput."""
        outline = self.outline(edition)
        found = []
        for locale in locales:
            prefix = locale_prefix(self.project, locale.code)
            pages = self.read_pages(locale.code, [chapter.name for chapter in outline.chapters])
            addresses = {name: prefix + page_path(name) for name in self.names}
            media = f"../../{self.project.content_dir.name}/{locale.code}/"
            site = BookInput(
                pages,
                addresses,
                self.project.site_url,
                self.land,
                self.figure_style,
                prefix,
                media,
                sections or {},
            )
            words = Words(self.records.strings, locale.code)
            imprint = self._imprint(edition, outline, locale, prefix)
            html = make_book(outline, site, imprint, words, self.codes)
            metadata = Metadata(
                title=f"Metropolis – {edition.title[locale.code]}",
                language=locale.code,
                subject=edition.subtitle[locale.code],
                author=f"Metropolis – {words('association')}",
                date=self.release.date,
            )
            epub = None if outline.is_pack else self._epub_words(words, prefix)
            name = f"{edition.id}-{locale.code}"
            found.append(Order(name, html, metadata, SIZES[size or edition.size], epub))
        return found

    def _epub_words(self, words: Words, prefix: str) -> EpubWords:
        address = join(self.project.site_url, prefix)
        summary, contents, pages = map(words, ("epub-summary", "contents", "epub-pages"))
        return EpubWords(address, summary, contents, pages)

    def _imprint(self, edition: Edition, outline: Outline, locale: Locale, prefix: str) -> Imprint:
        return Imprint(
            title=edition.title[locale.code],
            subtitle=edition.subtitle[locale.code],
            date=self.release.date_text(locale.code),
            commit=self.release.commit,
            address=self.project.site_url.rstrip("/") + "/" + prefix,
            behind=None if locale.is_default else self._behind(outline, locale.code),
        )

    def _behind(self, outline: Outline, locale: str) -> frozenset[str]:
        """The pages of the book whose translation is stale or missing."""
        late = {
            one.name
            for one in self.statuses
            if one.locale == locale and one.state in {"stale", "missing"}
        }
        return frozenset(chapter.name for chapter in outline.chapters if chapter.name in late)
