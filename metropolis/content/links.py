"""Whether the links of a page lead somewhere: pages, anchors, images, footnotes, addresses outside.
A link stays in its own language and names the other page's file, for the author's editor too."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from metropolis.content.footnotes import check_footnotes
from metropolis.content.image_words import says_nothing
from metropolis.content.images import IMAGE_SUFFIXES
from metropolis.content.inlines import Link
from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.problem import Problem, Severity

# Words that say nothing to whoever hears the links of a page read out one after the other.
_EMPTY_WORDS = {
    "fr": "cliquez ici|ici|lire la suite|en savoir plus|plus|lien|ce lien|cette page",
    "en": "click here|here|read more|learn more|more|link|this link|this page",
    "es": "haga clic aquí|haz clic aquí|clic aquí|aquí|leer más|saber más|ver más|más"
    "|más información|enlace|este enlace|esta página",
}

# An address whose beginning is missing or misspelt: "www.example.org", "https:/example.org/a".
_HOST = re.compile(r"(?:https?:?/{0,2})?((?:[\w-]+\.)+(?:org|com|net|int|info|[a-z]{2})(?:/.*)?)")
# Looking for what was meant takes a moment each time: only so many problems of a page get it.
_MOST_SUGGESTED = 30


@dataclass(frozen=True)
class Site:
    """What links may lead to, by locale: pages with their anchors (None: any is taken to exist),
    and images by their paths. `address` is where the site will be published."""

    pages: Mapping[str, Mapping[str, frozenset[str] | None]]
    images: Mapping[str, frozenset[str]]
    address: str


def link_targets(
    pages: Iterable[Page],
    names: Mapping[str, Collection[str]],
    generated_pages: Collection[str],
    generated_anchors: Mapping[str, Collection[str]],
    images: Mapping[str, frozenset[str]],
    address: str,
) -> Site:
    """The `Site` of the `pages` that could be read, among the `names` of those in each locale."""
    extra = {name: frozenset(anchors) for name, anchors in generated_anchors.items()}
    known: dict[str, dict[str, frozenset[str] | None]] = {
        locale: {name: extra.get(name) for name in [*own, *generated_pages]}
        for locale, own in names.items()
    }
    pinned: dict[str, frozenset[str]] = {}
    for page in (pages := list(pages)):
        own = frozenset(anchor.name for anchor in page.anchors)
        pinned[page.name] = own | pinned.get(page.name, extra.get(page.name, frozenset()))
    for page in pages:  # an anchor that one language lacks is one problem: the page's
        known[page.locale][page.name] = pinned[page.name]
    return Site(known, images, address.rstrip("/"))


def check_links(page: Page, site: Site) -> list[Problem]:
    problems = list(check_footnotes(page))
    for link in page.links:
        problems += _check_words(page, link)
        problems += _check_address(page, link, site, len(problems) < _MOST_SUGGESTED)
    return problems


def lost_addresses(page: Page, problems: Iterable[Problem]) -> tuple[str, ...]:
    """The addresses of a page that lead nowhere, by the problems of its links."""
    places = {(one.line, one.column) for one in problems if one.severity == "error"}
    links = page.links if places else ()
    return tuple(one.address for one in links if page.text.place(one.address_start) in places)


def _check_words(page: Page, link: Link) -> Iterator[Problem]:
    words = link.words.strip(" *_")
    empty = _EMPTY_WORDS.get(page.locale, "").split("|")
    is_empty = words.lower().rstrip(".…") in empty or words.startswith(("http:", "https:"))
    if not words:
        what = "The image has no description." if link.is_image else "The link has no words."
        how = "Say between the brackets what it shows."
        how = how if link.is_image else "Write them between the brackets."
        yield page.problem(link.start, what, how=how)
    elif link.is_image and (is_empty or says_nothing(words)):
        what = f"The image's description “{excerpt(words)}” does not say what the image shows."
        how = "Say it in a few words, for readers who do not see it."
        yield page.problem(link.start, what, how=how, severity="advice")
    elif is_empty:
        what = f"“{excerpt(words)}” does not say where the link leads."
        how = "Use words that make sense alone."
        yield page.problem(link.start, what, how=how, severity="advice")


def _check_address(page: Page, link: Link, site: Site, may_suggest: bool) -> Iterator[Problem]:
    address, shown = link.address, f"“{excerpt(link.address)}”"
    what = expected = how = ""
    severity: Severity = "error"
    if address.startswith("mailto:") and not link.is_image:
        if "@" not in address:
            how = "Write [words](mailto:name@example.org)."
            yield page.problem(link.address_start, f"{shown} has no address.", how=how)
        return
    if site.address and (address + "/").startswith(site.address + "/"):
        what = f"{shown} is a page of this site by its public address."
        how = "Write the path to its file, like ../vision.md."
    elif link.is_image:
        what, expected, how = _check_image(page, link, site, may_suggest)
    elif address.startswith("http://"):
        what, severity = f"{shown} is not protected on its way.", "advice"
        how = "Write https:// if the other site answers there."
    elif address.startswith("/"):
        what = f"{shown} begins at the root, where each language has another."
        how = "Write the path from this file, like ../vision.md."
    elif not address.startswith("https://"):
        what, expected, how = _check_target(page, link, site, may_suggest)
    if what:
        yield page.problem(link.address_start, what, expected, how, severity)


def _check_image(page: Page, link: Link, site: Site, may_suggest: bool) -> tuple[str, str, str]:
    """What is wrong with the address of an image, what was expected, and how to fix it."""
    path = page.path_of(link.address)
    if ":" in link.address:
        what = f"“{excerpt(link.address)}” is an image of another site."
        return what, "Readers get no file from other sites.", "Put it in the folder images/."
    if not link.address.endswith(IMAGE_SUFFIXES):
        what = f"“{excerpt(link.address)}” is not an image of this site."
        return what, f"An image ends in {', '.join(IMAGE_SUFFIXES)}.", ""
    images = site.images.get(page.locale, frozenset())
    if path not in images:
        what = f"There is no image {page.locale}/{path}."
        near = get_close_matches(path.lower(), images, 1, 0.8) if may_suggest else []
        how = f"Did you mean {_path_from(page, near[0])}?" if near else ""
        return what, "Each language has its own images folder.", how
    return "", "", ""


def _check_target(page: Page, link: Link, site: Site, may_suggest: bool) -> tuple[str, str, str]:
    """What is wrong with the address of a page, what was expected, and how to fix it."""
    path, _, anchor = link.address.partition("#")
    if path and not path.endswith(".md"):
        what = f"“{excerpt(link.address)}” is not the file of a page."
        name = page.path_of(posixpath.splitext(path.rstrip("/"))[0])
        both, known = (name, f"{name}/index"), site.pages.get(page.locale, {})
        found = [f"Did you mean {_path_from(page, one)}.md?" for one in both if one in known]
        how = "".join(found[:1])
        if "@" in path:
            how = f"Write mailto:{excerpt(path)} for an address of e-mail."
        elif host := _HOST.fullmatch(path):
            how = f"Write https://{excerpt(host[1])} for another site."
        return what, "A link to a page ends in .md, or .md#anchor.", how
    target = page.path_of(path[:-3]) if path else page.name
    if target.startswith("../"):
        what = f"“{excerpt(link.address)}” leaves the pages of this language."
        return what, "Readers change language by the switcher alone.", ""
    pages = site.pages.get(page.locale, {})
    if target not in pages:
        how = _suggest_page(page, target, pages) if may_suggest else ""
        return f"There is no page {page.locale}/{target}.md.", "", how
    anchors = pages[target]
    if link.address.endswith("#"):
        what = f"“{excerpt(link.address)}” names no anchor behind the #."
        return what, "", "Write the anchor, or delete the #."
    if "#" in link.address and anchors is not None and anchor not in anchors:
        what = f"The page {page.locale}/{target}.md has no anchor “#{anchor}”."
        near = get_close_matches(anchor, anchors, 1, 0.8) if may_suggest else []
        return what, "", f"Did you mean #{near[0]}?" if near else ""
    return "", "", ""


def _suggest_page(page: Page, target: str, pages: Iterable[str]) -> str:
    """The page of the same file name in another folder, or the one whose path looks most alike."""
    stem = posixpath.basename(target)
    same = [name for name in pages if posixpath.basename(name) == stem != "index"]
    for near in same[:1] or get_close_matches(target, pages, 1, 0.8):
        return f"Did you mean {_path_from(page, near)}.md?"
    return ""


def _path_from(page: Page, place: str) -> str:
    return posixpath.relpath(place, posixpath.dirname(page.name) or ".")
