"""Builds an edition as one HTML document: cover, imprint, contents, parts, chapters.

theme/book/ styles it, and WeasyPrint (render.py) turns it into pages. The ids of chapters and
sections are the same in every language.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from posixpath import join

from lxml.html import HtmlElement
from lxml.html.builder import E

from metropolis.data.fields import Label
from metropolis.html_tree import write_html
from metropolis.language.blanks import fill
from metropolis.pdf.figures import prepare_figures
from metropolis.pdf.gather import ChapterPlace, Gathered, gather_chapter
from metropolis.pdf.outline import Chapter, Outline, OutlinePart
from metropolis.pdf.qr_code import QrCodes

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
    """What the cover and the page on its back say about the edition.

    `date` is in words, in the book's language. `commit` is empty without git history. `address` is
    the site's home page in the book's language. `behind` are the names of the pages whose
    translation is stale or missing; None for the source language.
    """

    title: str
    subtitle: str
    date: str
    commit: str
    address: str
    behind: frozenset[str] | None


@dataclass(frozen=True)
class BookInput:
    """The input of the book.

    `pages` are the pages of its language by name, `addresses` every page's address, `land` the
    map's path data, `figure_style` is theme/book/figures.css. `prefix` and `media` are as in
    gather.ChapterPlace. `sections` are the anchors of a pack's sections, for each page of which it
    does not have all.
    """

    pages: Mapping[str, bytes]
    addresses: Mapping[str, str]
    site_url: str
    land: str
    figure_style: str
    prefix: str = ""
    media: str = ""
    sections: Mapping[str, Collection[str]] = field(default_factory=dict)


def make_book(
    outline: Outline, site: BookInput, imprint: Imprint, words: Words, codes: QrCodes
) -> str:
    """The whole document."""
    slugs = {site.addresses[chapter.name]: chapter.slug for chapter in outline.chapters}
    gathered: dict[str, Gathered] = {}
    for part in outline.parts:
        for chapter in part.chapters:
            place = ChapterPlace(
                site.addresses[chapter.name], slugs, site.site_url, site.prefix, site.media
            )
            short = _text(part.title, words) if part.kind == "opening" else ""
            number = _printed_number(part, chapter, words)
            one = gather_chapter(
                site.pages[chapter.name], chapter, place, _depth(outline, part), number, short,
                site.sections.get(chapter.name, ()),
            )  # fmt: skip
            prepare_figures(one.body, site.figure_style, site.land)
            address = join(site.site_url, site.addresses[chapter.name])
            sign = one.body.find("header/p[@class='chapter-sign']")
            sign.addprevious(_live(address, "qr-page", words, codes))
            gathered[chapter.name] = one
    _unlink_what_is_left_out(gathered.values())
    # The imprint is on the back of the cover, and not in the last part: each release changes it.
    behind = _behind(outline, gathered, imprint)
    body = [_cover(imprint, words, codes), _colophon(imprint, behind, words)]
    body.append(_contents(outline, gathered, words))
    for part in outline.parts:
        chapters = [gathered[chapter.name] for chapter in part.chapters]
        if part.title is not None and part.kind != "opening" and not outline.is_pack:
            body.append(_opener(part, chapters, words))
        for one in chapters:
            is_card = one.body.find("./div[@class='indicator-value wide']") is not None
            kind = f"of-{part.kind}" + (" indicator" if is_card else "")
            one.body.set("class", f"chapter {kind}")
            body.append(one.body)
    document = E.html(
        E.head(
            E.meta(charset="utf-8"),
            E.title(f"Metropolis – {imprint.title}"),
            *_meta(imprint, words),
        ),
        E.body(*body),
        lang=words.locale,
    )
    return "<!doctype html>\n" + write_html(document)


def _unlink_what_is_left_out(chapters: Iterable[Gathered]) -> None:
    """Turns links to omitted sections into plain text; a notice may have such a link."""
    bodies = [one.body for one in chapters]
    ids = {id for body in bodies for id in body.xpath("./@id | .//@id")}
    for body in bodies:
        for link in body.xpath(".//a[starts-with(@href, '#')]"):
            if link.get("href")[1:] not in ids:
                link.drop_tag()


def _depth(outline: Outline, part: OutlinePart) -> int:
    """The level of a chapter's heading: one below its part's heading, if there is one."""
    return 1 if outline.is_pack or part.kind == "opening" else 2


def _printed_number(part: OutlinePart, chapter: Chapter, words: Words) -> str:
    """The number above the chapter's heading: "§ 3.2", "Annexe A"."""
    if not chapter.number:
        return ""
    return (
        words("annex", n=chapter.number)
        if part.kind == "annexes"
        else f"{SECTION_SIGN} {chapter.number}"
    )


def _meta(imprint: Imprint, words: Words) -> list[HtmlElement]:
    return [
        E.meta(name="author", content=f"Metropolis – {words('association')}"),
        E.meta(name="description", content=imprint.subtitle),
    ]


def _cover(imprint: Imprint, words: Words, codes: QrCodes) -> HtmlElement:
    return E.section(
        E.p(
            E.span("Metropolis", {"class": "wordmark"}),
            E.span(words("association"), {"class": "association"}),
        ),
        E.h1(imprint.title),
        E.p(imprint.subtitle, {"class": "subtitle"}),
        E.p(words("edition-of", date=imprint.date), {"class": "edition"}),
        _live(imprint.address, "qr-site", words, codes),
        {"class": "cover"},
    )


def _live(address: str, text: str, words: Words, codes: QrCodes) -> HtmlElement:
    """The QR code of a page on the site."""
    return E.p(codes.link(address, words(text, address=address)), {"class": "live"})


def _contents(outline: Outline, gathered: Mapping[str, Gathered], words: Words) -> HtmlElement:
    """The table of contents: parts, chapters, sections as links; CSS adds the page numbers."""
    parts = E.ol()
    for part in outline.parts:
        chapters = E.ol(*(_entry(gathered[chapter.name], part) for chapter in part.chapters))
        if part.title is None or outline.is_pack or part.kind == "opening":
            parts.extend(chapters)
            continue
        link = E.a(
            E.span(part.number or "", {"class": "entry-number"}),
            " ",
            _text(part.title, words),
            href=f"#{_id(part)}",
        )
        parts.append(E.li(link, chapters, {"class": f"part of-{part.kind}"}))
    nav = E.nav(E.h1(words("contents")), parts, {"class": "contents", "id": "contents"})
    if outline.is_pack and any(chapter.number for chapter in outline.chapters):
        nav.insert(1, E.p(words("pack-numbers"), {"class": "pack-numbers"}))
    return nav


def _entry(one: Gathered, part: OutlinePart) -> HtmlElement:
    number = one.chapter.number
    entry = E.li(
        E.a(E.span(number, {"class": "entry-number"}), " ", one.title, href=f"#{one.chapter.slug}"),
        {"class": f"chapter-entry of-{part.kind}"},
    )
    if number and one.sections:
        entry.append(
            E.ol(
                *(
                    E.li(
                        E.a(
                            E.span(section.number, {"class": "entry-number"}),
                            " ",
                            section.title,
                            href=f"#{section.id}",
                        )
                    )
                    for section in one.sections
                )
            )
        )
    return entry


def _opener(part: OutlinePart, chapters: Iterable[Gathered], words: Words) -> HtmlElement:
    """A coloured page with the part's number, its title, and its chapters as stations."""
    stations = E.ol({"class": "stations"})
    for one in chapters:
        number = E.span(one.chapter.number, {"class": "station-number"})
        stations.append(E.li(E.a(number, " ", one.title, href=f"#{one.chapter.slug}")))
    opener = E.section(
        E.p(words("part", n=part.number), {"class": "part-sign"}) if part.number else "",
        E.h1(_text(part.title, words)),
        stations,
        {"class": f"part-opener part-{part.number or part.kind}", "id": _id(part)},
    )
    # The transit map of the plan moves to the opener of its part.
    for one in chapters:
        for figure in one.body.xpath(".//figure[contains(@class, 'transit-map')]"):
            opener.append(figure)
    return opener


def _behind(outline: Outline, gathered: Mapping[str, Gathered], imprint: Imprint) -> list[str]:
    """The chapters that are behind their source: "3.2 Resilience"."""
    names = imprint.behind or frozenset()
    chapters = [gathered[chapter.name] for chapter in outline.chapters if chapter.name in names]
    return [f"{one.chapter.number} {one.title}".strip() for one in chapters]


def _colophon(imprint: Imprint, behind: list[str], words: Words) -> HtmlElement:
    if imprint.behind is None:
        state: list[HtmlElement | str] = [words("colophon-source")]
    elif behind:
        state = [words("colophon-stale"), E.ul(*(E.li(title) for title in behind))]
    else:
        state = [words("colophon-current")]
    rows: list[tuple[str, list[HtmlElement | str]]] = [
        (words("colophon-edition"), [f"{imprint.title}, ", words("edition-of", date=imprint.date)]),
        (
            words("colophon-address"),
            [E.a(imprint.address, {"class": "external is-bare"}, href=imprint.address)],
        ),
        (words("colophon-translation"), state),
        (words("colophon-numbers"), [words("colophon-numbers-text")]),
        (words("colophon-licence"), [words("licence")]),
    ]
    if imprint.commit:
        rows.insert(1, (words("colophon-commit"), [E.code(imprint.commit[:12])]))
    return E.section(
        E.h1(words("colophon")),
        E.dl(*(E.div(E.dt(term), E.dd(*content)) for term, content in rows)),
        {"class": "colophon", "id": "colophon"},
    )


def _text(label: Label | None, words: Words) -> str:
    return label[words.locale] if label is not None else ""


def _id(part: OutlinePart) -> str:
    return f"part-{part.number or part.kind}"
