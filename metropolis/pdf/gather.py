"""A page of the site as a chapter of the book: same text, ids of its own, links that work on paper.

What only works on a screen is left out by a closed list (WEB_ONLY); everything else that the page says, the book says
(tests/pdf/test_faithful.py compares them).
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from lxml import etree, html
from lxml.html import HtmlElement

from metropolis.pdf.outline import Chapter

# Controls, and lists that only lead to neighbours which stand beside this page in the book.
WEB_ONLY = ("//form", "//button", "//script", "//*[contains(@class, 'web-only')]")
# Links that stand in drawings, lists of stations or the glossary's own words need no page number after them.
_NO_REFERENCE = {"term", "footnote-ref", "footnote-backref"}


@dataclass(frozen=True)
class Section:
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
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Place:
    """Where the page stands on the site, and which pages the book carries.

    `here` is the page's address from the site's root ("en/vision/"); `slugs` the ids of the chapters by address;
    `site_url` the public address of the site; `prefix` the language's folder in addresses ("en/"), `media` where the
    images beside its pages stand, from theme/book/.
    """

    here: str
    slugs: dict[str, str]
    site_url: str
    prefix: str = ""
    media: str = ""


def gather(page: bytes, chapter: Chapter, place: Place, depth: int, number: str, short: str = "") -> Gathered:
    """The page's article as a chapter whose title is a heading of level `depth`.

    `number` as printed over it: "§ 3.2", "Annexe A"; `short` the chapter's title
    where it is not the page's.
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
    sections = _headings(article, chapter, depth)
    heading = article.find(f".//h{depth}")
    heading.set("data-running", f"{chapter.number} {title}".strip())
    _sign(article, number, title)
    return Gathered(chapter, title, article, sections)


def _drop_downloads(article: HtmlElement) -> None:
    """The section that offers the book itself: heading, words and list."""
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
    """The line over the heading: "§ 3.2  Resilience"."""
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


def _links(article: HtmlElement, place: Place) -> None:
    """Inside the book to an id with its page; to the site's other pages and elsewhere by full address."""
    for link in article.xpath(".//a[@href]"):
        href = link.get("href")
        split = urlsplit(href)
        if split.scheme or split.netloc:
            is_bare = split.netloc in (link.text or "")
            link.set("class", f"{link.get('class', '')} external{' is-bare' if is_bare else ''}".strip())
            continue
        path = urljoin("/" + place.here, split.path).lstrip("/") if split.path else place.here
        slug = place.slugs.get(path)
        if slug is None:
            link.set("href", posixpath.join(place.site_url, path) + (f"#{split.fragment}" if split.fragment else ""))
        else:
            link.set("href", f"#{slug}--{split.fragment}" if split.fragment else f"#{slug}")
            own = set((link.get("class") or "").split())
            if split.path and not own & _NO_REFERENCE and link.getparent().tag not in {"text", "g", "svg"}:
                link.set("class", " ".join([*sorted(own), "reference"]))


def _images(article: HtmlElement, place: Place) -> None:
    """Images are read from content/, by a path that is the same on every machine."""
    for image in article.xpath(".//img[@src]"):
        path = urljoin("/" + place.here, image.get("src")).lstrip("/")
        image.set("src", place.media + path.removeprefix(place.prefix))


def _headings(article: HtmlElement, chapter: Chapter, depth: int) -> tuple[Section, ...]:
    """Lowers the headings to the chapter's depth and numbers its sections."""
    sections: list[Section] = []
    for heading in article.xpath(".//h1 | .//h2 | .//h3 | .//h4"):
        level = int(heading.tag[1])
        heading.tag = f"h{level + depth - 1}"
        if level != 2:
            continue
        text = " ".join(heading.text_content().split())
        number = f"{chapter.number}.{len(sections) + 1}" if chapter.number else ""
        sections.append(Section(number, heading.get("id", ""), text))
        if number:
            mark = etree.Element("span", {"class": "section-number"})
            mark.text, mark.tail, heading.text = number, " " + (heading.text or ""), None
            heading.insert(0, mark)
    return tuple(sections)


def _footnotes(article: HtmlElement) -> None:
    """Markdown's notes at the foot of a page become notes at the foot of the sheet, where they are called."""
    notes = {item.get("id"): item for item in article.xpath(".//div[@class='footnote']//li")}
    for reference in article.xpath(".//sup[a/@class='footnote-ref']"):
        note = notes.pop(reference.find("a").get("href").removeprefix("#"), None)
        if note is None:
            continue  # called a second time: its number stays as a link to the first
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
