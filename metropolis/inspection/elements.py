"""Readers of single elements: each reads one element and adds to the page's facts."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, fields
from typing import Any

from turbohtml import Element

from metropolis.inspection.accessible_names import (
    Find,
    drawing_name,
    is_decorative,
    is_hidden,
    spoken_name,
    spoken_text,
)
from metropolis.inspection.facts import (
    AlternateFact,
    Detail,
    HeadingFact,
    LinkFact,
    PageFacts,
    PictureFact,
    ReferenceFact,
    Refusal,
)

# For these relations, a browser fetches the address.
_LOADING_RELS = {"stylesheet", "manifest", "preload", "icon", "apple-touch-icon"}
_NO_ZOOM = re.compile(
    r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*[01](?:\.\d*)?\s*(?:[,;]|$)", re.IGNORECASE
)


@dataclass
class Found:
    """The facts of a page read so far; `find` returns the element with an id."""

    find: Find
    lang: str = ""
    text_lang: str | None = None
    title: str | None = None
    description: str = ""
    has_noindex: bool = False
    canonicals: list[ReferenceFact] = field(default_factory=list)
    alternates: list[AlternateFact] = field(default_factory=list)
    headings: list[HeadingFact] = field(default_factory=list)
    ids: list[Detail] = field(default_factory=list)
    links: list[LinkFact] = field(default_factory=list)
    mentions: list[ReferenceFact] = field(default_factory=list)
    loads: list[ReferenceFact] = field(default_factory=list)
    pictures: list[PictureFact] = field(default_factory=list)
    refusals: list[Refusal] = field(default_factory=list)
    remains: list[Detail] = field(default_factory=list)

    def facts(self, path: str, locale: str) -> PageFacts:
        """The facts of the page, once everything in it has been read."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        found = values.items()
        lists: dict[str, Any] = {name: tuple(one) for name, one in found if isinstance(one, list)}
        identity = path, locale, self.lang, self.text_lang or "", self.has_noindex
        return PageFacts(*identity, self.title or "", self.description, **lists)

    def refuse(self, element: Element, what: str, how: str) -> None:
        """Notes that the page must not contain an element as it is."""
        self.refusals.append(Refusal(*position_of(element), what, how))


def _line(element: Element) -> int:
    return element.source_line or 0


def position_of(element: Element) -> tuple[int, int]:
    """Line and column, from 1; 0 for an element that the parser added."""
    line, column = element.position or (0, -1)
    return line, column + 1


def read_root(element: Element, found: Found) -> None:
    """The page's own language."""
    found.lang = element.attr("lang") or ""


def read_article(element: Element, found: Found) -> None:
    """The text's language, if the first article states it."""
    if found.text_lang is None:
        found.text_lang = element.attr("lang") or ""


def read_title(element: Element, found: Found) -> None:
    """The page's title. Outside the head, browsers differ in how they parse what follows."""
    if not (isinstance(element.parent, Element) and element.parent.tag == "head"):
        what = "A <title> is outside the head of the page."
        found.refuse(element, what, "Remove it.")
    elif found.title is None:
        found.title = " ".join(element.text.split())


def read_meta(element: Element, found: Found) -> None:
    """The description, whether readers may zoom, and whether search engines are kept out."""
    name, content = (element.attr("name") or "").lower(), element.attr("content") or ""
    if name == "description":
        found.description = " ".join(content.split())
    elif name == "viewport" and (forbidden := _NO_ZOOM.search(content)):
        what = f"“{forbidden[0].rstrip(',; ')}” prevents readers from enlarging the page."
        found.refuse(element, what, "Remove it.")
    elif name == "robots":
        found.has_noindex = "noindex" in content.lower() or "none" in content.lower().split()


def read_head_link(element: Element, found: Found) -> None:
    """A `<link>`: a canonical address, an alternate, a resource to load, or only a mention."""
    address, line = element.attr("href"), _line(element)
    words = (element.attr("rel") or "").lower().split()
    rels, hreflang = set(words), element.attr("hreflang")
    if "canonical" in rels:
        found.canonicals.append(ReferenceFact(address or "", line, "link rel=canonical"))
    elif rels == {"alternate"} and hreflang is not None:
        found.alternates.append(AlternateFact(hreflang, address or "", line))
    elif address is not None:
        target = found.loads if rels & _LOADING_RELS else found.mentions
        target.append(ReferenceFact(address, line, f"link rel={' '.join(words)}"))


def read_link(element: Element, found: Found) -> None:
    """A link; `<a>` without an address is not one."""
    address = element.attr("href")
    if address is not None:
        name, line = spoken_name(element, found.find), _line(element)
        found.links.append(LinkFact(address, line, name, not name and is_hidden(element)))


def read_heading(element: Element, found: Found) -> None:
    """A heading; those in dialogs are marked as separate."""
    around = (one for one in element.ancestors if isinstance(one, Element))
    is_apart = any(one.tag == "dialog" for one in around)
    level, text = int(element.tag[1]), spoken_text(element)
    found.headings.append(HeadingFact(level, text, _line(element), is_apart))


def read_image(element: Element, found: Found) -> None:
    """An `<img>`: with an empty alt, it must be marked as decorative."""
    _read_source(element, "src", found)
    alt = element.attr("alt")
    is_silent = is_decorative(element) or element.attr("aria-hidden") == "true"
    is_silent = is_silent or (not alt and is_hidden(element))
    text = None if alt is None else alt.strip()
    found.pictures.append(PictureFact("img", text, _line(element), is_silent))


def read_drawing(element: Element, found: Found) -> None:
    """An `<svg>` that serves as a picture."""
    if element.attr("role") == "img":
        name = drawing_name(element, found.find)
        is_silent = not name and is_hidden(element)
        found.pictures.append(PictureFact("svg", name, _line(element), is_silent))


def read_use(element: Element, found: Found) -> None:
    """A reference to a part of another drawing."""
    _read_source(element, "href", found)


def read_script(element: Element, found: Found) -> None:
    """A script must be a file. A script inside the page may only be data, with a type."""
    if element.attr("src") is None and element.attr("type") is None:
        what = "The page contains a script."
        found.refuse(element, what, "Make it a file in theme/scripts.")
    _read_source(element, "src", found)


def _read_source(element: Element, name: str, found: Found) -> None:
    address = element.attr(name)
    if address is not None:
        found.loads.append(ReferenceFact(address, _line(element), f"{element.tag} {name}"))
