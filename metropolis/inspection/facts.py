"""The facts of a built page that the inspection needs: built_file.py parses a page into these, and
every check reads them. A page has hundreds: named tuples take half the time of dataclasses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from turbohtml import Element


class ReferenceFact(NamedTuple):
    """An address that the page links to, names or loads; `owner` says where: "img src"."""

    address: str
    line: int
    owner: str


class AlternateFact(NamedTuple):
    """A claim in the head: the same page in the language `hreflang` is at `address`."""

    hreflang: str
    address: str
    line: int


class Refusal(NamedTuple):
    """Something that a page must not contain, whatever its origin, and how to fix it."""

    line: int
    column: int
    what: str
    how: str


def position_of(element: Element) -> tuple[int, int]:
    """Line and column, from 1; 0 for an element that the parser added."""
    line, column = element.position or (0, -1)
    return line, column + 1


@dataclass(slots=True)
class Identity:
    """`path` is the page's file from the site's root ("en/vision/index.html"), `locale` its
    folder's language, `lang` that of <html>, `text_lang` that of the article, if stated. The rest
    is stated in the head."""

    path: str
    locale: str
    lang: str
    text_lang: str
    has_noindex: bool = False
    canonicals: Sequence[ReferenceFact] = ()
    alternates: Sequence[AlternateFact] = ()

    @property
    def identity(self) -> tuple[str, str, str, str, bool]:
        """The facts on which the checks of counterparts and of the sitemap depend."""
        return self.path, self.locale, self.lang, self.text_lang, self.has_noindex

    @property
    def is_not_found(self) -> bool:
        """A 404 page has no address of its own: it is neither linked nor indexed."""
        return self.path.rpartition("/")[2] == "404.html"

    @property
    def is_fallback(self) -> bool:
        """The text replaces a missing translation, and is marked as such."""
        return self.text_lang not in ("", self.locale)

    @property
    def is_indexable(self) -> bool:
        """Whether search engines should index the page at this address."""
        return not (self.is_not_found or self.is_fallback or self.has_noindex)


@dataclass(slots=True)
class PageFacts(Identity):
    """All facts of a page, added while it is read. Browsers fetch `loads`, not `mentions`."""

    canonicals: list[ReferenceFact] = field(default_factory=list)
    alternates: list[AlternateFact] = field(default_factory=list)
    ids: dict[str, int] = field(default_factory=dict)  # the line of each
    links: list[ReferenceFact] = field(default_factory=list)
    mentions: list[ReferenceFact] = field(default_factory=list)
    loads: list[ReferenceFact] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
