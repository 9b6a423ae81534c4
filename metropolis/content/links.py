"""Whether the links of a page lead somewhere: pages, anchors, images, footnotes, addresses outside.

A link stays in its own language and names the other page's file, so that one check serves the
author's editor, the preview and the site. Pages and anchors that are made from data are not written
by hand: the caller names them."""

from __future__ import annotations

import posixpath
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from metropolis.content.image_words import says_nothing
from metropolis.content.images import IMAGE_SUFFIXES
from metropolis.content.inlines import Link
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.problem import Problem

# Words that say nothing to whoever hears the links of a page read out one after the other.
_EMPTY_WORDS = {
    "fr": "cliquez ici|ici|lire la suite|en savoir plus|plus|lien|ce lien|cette page",
    "en": "click here|here|read more|learn more|more|link|this link|this page",
    "es": "haga clic aquí|haz clic aquí|clic aquí|aquí|leer más|saber más|ver más|más"
    "|más información|enlace|este enlace|esta página",
}

# Looking for what was meant takes a moment each time: a page with more problems than these gets no
# more of it.
_MOST_SUGGESTED = 30


@dataclass(frozen=True)
class Site:
    """What links may lead to, for each locale: its pages with their anchors, and its images by
    their paths inside it.

    A page whose anchors are None is one that is not read here: any anchor is taken to exist there.
    `address` is where the site will be published."""

    pages: Mapping[str, Mapping[str, frozenset[str] | None]]
    images: Mapping[str, frozenset[str]]
    address: str


def survey(
    pages: Iterable[Page],
    names: Mapping[str, Collection[str]],
    generated_pages: Collection[str] = (),
    generated_anchors: Mapping[str, Collection[str]] | None = None,
    images: Mapping[str, frozenset[str]] | None = None,
    address: str = "",
) -> Site:
    """The `Site` of the `pages` that could be read, among the `names` of those that stand in each
    locale."""
    extra = generated_anchors or {}
    known: dict[str, dict[str, frozenset[str] | None]] = {
        locale: {
            name: frozenset(extra[name]) if name in extra else None
            for name in [*own, *generated_pages]
        }
        for locale, own in names.items()
    }
    for page in pages:
        pinned = frozenset(anchor.name for anchor in page.anchors)
        known[page.locale][page.name] = pinned | frozenset(extra.get(page.name, ()))
    return Site(known, images or {}, address.rstrip("/"))


def check_links(page: Page, site: Site) -> list[Problem]:
    """A problem for each link, image and footnote that leads nowhere, or whose words say
    nothing."""
    problems = _check_footnotes(page)
    for link in page.links:
        problems += _check_words(page, link)
        if problem := _check_address(page, link, site, len(problems) < _MOST_SUGGESTED):
            problems.append(problem)
    return problems


def _check_words(page: Page, link: Link) -> list[Problem]:
    words = link.words.strip(" *_")
    if link.is_image and words and says_nothing(words):
        what = f"The image's description “{excerpt(words)}” does not say what the image shows."
        how = "Say it in a few words, for readers who do not see it."
        return [page.text.problem(link.start, what, how=how, severity="advice")]
    if not words:
        what = "The image has no description." if link.is_image else "The link has no words."
        how = (
            "Say between the brackets what it shows."
            if link.is_image
            else "Write them between the brackets."
        )
        return [page.text.problem(link.start, what, how=how)]
    empty = _EMPTY_WORDS.get(page.locale, "").split("|")
    if words.lower().rstrip(".…") in empty or words.startswith(("http:", "https:")):
        what = f"“{excerpt(words)}” does not say where the link leads."
        how = "Use words that make sense alone."
        return [page.text.problem(link.start, what, how=how, severity="advice")]
    return []


def _check_address(page: Page, link: Link, site: Site, may_suggest: bool) -> Problem | None:
    scheme = link.address.partition(":")[0]
    if scheme == "mailto" and not link.is_image:
        return None
    if site.address and (link.address + "/").startswith(site.address + "/"):
        what = f"“{excerpt(link.address)}” is a page of this site by its public address."
        return page.text.problem(
            link.address_start, what, how="Write the path to its file, like ../vision.md."
        )
    if link.is_image:
        return _check_image(page, link, site)
    if link.address.startswith("http://"):
        what = f"“{excerpt(link.address)}” is not protected on its way."
        how = "Write https:// if the other site answers there."
        return page.text.problem(link.address_start, what, how=how, severity="advice")
    if link.address.startswith("https://"):
        return None
    if link.address.startswith("/"):
        what = f"“{excerpt(link.address)}” begins at the root, where each language has another."
        return page.text.problem(
            link.address_start, what, how="Write the path from this file, like ../vision.md."
        )
    return _check_target(page, link, site, may_suggest)


def _check_image(page: Page, link: Link, site: Site) -> Problem | None:
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page.name), link.address))
    if not link.address.endswith(IMAGE_SUFFIXES) or ":" in link.address:
        what = f"“{excerpt(link.address)}” is not an image of this site."
        return page.text.problem(
            link.address_start, what, f"An image ends in {', '.join(IMAGE_SUFFIXES)}."
        )
    if path not in site.images.get(page.locale, ()):
        what = f"There is no image {page.locale}/{path}."
        return page.text.problem(
            link.address_start, what, "Each language has its own images folder."
        )
    return None


def _check_target(page: Page, link: Link, site: Site, may_suggest: bool) -> Problem | None:
    path, _, anchor = link.address.partition("#")
    if path and not path.endswith(".md"):
        what = f"“{excerpt(link.address)}” is not the file of a page."
        return page.text.problem(
            link.address_start, what, "A link to a page ends in .md, or .md#anchor."
        )
    target = (
        posixpath.normpath(posixpath.join(posixpath.dirname(page.name), path[:-3]))
        if path
        else page.name
    )
    if target.startswith("../"):
        what = f"“{excerpt(link.address)}” leaves the pages of this language."
        return page.text.problem(
            link.address_start, what, "Readers change language by the switcher alone."
        )
    pages = site.pages.get(page.locale, {})
    if target not in pages:
        what = f"There is no page {page.locale}/{target}.md."
        return page.text.problem(
            link.address_start, what, how=_suggest_page(page, target, pages) if may_suggest else ""
        )
    anchors = pages[target]
    if "#" in link.address and anchors is not None and anchor not in anchors:
        what = f"The page {page.locale}/{target}.md has no anchor “#{anchor}”."
        near = get_close_matches(anchor, anchors, 1, 0.8) if may_suggest else []
        how = f"Did you mean #{near[0]}?" if near else ""
        return page.text.problem(link.address_start, what, how=how)
    return None


def _suggest_page(page: Page, target: str, pages: Iterable[str]) -> str:
    """The page of the same file name in another folder, or the one whose path looks most alike."""
    stem = posixpath.basename(target)
    same = [name for name in pages if posixpath.basename(name) == stem != "index"]
    near = same[:1] or get_close_matches(target, pages, 1, 0.8)
    return (
        f"Did you mean {posixpath.relpath(near[0], posixpath.dirname(page.name) or '.')}.md?"
        if near
        else ""
    )


def _check_footnotes(page: Page) -> list[Problem]:
    footnotes = page.footnotes
    texts = {footnote.name for footnote in footnotes if footnote.is_text}
    marks = {footnote.name for footnote in footnotes if not footnote.is_text}
    problems: list[Problem] = []
    for footnote in footnotes:
        if footnote.name not in (marks if footnote.is_text else texts):
            what = f"The footnote “[^{footnote.name}]” " + (
                "is not called anywhere in the page." if footnote.is_text else "has no text."
            )
            how = (
                ""
                if footnote.is_text
                else f"Write [^{footnote.name}]: and its text at the end of the page."
            )
            problems.append(page.text.problem(footnote.start, what, how=how))
    return problems
