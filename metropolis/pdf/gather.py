"""Turns a page of the site into a chapter: same text, unique ids, drawings with a style, links that
work on paper. A closed list (WEB_ONLY) removes what works only on a screen. The book contains all
else that the page says (tests/pdf/test_faithful.py compares them)."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import takewhile
from urllib.parse import urljoin, urlsplit

from lxml import html
from lxml.html import HtmlElement
from lxml.html.builder import E

from metropolis.addresses import page_path
from metropolis.pdf.outline import Chapter

# Controls, and lists of links to pages that are next to this one in the book anyway.
WEB_ONLY = ("//form", "//button", "//script", "//*[contains(@class, 'web-only')]")
# More columns than these do not fit the width of a sheet, or of a turned sheet, without
# breaking words.
_WIDEST, _WIDEST_TURNED = 7, 12
# Links in drawings, lists of stations or the glossary get no page number after them.
_NO_REFERENCE = {"term", "footnote-ref", "footnote-backref"}


@dataclass(frozen=True)
class BookSource:
    """What a book is gathered from. `pages` are the pages of its language by name, `slugs` the ids
    of its chapters by the addresses of their pages from the site's root ("en/vision/"). `site_url`
    is the public address of the site, `prefix` the language's folder in addresses ("en/"), `media`
    the folder of the images next to the pages, relative to theme/book/. `land` is the map's path
    data, `figure_style` theme/book/figures.css. `sections` are the anchors of a pack's sections,
    for each page of which it does not have all."""

    pages: Mapping[str, bytes]
    slugs: Mapping[str, str]
    site_url: str
    prefix: str = ""
    media: str = ""
    land: str = ""
    figure_style: str = ""
    sections: Mapping[str, Collection[str]] = field(default_factory=dict)


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


def gather_chapter(
    chapter: Chapter, site: BookSource, depth: int, number: str, short: str = ""
) -> Gathered:
    """The page's article as a chapter whose title is a heading of level `depth`. `number` is
    printed above it: "§ 3.2", "Annexe A". `short` is the chapter's title if it differs from the
    page's."""
    here = site.prefix + page_path(chapter.name)
    tree = html.document_fromstring(site.pages[chapter.name].decode("utf-8"))
    article = tree.find(".//article")
    _drop_downloads(article)
    for path in WEB_ONLY:
        for element in article.xpath("." + path):
            element.drop_tree()
    for notice in reversed(tree.xpath("//main/*[contains(concat(' ', @class, ' '), ' notice ')]")):
        article.find("header").append(notice)
    title = short or article.get("data-title") or tree.find(".//h1").text_content().strip()
    line = tree.find(".//body").get("data-line")
    kept = {"class": "chapter", "id": chapter.slug, "lang": article.get("lang"), "data-line": line}
    article.tag = "section"
    article.attrib.clear()
    article.attrib.update({name: value for name, value in kept.items() if value})
    _footnotes(article)
    for element in article.xpath(".//*[@id]"):
        element.set("id", f"{chapter.slug}--{element.get('id')}")
    _links(article, here, site)
    for image in article.xpath(".//img[@src]"):  # read by a path that is the same on every machine
        path = urljoin("/" + here, image.get("src")).lstrip("/")
        image.set("src", site.media + path.removeprefix(site.prefix))
    _turn_wide_tables(article)
    _drawings(article, site)
    sections = _headings(article, chapter, depth)
    if only := site.sections.get(chapter.name):
        wanted = {f"{chapter.slug}--{anchor}" for anchor in only}
        _keep_sections(article, [f"h{level + depth}" for level in range(1, 4)], wanted)
        ids = set(article.xpath(".//@id"))
        sections = tuple(section for section in sections if section.id in ids)
    heading = article.find(f".//h{depth}")
    heading.set("data-running", f"{chapter.number} {title}".strip())
    sign = (E.span(number, {"class": "chapter-number"}), f" {title}") if number else (title,)
    article.find("header").insert(0, E.p({"class": "chapter-sign"}, *sign))
    return Gathered(chapter, title, article, sections)


def _drop_downloads(article: HtmlElement) -> None:
    """Removes the section that offers the book for download: heading, text and list."""
    for downloads in article.xpath("./ul[contains(@class, 'editions')]"):
        heading = next(downloads.itersiblings("h2", preceding=True))
        section = takewhile(lambda one: one.tag != "h2", heading.itersiblings())
        for element in [heading, *section]:
            element.drop_tree()


def _links(article: HtmlElement, here: str, site: BookSource) -> None:
    """Rewrites links: to an id inside the book, otherwise to the full address."""
    for link in article.xpath(".//a[@href]"):
        split = urlsplit(link.get("href"))
        if split.scheme or split.netloc:
            is_bare = split.netloc in (link.text or "")
            link.classes.update(["external", "is-bare"] if is_bare else ["external"])
            continue
        path = urljoin("/" + here, split.path).lstrip("/")
        slug = site.slugs.get(path)
        if slug is None:
            anchor = f"#{split.fragment}" if split.fragment else ""
            link.set("href", posixpath.join(site.site_url, path) + anchor)
            continue
        link.set("href", f"#{slug}--{split.fragment}" if split.fragment else f"#{slug}")
        is_drawn = link.getparent().tag in {"text", "g", "svg"}
        if split.path and not is_drawn and _NO_REFERENCE.isdisjoint(link.classes):
            link.classes.add("reference")


def _turn_wide_tables(article: HtmlElement) -> None:
    """Marks the tables that need a sheet turned on its side, and those that also break words."""
    for table in article.xpath(".//table"):
        rows = table.iter("tr")
        widths = (sum(int(cell.get("colspan", 1)) for cell in row) for row in rows)
        columns = max(widths, default=0)
        if columns > _WIDEST:
            table.classes.update(["turned", "dense"] if columns > _WIDEST_TURNED else ["turned"])


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
            mark = E.span(number, {"class": "section-number"})
            mark.tail, heading.text = f" {heading.text or ''}", None
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
            own = headings.index(element.tag) + 1
            if own == 1:
                section = element
            if not level or own <= level:
                level = own if element.get("id") in kept else 0
                if level:
                    remaining.add(section)
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
        span = E.span({"class": "footnote"})
        for paragraph in note:
            if len(span):
                span.append(E.br())
            span.append(paragraph)
            paragraph.tag = "span"
        span.tail = reference.tail
        reference.getparent().replace(reference, span)
    for block in article.xpath(".//div[@class='footnote']"):
        block.drop_tree()


def _drawings(article: HtmlElement, site: BookSource) -> None:
    """WeasyPrint does not apply the page's style sheet to an inline SVG, reads its alternative text
    only from <title>, and ignores links inside it. Icons are for the web only and are removed."""
    for svg in list(article.iter("svg")):
        if svg.get("aria-hidden") == "true":
            svg.drop_tree()
            continue
        for use in list(svg.iter("use")):
            use.getparent().replace(use, E.path({"class": use.get("class", ""), "d": site.land}))
        for link in svg.iter("a"):
            link.tag = "g"
            link.attrib.pop("href", None)
            link.attrib.pop("aria-label", None)
        svg.insert(0, E.style(site.figure_style))
        svg.insert(0, E.title(svg.attrib.pop("aria-label", "")))
        # Without it, the HTML5 parser puts the element outside the SVG namespace.
        svg.set("xmlns", "http://www.w3.org/2000/svg")
        svg.attrib.pop("role", None)
