"""What templates know of a page beside its content: one object, `site` (docs/maintainers/look.md).
Its size does not depend on the number of pages."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from metropolis.data.records import Records
from metropolis.language.blanks import plural_json
from metropolis.language.cldr import direction
from metropolis.markup import Markup, finished
from metropolis.release.provenance import Release
from metropolis.web.assets import Assets

_NOTHING = finished("")


@dataclass(frozen=True)
class MenuLink:
    """A page in a list: title, address from the site's root, and whether the reader is there.
    `lang` is set if its title is in another language; `line` is its line of action."""

    title: str
    url: str | None
    is_current: bool = False
    is_active: bool = False
    lang: str = ""
    pages: tuple[MenuLink, ...] = ()
    line: int | None = None


@dataclass(frozen=True)
class Language:
    """A language as the switcher shows it."""

    locale: str
    name: str
    url: str
    home_url: str
    direction: str


@dataclass(frozen=True)
class Alternate:
    """The same page in another language, for `hreflang`: absolute address."""

    locale: str
    url: str


@dataclass(frozen=True)
class Contents:
    """A section of a page: the words of its heading, and its address on the page."""

    title: Markup
    url: str


@dataclass(frozen=True)
class Frame:
    """One page's frame. `text_locale` is the language of the text where it is not the page's: a
    fallback; `notice` says so, or that the translation is stale. `canonical` is empty for pages
    that must not be indexed. `opener` is the sign above the heading, `head` the heading and its
    first paragraph, `figure` what stands beside them, `body` the rest, `definitions` what its terms
    show. `share` is the address of the social card, `structured` the JSON-LD."""

    records: Records
    locale: str
    title: str
    description: str
    kind: str
    languages: tuple[Language, ...]
    sections: tuple[MenuLink, ...]
    assets: Assets
    release: Release
    link: Callable[[str], str]
    canonical: str = ""
    alternates: tuple[Alternate, ...] = ()
    x_default: str = ""
    section: MenuLink | None = None
    breadcrumbs: tuple[MenuLink, ...] = ()
    share: str = ""
    structured: Markup = _NOTHING
    text_locale: str = ""
    notice: Markup = _NOTHING
    line: int | None = None
    opener: Markup = _NOTHING
    head: Markup = _NOTHING
    figure: Markup = _NOTHING
    body: Markup = _NOTHING
    definitions: Markup = _NOTHING
    contents: tuple[Contents, ...] = ()

    @property
    def direction(self) -> str:
        return direction(self.locale)

    @property
    def has_sidebar(self) -> bool:
        """A section with more than one page shows its line of stations."""
        return self.section is not None and len(self.section.pages) > 1

    @property
    def home_url(self) -> str:
        return next(one.home_url for one in self.languages if one.locale == self.locale)

    @property
    def other_languages(self) -> list[Language]:
        return [one for one in self.languages if one.locale != self.locale]

    def t(self, key: str, locale: str | None = None) -> str:
        """An interface string, in the page's language unless another is named."""
        return self.records.strings[key][locale or self.locale]

    def plural(self, key: str) -> str:
        return plural_json(self.records.strings[key][self.locale], self.locale)


def page_kind(name: str) -> str:
    """A word for the page's type, for the style sheet: `home`, `members`, `member`, `line` …"""
    if name == "index":
        return "home"
    folder, _, stem = name.rpartition("/")
    if stem == "index":
        return folder
    return {
        "members": "member",
        "indicators": "indicator",
        "challenges": "challenge",
        "action-plan": "line",
    }.get(folder, stem)


def page_line(name: str) -> int | None:
    """The line of action that a page belongs to: 1 for `action-plan/line-1`."""
    head, _, number = name.rpartition("line-")
    return int(number) if head == "action-plan/" and number.isdigit() else None


def split_head(html: str) -> tuple[Markup, Markup]:
    """A page's HTML as (heading and first paragraph, the rest): templates place the head apart."""
    found = re.match(r"\s*<h1.*?</h1>(?:\s*<p>.*?</p>)?", html, re.DOTALL)
    end = found.end() if found else 0
    return finished(html[:end].strip()), finished(html[end:].strip() if found else html)


def heading_words(html: str) -> dict[str, Markup]:
    """The words of a page's headings, without their tags, by their anchors."""
    found = re.findall(r'<h([1-6]) id="([^"]+)">(.*?)</h\1>', html, re.DOTALL)
    return {anchor: finished(re.sub(r"<[^>]*>", "", words)) for _, anchor, words in found}
