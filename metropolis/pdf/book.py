"""Builds an edition as one HTML document: cover, imprint, contents, parts, chapters. theme/book/
styles it, and WeasyPrint (render.py) turns it into pages. The ids of chapters and sections are the
same in every language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from posixpath import join

from lxml.html import HtmlElement
from lxml.html.builder import E

from metropolis.addresses import page_path
from metropolis.cache import Cache
from metropolis.data.fields import Label
from metropolis.html_tree import write_html
from metropolis.language.blanks import fill
from metropolis.pdf.gather import BookSource, Gathered, gather_chapter
from metropolis.pdf.outline import Chapter, Outline, OutlinePart
from metropolis.pdf.qr_code import qr_link

SECTION_SIGN = "§"


@dataclass(frozen=True)
class Words:
    """Interface words in the book's language."""

    strings: Mapping[str, Label]
    locale: str

    def __call__(self, key: str, **values: object) -> str:
        """A text of data/strings.yml, its {places} filled."""
        return fill(self.strings[key][self.locale], values, self.locale)


@dataclass(frozen=True)
class Imprint:
    """What the cover and the page on its back say about the edition. `date` is in words, in the
    book's language. `commit` is empty without git history. `address` is the site's home page in the
    book's language. `behind` are the names of all pages whose translation is stale or missing; None
    for the source language."""

    title: str
    subtitle: str
    date: str
    commit: str
    address: str
    behind: frozenset[str] | None


def make_book(
    outline: Outline, site: BookSource, imprint: Imprint, words: Words, cache: Cache
) -> str:
    """The whole document."""
    gathered = {
        chapter.name: _gathered(outline, part, chapter, site, words, cache)
        for part in outline.parts
        for chapter in part.chapters
    }
    _unlink_what_is_left_out(gathered.values())
    # The imprint is on the back of the cover, and not in the last part: each release changes it.
    body = [_cover(imprint, words, cache), _colophon(imprint, gathered.values(), words)]
    body.append(_contents(outline, gathered, words))
    for part in outline.parts:
        chapters = [gathered[chapter.name] for chapter in part.chapters]
        if outline.has_opener(part):
            body.append(_opener(part, chapters, words))
        body += [one.body for one in chapters]
    head = E.head(
        E.meta(charset="utf-8"),
        E.title(f"Metropolis – {imprint.title}"),
        E.meta(name="author", content=f"Metropolis – {words('association')}"),
        E.meta(name="description", content=imprint.subtitle),
    )
    return "<!doctype html>\n" + write_html(E.html(head, E.body(*body), lang=words.locale))


def _gathered(
    outline: Outline,
    part: OutlinePart,
    chapter: Chapter,
    site: BookSource,
    words: Words,
    cache: Cache,
) -> Gathered:
    """A chapter. Its heading is one level below its part's, if that has one."""
    depth = 2 if outline.has_opener(part) else 1
    short = _text(part.title, words) if part.kind == "opening" else ""
    one = gather_chapter(chapter, site, depth, _printed_number(part, chapter, words), short)
    address = join(site.site_url, site.prefix + page_path(chapter.name))
    sign = one.body.find("header/p[@class='chapter-sign']")
    sign.addprevious(_live(address, "qr-page", words, cache))
    is_card = one.body.find("./div[@class='indicator-value wide']") is not None
    one.body.set("class", f"chapter of-{part.kind}{' indicator' if is_card else ''}")
    return one


def _unlink_what_is_left_out(chapters: Iterable[Gathered]) -> None:
    """Turns links to omitted sections into plain text; a notice may have such a link."""
    bodies = [one.body for one in chapters]
    ids = {id for body in bodies for id in body.xpath("./@id | .//@id")}
    for body in bodies:
        for link in body.xpath(".//a[starts-with(@href, '#')]"):
            if link.get("href")[1:] not in ids:
                link.drop_tag()


def _printed_number(part: OutlinePart, chapter: Chapter, words: Words) -> str:
    """The number above the chapter's heading: "§ 3.2", "Annexe A"."""
    if part.kind == "annexes" and chapter.number:
        return words("annex", n=chapter.number)
    return f"{SECTION_SIGN} {chapter.number}" if chapter.number else ""


def _cover(imprint: Imprint, words: Words, cache: Cache) -> HtmlElement:
    return E.section(
        E.p(
            E.span("Metropolis", {"class": "wordmark"}),
            E.span(words("association"), {"class": "association"}),
        ),
        E.h1(imprint.title),
        E.p(imprint.subtitle, {"class": "subtitle"}),
        E.p(words("edition-of", date=imprint.date), {"class": "edition"}),
        _live(imprint.address, "qr-site", words, cache),
        {"class": "cover"},
    )


def _live(address: str, text: str, words: Words, cache: Cache) -> HtmlElement:
    """The QR code of a page on the site."""
    return E.p(qr_link(address, words(text, address=address), cache), {"class": "live"})


def _contents(outline: Outline, gathered: Mapping[str, Gathered], words: Words) -> HtmlElement:
    """The table of contents: parts, chapters, sections as links; CSS adds the page numbers."""
    parts = E.ol()
    for part in outline.parts:
        chapters = [_entry(gathered[chapter.name], part) for chapter in part.chapters]
        if outline.has_opener(part):
            link = _link(part.number, "entry", _text(part.title, words), _id(part))
            parts.append(E.li(link, E.ol(*chapters), {"class": f"part of-{part.kind}"}))
        else:
            parts.extend(chapters)
    nav = E.nav(E.h1(words("contents")), parts, {"class": "contents", "id": "contents"})
    if outline.is_pack and any(chapter.number for chapter in outline.chapters):
        nav.insert(1, E.p(words("pack-numbers"), {"class": "pack-numbers"}))
    return nav


def _entry(one: Gathered, part: OutlinePart) -> HtmlElement:
    number = one.chapter.number
    link = _link(number, "entry", one.title, one.chapter.slug)
    entry = E.li(link, {"class": f"chapter-entry of-{part.kind}"})
    if number and one.sections:
        links = (_link(own.number, "entry", own.title, own.id) for own in one.sections)
        entry.append(E.ol(*map(E.li, links)))
    return entry


def _link(number: str, kind: str, title: str, id: str) -> HtmlElement:
    """A link to a part, a chapter or a section of the book. `kind` is in the number's class."""
    return E.a(E.span(number, {"class": f"{kind}-number"}), " ", title, href=f"#{id}")


def _opener(part: OutlinePart, chapters: list[Gathered], words: Words) -> HtmlElement:
    """A coloured page with the part's number, its title, and its chapters as stations."""
    links = (_link(one.chapter.number, "station", one.title, one.chapter.slug) for one in chapters)
    opener = E.section(
        E.p(words("part", n=part.number), {"class": "part-sign"}) if part.number else "",
        E.h1(_text(part.title, words)),
        E.ol({"class": "stations"}, *map(E.li, links)),
        {"class": f"part-opener part-{part.number or part.kind}", "id": _id(part)},
    )
    # The transit map of the plan moves to the opener of its part.
    for one in chapters:
        for figure in one.body.xpath(".//figure[contains(@class, 'transit-map')]"):
            opener.append(figure)
    return opener


def _colophon(imprint: Imprint, chapters: Iterable[Gathered], words: Words) -> HtmlElement:
    late = [one for one in chapters if one.chapter.name in (imprint.behind or ())]
    if imprint.behind is None:
        state: list[HtmlElement | str] = [words("colophon-source")]
    elif late:
        titles = (f"{one.chapter.number} {one.title}".strip() for one in late)
        state = [words("colophon-stale"), E.ul(*map(E.li, titles))]
    else:
        state = [words("colophon-current")]
    link = E.a(imprint.address, {"class": "external is-bare"}, href=imprint.address)
    rows: list[tuple[str, list[HtmlElement | str]]] = [
        ("colophon-edition", [f"{imprint.title}, ", words("edition-of", date=imprint.date)]),
        ("colophon-commit", [E.code(imprint.commit[:12])] if imprint.commit else []),
        ("colophon-address", [link]),
        ("colophon-translation", state),
        ("colophon-numbers", [words("colophon-numbers-text")]),
        ("colophon-licence", [words("licence")]),
    ]
    shown = (E.div(E.dt(words(key)), E.dd(*content)) for key, content in rows if content)
    names = {"class": "colophon", "id": "colophon"}
    return E.section(E.h1(words("colophon")), E.dl(*shown), names)


def _text(label: Label | None, words: Words) -> str:
    return label[words.locale] if label is not None else ""


def _id(part: OutlinePart) -> str:
    return f"part-{part.number or part.kind}"
