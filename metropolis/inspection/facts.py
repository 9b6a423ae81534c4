"""The facts of a built page that the inspection needs, as plain values.

Pages are parsed once, in built_file.py. Every check reads these facts, and none parses a page
again. So the inspection is fast, and each check is a small function from facts to problems. A page
has hundreds of facts: named tuples are created and stored in half the time of dataclasses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


class LinkFact(NamedTuple):
    """A link. `name` is what a screen reader says; `is_hidden` if it says nothing."""

    address: str
    line: int
    name: str
    is_hidden: bool = False


class ReferenceFact(NamedTuple):
    """An address that the page names or loads; `owner` says where: "img src", "link rel=icon"."""

    address: str
    line: int
    owner: str


class AlternateFact(NamedTuple):
    """A claim in the head: the same page in the language `hreflang` is at `address`."""

    hreflang: str
    address: str
    line: int


class HeadingFact(NamedTuple):
    """`level` from 1 to 6; `is_apart` in a dialog, whose headings have a separate outline."""

    level: int
    text: str
    line: int
    is_apart: bool


class PictureFact(NamedTuple):
    """An `img`, or an `svg` with role=img. `text` is None without an alt; `is_hidden`: only
    decorative."""

    tag: str
    text: str | None
    line: int
    is_hidden: bool


class Refusal(NamedTuple):
    """Something that a page must not contain, whatever its origin, and how to fix it."""

    line: int
    column: int
    what: str
    how: str


class Detail(NamedTuple):
    """Any other fact with a line: an id, a piece of template."""

    text: str
    line: int
    column: int = 1


@dataclass(frozen=True, slots=True)
class Identity:
    """`path` is the page's file from the site's root ("en/vision/index.html").

    `locale` is the language of its folder, `lang` that of <html>, `text_lang` that of the article,
    if it states one."""

    path: str
    locale: str
    lang: str
    text_lang: str
    has_noindex: bool

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


@dataclass(frozen=True, slots=True)
class PageFacts(Identity):
    """All facts of a page.

    Browsers fetch or contact `loads` by themselves, but not `mentions` (`<link rel=next>`)."""

    title: str
    description: str
    canonicals: tuple[ReferenceFact, ...]
    alternates: tuple[AlternateFact, ...]
    headings: tuple[HeadingFact, ...]
    ids: tuple[Detail, ...]
    links: tuple[LinkFact, ...]
    mentions: tuple[ReferenceFact, ...]
    loads: tuple[ReferenceFact, ...]
    pictures: tuple[PictureFact, ...]
    refusals: tuple[Refusal, ...]
    remains: tuple[Detail, ...]
