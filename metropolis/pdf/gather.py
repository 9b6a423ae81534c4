"""Turns a page of the site into a chapter: same text, unique ids, links that work on paper.

A closed list (WEB_ONLY) removes what works only on a screen. The book contains everything else that
the page says (tests/pdf/test_faithful.py compares them).
"""

from __future__ import annotations

import posixpath
from collections.abc import Collection
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from metropolis.pdf.outline import Chapter

# Controls, and lists of links to pages that are next to this one in the book anyway.
WEB_ONLY = ("//form", "//button", "//script", "//*[contains(@class, 'web-only')]")
# More columns than these do not fit the width of a sheet, or of a turned sheet, without
# breaking words.
_WIDEST, _WIDEST_TURNED = 7, 12
# Links in drawings, lists of stations or the glossary get no page number after them.
_NO_REFERENCE = {"term", "footnote-ref", "footnote-backref"}


@dataclass(frozen=True)
class ChapterSection:
    """A numbered section of a chapter, for the table of contents."""

    number: str
    id: str
    title: str


@dataclass(frozen=True)
class Gathered:
    """A chapter: its short title (as in the site's navigation), its HTML, its sections."""

    chapter: Chapter
    title: str
    body: HtmlElement
    sections: tuple[ChapterSection, ...]


@dataclass(frozen=True)
class ChapterPlace:
    """The page's place on the site, and the pages in the book.

    `here` is the page's address from the site's root ("en/vision/"), `slugs` the chapter ids by
    address, `site_url` the public address of the site, `prefix` the language's folder in addresses
    ("en/"), and `media` the folder of the images next to its pages, relative to theme/book/.
    """

    here: str
    slugs: dict[str, str]
    site_url: str
    prefix: str = ""
    media: str = ""


def gather_chapter(
    page: bytes,
    chapter: Chapter,
    place: ChapterPlace,
    depth: int,
    number: str,
    short: str = "",
    only: Collection[str] = (),
) -> Gathered:
    """The page's article as a chapter whose title is a heading of level `depth`.

    `number` is printed above it: "§ 3.2", "Annexe A". `short` is the chapter's title if it differs
    from the page's. With `only`, the chapter has only the sections of these anchors.
    """
    tree = html.document_fromstring(page.decode("utf-8"))
    article = tree.find(".//article")
    _drop_downloads(article)
    for path in WEB_ONLY:
        for element in article.xpath("." + path):
            element.drop_tree()
    for notice in reversed(tree.xpath("//main/*[contains(concat(' ', @class, ' '), ' notice ')]")):
        article.find("header").append(notice)
    title = (
        short
        or article.get("data-title")
        or html.tostring(tree.find(".//h1"), method="text", encoding="unicode").strip()
    )
    lang = article.get("lang")
    article.attrib.clear()
    article.tag = "section"
    article.set("class", "chapter")
    article.set("id", chapter.slug)
    if lang:
        article.set("lang", lang)
    if line := tree.find(".//body").get("data-line"):
        article.set("data-line", line)
    _footnotes(article)
    _ids(article, chapter.slug)
    _links(article, place)
    _images(article, place)
    _turn_wide_tables(article)
    sections = _headings(article, chapter, depth)
    if only:
        kept = {f"{chapter.slug}--{anchor}" for anchor in only}
        _keep_sections(article, [f"h{level + depth}" for level in range(1, 4)], kept)
        ids = set(article.xpath(".//@id"))
        sections = tuple(section for section in sections if section.id in ids)
    heading = article.find(f".//h{depth}")
    heading.set("data-running", f"{chapter.number} {title}".strip())
    _sign(article, number, title)
    return Gathered(chapter, title, article, sections)


def _drop_downloads(article: HtmlElement) -> None:
    """Removes the section that offers the book for download: heading, text and list."""
    for downloads in article.xpath("./ul[contains(@class, 'editions')]"):
        heading = next(downloads.itersiblings("h2", preceding=True))
        section = [heading]
        for element in heading.itersiblings():
            if element.tag == "h2":
                break
            section.append(element)
        for element in section:
            element.drop_tree()


def _sign(article: HtmlElement, number: str, title: str) -> None:
    """Adds the line above the heading: "§ 3.2  Resilience"."""
    sign = etree.Element("p", {"class": "chapter-sign"})
    if number:
        mark = etree.SubElement(sign, "span", {"class": "chapter-number"})
        mark.text, mark.tail = number, " " + title
    else:
        sign.text = title
    article.find("header").insert(0, sign)


def _ids(article: HtmlElement, slug: str) -> None:
    for element in article.xpath(".//*[@id]"):
        element.set("id", f"{slug}--{element.get('id')}")


def _links(article: HtmlElement, place: ChapterPlace) -> None:
    """Rewrites links: to an id inside the book, otherwise to the full address."""
    for link in article.xpath(".//a[@href]"):
        href = link.get("href")
        split = urlsplit(href)
        if split.scheme or split.netloc:
            is_bare = split.netloc in (link.text or "")
            link.set(
                "class", f"{link.get('class', '')} external{' is-bare' if is_bare else ''}".strip()
            )
            continue
        path = urljoin("/" + place.here, split.path).lstrip("/") if split.path else place.here
        slug = place.slugs.get(path)
        if slug is None:
            link.set(
                "href",
                posixpath.join(place.site_url, path)
                + (f"#{split.fragment}" if split.fragment else ""),
            )
        else:
            link.set("href", f"#{slug}--{split.fragment}" if split.fragment else f"#{slug}")
            own = set((link.get("class") or "").split())
            if (
                split.path
                and not own & _NO_REFERENCE
                and link.getparent().tag not in {"text", "g", "svg"}
            ):
                link.set("class", " ".join([*sorted(own), "reference"]))


def _images(article: HtmlElement, place: ChapterPlace) -> None:
    """Points images to content/, by a path that is the same on every machine."""
    for image in article.xpath(".//img[@src]"):
        path = urljoin("/" + place.here, image.get("src")).lstrip("/")
        image.set("src", place.media + path.removeprefix(place.prefix))


def _turn_wide_tables(article: HtmlElement) -> None:
    """Marks the tables that need a sheet turned on its side, and those that also break words."""
    for table in article.xpath(".//table"):
        columns = max(
            (sum(int(cell.get("colspan", 1)) for cell in row) for row in table.iter("tr")),
            default=0,
        )
        if columns > _WIDEST:
            own = table.get("class", "").split()
            dense = ["dense"] if columns > _WIDEST_TURNED else []
            table.set("class", " ".join([*own, "turned", *dense]))


def _headings(article: HtmlElement, chapter: Chapter, depth: int) -> tuple[ChapterSection, ...]:
    """Shifts the headings to the chapter's depth and numbers its sections."""
    sections: list[ChapterSection] = []
    for heading in article.xpath(".//h1 | .//h2 | .//h3 | .//h4"):
        level = int(heading.tag[1])
        heading.tag = f"h{level + depth - 1}"
        if level != 2:
            continue
        text = " ".join(heading.text_content().split())
        number = f"{chapter.number}.{len(sections) + 1}" if chapter.number else ""
        sections.append(ChapterSection(number, heading.get("id", ""), text))
        if number:
            mark = etree.Element("span", {"class": "section-number"})
            mark.text, mark.tail, heading.text = number, " " + (heading.text or ""), None
            heading.insert(0, mark)
    return tuple(sections)


def _keep_sections(article: HtmlElement, headings: list[str], kept: Collection[str]) -> None:
    """Removes the other sections, and what precedes the first. `headings` are the elements of
    sections, subsections … A subsection keeps the heading of its section, so that no level is
    skipped."""
    section, level = None, 0  # the section's heading; the level of what is being kept, or 0
    remaining = set()
    for element in article:
        if element.tag in headings:
            own = headings.index(element.tag)
            if own == 0:
                section = element
            if element.get("id") in kept and (not level or own + 1 <= level):
                level = own + 1
                remaining.add(section)
            elif level and own + 1 <= level:
                level = 0
        if level or element.tag == "header":
            remaining.add(element)
    for element in list(article):
        if element not in remaining:
            element.drop_tree()


def _footnotes(article: HtmlElement) -> None:
    """Moves Markdown's notes to where they are called; CSS prints them at the foot of the sheet."""
    notes = {item.get("id"): item for item in article.xpath(".//div[@class='footnote']//li")}
    for reference in article.xpath(".//sup[a/@class='footnote-ref']"):
        note = notes.pop(reference.find("a").get("href").removeprefix("#"), None)
        if note is None:
            continue  # a second call: its number stays a link to the first note
        for back in note.xpath(".//a[@class='footnote-backref']"):
            back.drop_tree()
        span = etree.Element("span", {"class": "footnote"})
        for paragraph in note:
            if span.text or len(span):
                etree.SubElement(span, "br")
            span.append(paragraph)
            paragraph.tag = "span"
        span.tail = reference.tail
        reference.getparent().replace(reference, span)
    for block in article.xpath(".//div[@class='footnote']"):
        block.drop_tree()
