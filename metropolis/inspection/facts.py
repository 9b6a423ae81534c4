"""What the inspection needs to know of a built page, as plain values.

Pages are parsed once (pages.py); every check reads these facts and none walks a page again. That keeps the
inspection fast, and each check a small function from facts to problems. A page has hundreds of small ones: as tuples,
they are made and kept in half of the time.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class Link(NamedTuple):
    """What a reader follows. `name` is what a screen reader says of it; `is_hidden` when it says nothing."""

    address: str
    line: int
    name: str
    is_hidden: bool = False


class Reference(NamedTuple):
    """An address that the page names or loads; `owner` says where it stands: "img src", "link rel=icon"."""

    address: str
    line: int
    owner: str


class Alternate(NamedTuple):
    """A claim in the page's head: the same page, in the language `hreflang`, stands at `address`."""

    hreflang: str
    address: str
    line: int


class Heading(NamedTuple):
    """`level` from 1 to 6; `is_apart` in a dialog, whose headings are an outline of their own."""

    level: int
    text: str
    line: int
    is_apart: bool


class Picture(NamedTuple):
    """An `img`, or an `svg` with role=img. `text` is None without an alt; `is_hidden`: only decorative."""

    tag: str
    text: str | None
    line: int
    is_hidden: bool


class Refusal(NamedTuple):
    """What may not stand in a page, wherever it came from, and how to mend it."""

    line: int
    column: int
    what: str
    how: str


class Detail(NamedTuple):
    """Anything else that stands at a line: an id, a piece of template."""

    text: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Identity:
    """`path` is the page's file from the site's root ("en/vision/index.html"), `locale` that of its folder.

    `lang` is what <html> says; `text_lang` what the article says, where it says so.
    """

    path: str
    locale: str
    lang: str
    text_lang: str
    has_noindex: bool

    @property
    def is_not_found(self) -> bool:
        """A 404 page has no address of its own: it is shown at any, neither linked nor indexed."""
        return self.path.rpartition("/")[2] == "404.html"

    @property
    def is_fallback(self) -> bool:
        """The text stands in for a translation that is missing, and says so."""
        return self.text_lang not in ("", self.locale)

    @property
    def is_indexable(self) -> bool:
        """Search engines are meant to know the page under this address."""
        return not (self.is_not_found or self.is_fallback or self.has_noindex)


@dataclass(frozen=True, slots=True)
class PageFacts(Identity):
    """All of a page. `loads` are fetched or contacted without a reader's doing, `mentions` are not
    (`<link rel=next>`)."""

    title: str
    description: str
    canonicals: tuple[Reference, ...]
    alternates: tuple[Alternate, ...]
    headings: tuple[Heading, ...]
    ids: tuple[Detail, ...]
    links: tuple[Link, ...]
    mentions: tuple[Reference, ...]
    loads: tuple[Reference, ...]
    pictures: tuple[Picture, ...]
    refusals: tuple[Refusal, ...]
    remains: tuple[Detail, ...]
