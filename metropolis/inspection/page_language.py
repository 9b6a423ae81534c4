"""Checks what a page states about its language, its address and its site: a wrong language is read
with the wrong voice, a wrong alternate sends readers to the wrong text. Paths are the same in each
language's folder: the files alone determine it. Right alternates are reciprocal too."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from metropolis.inspection.destinations import SiteFiles
from metropolis.inspection.facts import AlternateFact, Identity
from metropolis.problem import Problem

_DEFAULT = "x-default"


@dataclass(frozen=True)
class SitePages:
    """All pages by path, and their counterparts; the first locale is at the root."""

    files: SiteFiles
    pages: Mapping[str, Identity]
    locales: tuple[str, ...]

    def counterpart(self, page: Identity, locale: str) -> str:
        """The same page in another language: "en/vision/index.html" -> "es/vision/index.html"."""
        source = self.locales[0]
        name = page.path if page.locale == source else page.path.removeprefix(f"{page.locale}/")
        return name if locale == source else f"{locale}/{name}"

    def alternates(self, page: Identity) -> dict[str, str]:
        """What a page must state: each language in which it exists, and the source as x-default."""
        if not page.is_indexable:
            return {}
        found = {}
        for locale in self.locales:
            other = self.pages.get(self.counterpart(page, locale))
            if other is not None and other.is_indexable:
                found[locale] = self.files.address(other.path)
        if len(found) < 2:
            return {}
        source = found.get(self.locales[0])
        return {**found, _DEFAULT: source} if source else found

    def why_wrong(self, page: Identity, address: str, hreflang: str = "") -> str:
        """What is wrong with an address in the head; "" if it leads to a page of this site."""
        if not address.startswith(self.files.root):
            return "is not an absolute address of this site"
        other = self.pages.get(self.files.follow(page.path, address).file)
        if other is None:
            return "leads to no page"
        language = other.text_lang or other.lang or other.locale
        return "" if hreflang in ("", _DEFAULT, language) else f"leads to a page in “{language}”"


def check_language(site: SitePages, page: Identity) -> Iterator[Problem]:
    """Problems of `lang`, canonical address and alternates of a page."""
    yield from _check_lang(page, site.locales)
    if not page.is_not_found:
        yield from _check_canonical(site, page)
        yield from _check_alternates(site, page)


def _check_lang(page: Identity, locales: tuple[str, ...]) -> Iterator[Problem]:
    expected = f"It is among those in “{page.locale}”."
    if not page.lang:
        what, how = "The page does not state its language.", f'Write <html lang="{page.locale}">.'
        yield Problem(page.path, 0, 0, what, expected, how)
    elif page.lang != page.locale:
        how = "Fix the lang attribute of <html>. For an untranslated text, set it on <article>."
        what = f"The page states the language “{page.lang}”."
        yield Problem(page.path, 0, 0, what, expected, how)
    if page.text_lang and page.text_lang not in locales:
        what = f"The article states the language “{page.text_lang}”, which this site does not have."
        yield Problem(page.path, 0, 0, what, how="Fix the lang attribute of <article>.")


def _check_canonical(site: SitePages, page: Identity) -> Iterator[Problem]:
    is_copy = page.is_fallback and page.text_lang in site.locales
    file = site.counterpart(page, page.text_lang) if is_copy else page.path
    expected = site.files.address(file)
    how = f'Write <link rel="canonical" href="{expected}">.'
    if not page.canonicals:
        if not page.has_noindex:
            what = "The page does not state its canonical address."
            yield Problem(page.path, 0, 0, what, how=how)
        return
    if len(page.canonicals) > 1:
        what = "The page has more than one canonical address."
        yield Problem(page.path, page.canonicals[1].line, 1, what, how="Keep one.")
    canonical = page.canonicals[0]
    if canonical.address != expected or file not in site.pages:
        other = "is not that of the text it shows" if page.is_fallback else "is not its own"
        wrong = site.why_wrong(page, canonical.address) or other
        what = f"The canonical address “{canonical.address}” {wrong}."
        yield Problem(page.path, canonical.line, 1, what, how=how)


def _check_alternates(site: SitePages, page: Identity) -> Iterator[Problem]:
    expected = site.alternates(page)
    seen: set[str] = set()
    for alternate in page.alternates:
        right = expected.get(alternate.hreflang, "")
        if alternate.hreflang in seen:
            what = f"The page has more than one alternate in “{alternate.hreflang}”."
            yield Problem(page.path, alternate.line, 1, what, how="Keep one.")
        elif alternate.address != right:
            what = f"The alternate “{alternate.address}” ({alternate.hreflang})"
            what = f"{what} {_wrong_alternate(site, page, alternate)}."
            how = f"Write {_tag(alternate.hreflang, right)}." if right else "Remove it."
            yield Problem(page.path, alternate.line, 1, what, how=how)
        seen.add(alternate.hreflang)
    for hreflang in expected.keys() - seen:
        whose = "for other languages" if hreflang == _DEFAULT else f"in “{hreflang}”"
        what = f"The page does not name its counterpart {whose}."
        yield Problem(page.path, 0, 0, what, how=f"Add {_tag(hreflang, expected[hreflang])}.")


def _wrong_alternate(site: SitePages, page: Identity, alternate: AlternateFact) -> str:
    if wrong := site.why_wrong(page, alternate.address, alternate.hreflang):
        return wrong
    if not page.is_indexable:
        return "is on a page that is not for search engines"
    is_default = alternate.hreflang == _DEFAULT
    return "is not the source language's" if is_default else "is not its counterpart's"


def _tag(hreflang: str, address: str) -> str:
    return f'<link rel="alternate" hreflang="{hreflang}" href="{address}">'
