"""Checks what a page states about its language, its address and its counterparts.

Search engines and screen readers rely on it. A wrong language is read with the wrong voice, and a
wrong alternate sends readers to the wrong text. Below each language's folder the paths are the
same, so the files alone determine what a page must state. If all alternates are right, they are
reciprocal too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metropolis.inspection.facts import Alternate, Identity, PageFacts
from metropolis.inspection.places import Places
from metropolis.problem import Problem

_DEFAULT = "x-default"


def check_language(book: Book, page: PageFacts) -> Iterator[Problem]:
    """Problems of `lang`, canonical address and alternates of a page."""
    yield from _check_lang(page, book.locales)
    if not page.is_not_found:
        yield from _check_canonical(book, page)
        yield from _check_alternates(book, page)


@dataclass(frozen=True)
class Book:
    """All pages by path, and their counterparts; the first locale is at the root."""

    places: Places
    pages: Mapping[str, Identity]
    locales: tuple[str, ...]

    def counterpart(self, page: PageFacts, locale: str) -> str:
        """The same page in another language: "en/vision/index.html" -> "es/vision/index.html"."""
        source = self.locales[0]
        name = page.path if page.locale == source else page.path.removeprefix(f"{page.locale}/")
        return name if locale == source else f"{locale}/{name}"

    def alternates(self, page: PageFacts) -> dict[str, str]:
        """What a page must state: each language in which it exists, and the source as x-default."""
        if not page.is_indexable:
            return {}
        found = {}
        for locale in self.locales:
            other = self.pages.get(self.counterpart(page, locale))
            if other is not None and other.is_indexable:
                found[locale] = self.places.address(other.path)
        if len(found) < 2:
            return {}
        source = found.get(self.locales[0])
        return {**found, _DEFAULT: source} if source else found

    def why_wrong(self, page: PageFacts, address: str, hreflang: str = "") -> str:
        """What is wrong with an address in the head; "" if it leads to a page of this site."""
        if not address.startswith(self.places.root):
            return "is not an absolute address of this site"
        other = self.pages.get(self.places.follow(page.path, address).file)
        if other is None:
            return "leads to no page"
        language = other.text_lang or other.lang or other.locale
        return "" if hreflang in ("", _DEFAULT, language) else f"leads to a page in “{language}”"


def _check_lang(page: PageFacts, locales: tuple[str, ...]) -> Iterator[Problem]:
    expected = f"It stands among those in “{page.locale}”."
    if not page.lang:
        how = f'Write <html lang="{page.locale}">.'
        yield Problem(
            page.path, 0, 0, "The page does not say which language it is in.", expected, how
        )
    elif page.lang != page.locale:
        how = (
            "Mend the lang attribute of <html>; for a text that is not translated, set it on"
            " <article>."
        )
        yield Problem(page.path, 0, 0, f"The page says that it is in “{page.lang}”.", expected, how)
    if page.text_lang and page.text_lang not in locales:
        what = (
            f"The article says that it is in “{page.text_lang}”, which is not a language of this"
            " site."
        )
        yield Problem(page.path, 0, 0, what, how="Mend the lang attribute of <article>.")


def _check_canonical(book: Book, page: PageFacts) -> Iterator[Problem]:
    is_known = page.text_lang in book.locales
    file = book.counterpart(page, page.text_lang) if page.is_fallback and is_known else page.path
    expected = book.places.address(file)
    mend = f'Write <link rel="canonical" href="{expected}">.'
    if not page.canonicals:
        if not page.has_noindex:
            yield Problem(page.path, 0, 0, "The page does not say its canonical address.", how=mend)
        return
    if len(page.canonicals) > 1:
        what = "The page has more than one canonical address."
        yield Problem(page.path, page.canonicals[1].line, 1, what, how="Keep one.")
    canonical = page.canonicals[0]
    wrong = book.why_wrong(page, canonical.address)
    if not wrong and canonical.address != expected:
        wrong = "is not that of the text it shows" if page.is_fallback else "is not its own"
    if wrong:
        what = f"The canonical address “{canonical.address}” {wrong}."
        yield Problem(page.path, canonical.line, 1, what, how=mend)


def _check_alternates(book: Book, page: PageFacts) -> Iterator[Problem]:
    expected = book.alternates(page)
    seen: set[str] = set()
    for alternate in page.alternates:
        if alternate.hreflang in seen:
            what = f"The page has more than one alternate in “{alternate.hreflang}”."
            yield Problem(page.path, alternate.line, 1, what, how="Keep one.")
        elif alternate.address != expected.get(alternate.hreflang):
            yield _wrong_alternate(book, page, alternate, expected.get(alternate.hreflang, ""))
        seen.add(alternate.hreflang)
    for hreflang in expected.keys() - seen:
        whose = "for other languages" if hreflang == _DEFAULT else f"in “{hreflang}”"
        what = f"The page does not name its counterpart {whose}."
        yield Problem(page.path, 0, 0, what, how=f"Add {_tag(hreflang, expected[hreflang])}.")


def _wrong_alternate(book: Book, page: PageFacts, alternate: Alternate, right: str) -> Problem:
    wrong = book.why_wrong(page, alternate.address, alternate.hreflang)
    if not wrong and not page.is_indexable:
        wrong = "stands on a page that is not for search engines"
    elif not wrong:
        is_default = alternate.hreflang == _DEFAULT
        wrong = "is not the source language's" if is_default else "is not its counterpart's"
    what = f"The alternate “{alternate.address}” ({alternate.hreflang}) {wrong}."
    how = f"Write {_tag(alternate.hreflang, right)}." if right else "Remove it."
    return Problem(page.path, alternate.line, 1, what, how=how)


def _tag(hreflang: str, address: str) -> str:
    return f'<link rel="alternate" hreflang="{hreflang}" href="{address}">'
