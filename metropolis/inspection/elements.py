"""Readers of single elements: each takes an element and adds what it says to the page's facts."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field

from lxml import etree

from metropolis.inspection.facts import Alternate, Detail, Heading, Link, Picture, Reference, Script
from metropolis.inspection.names import drawing_name, is_hidden, spoken_name, spoken_text
from metropolis.inspection.styles import addresses_in_srcset, addresses_in_style

# Relations for which a browser fetches the address, or opens a connection to its host.
_LOADING_RELS = {
    *("stylesheet", "manifest", "preload", "modulepreload", "prefetch", "prerender"),
    *("preconnect", "dns-prefetch"),
    *("icon", "apple-touch-icon", "apple-touch-icon-precomposed", "apple-touch-startup-image", "mask-icon"),
}
_LOADING_ATTRIBUTES = {
    "src": {"script", "img", "source", "iframe", "frame", "video", "audio", "track", "embed", "input"},
    "href": {"use", "image", "feimage"},
    "xlink:href": {"use", "image", "feimage"},
    "poster": {"video"},
    "data": {"object"},
    "background": {"body", "table", "td", "th"},
    "ping": {"a", "area"},
    "action": {"form"},
    "formaction": {"button", "input"},
}
_STYLED = {
    *("style", "fill", "stroke", "clip-path", "mask", "filter", "cursor"),
    *("marker-start", "marker-mid", "marker-end"),
}
# What most attributes are: they load nothing and run nothing, whatever they say.
HARMLESS = frozenset(
    ("class", "cx", "cy", "r", "d", "role", "aria-label", "aria-hidden", "lang", "hreflang", "title", "alt")
)
# Elements with no place in a page.
INTRUDERS = ("iframe", "frame", "frameset", "object", "embed", "applet", "portal", "base")


@dataclass
class Found:
    """What has been read of a page so far."""

    lang: str = ""
    text_lang: str | None = None
    title: str | None = None
    description: str = ""
    has_noindex: bool = False
    canonicals: list[Reference] = field(default_factory=list)
    alternates: list[Alternate] = field(default_factory=list)
    headings: list[Heading] = field(default_factory=list)
    ids: list[Detail] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    mentions: list[Reference] = field(default_factory=list)
    loads: list[Reference] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    scripts: list[Script] = field(default_factory=list)
    forms: list[Detail] = field(default_factory=list)
    events: list[Detail] = field(default_factory=list)
    intruders: list[Detail] = field(default_factory=list)


def read_attributes(element: etree._Element, found: Found) -> None:
    """What any element may carry: an id, an event, something to load."""
    tag = str(element.tag)
    for name, value in element.items():
        if name == "id":
            found.ids.append(Detail(str(value), _line(element)))
        elif name.startswith("on"):
            found.events.append(Detail(f"<{tag} {name}>", _line(element)))
        elif tag in _LOADING_ATTRIBUTES.get(str(name), ()):
            owner = f"{tag} {name.removeprefix('xlink:')}"
            found.loads.append(Reference(str(value), _line(element), owner))
        elif name in ("srcset", "imagesrcset"):
            addresses = addresses_in_srcset(str(value))
            found.loads += [Reference(address, _line(element), f"{tag} {name}") for address in addresses]
        elif name in _STYLED:
            addresses = [address for address, _ in addresses_in_style(str(value))]
            found.loads += [Reference(address, _line(element), f"{tag} {name}") for address in addresses]


def _line(element: etree._Element) -> int:
    return int(element.sourceline or 0)


def read_intruder(element: etree._Element, found: Found) -> None:
    """An element that loads or runs what is not ours, or sends every address elsewhere."""
    found.intruders.append(Detail(str(element.tag), _line(element)))


def read_root(element: etree._Element, found: Found) -> None:
    """The page's own language."""
    found.lang = str(element.get("lang") or "")


def read_article(element: etree._Element, found: Found) -> None:
    """The text's language, if the first article says it."""
    if found.text_lang is None:
        found.text_lang = str(element.get("lang") or "")


def read_title(element: etree._Element, found: Found) -> None:
    """The page's title; a drawing has its own, which is not it."""
    parent = element.getparent()
    if found.title is None and parent is not None and parent.tag == "head":
        found.title = " ".join("".join(str(part) for part in element.itertext()).split())


def read_meta(element: etree._Element, found: Found) -> None:
    """The description, whether search engines are sent away, and readers sent elsewhere."""
    name, content = str(element.get("name") or "").lower(), str(element.get("content") or "")
    if name == "description":
        found.description = " ".join(content.split())
    elif name == "robots":
        found.has_noindex = "noindex" in content.lower() or "none" in content.lower().split()
    elif str(element.get("http-equiv") or "").lower() == "refresh":
        found.intruders.append(Detail("meta http-equiv=refresh", _line(element)))


def read_head_link(element: etree._Element, found: Found) -> None:
    """A `<link>`: canonical address, alternate, something to load, or only a mention."""
    address, line = str(element.get("href") or ""), _line(element)
    words = str(element.get("rel") or "").lower().split()
    rels, hreflang = set(words), element.get("hreflang")
    if "canonical" in rels:
        found.canonicals.append(Reference(address, line, "link rel=canonical"))
    elif rels == {"alternate"} and hreflang is not None:
        found.alternates.append(Alternate(str(hreflang), address, line))
    elif "href" in element.attrib:
        target = found.loads if rels & _LOADING_RELS else found.mentions
        target.append(Reference(address, line, f"link rel={' '.join(words)}"))


def read_link(element: etree._Element, found: Found) -> None:
    """A link; `<a>` without an address is not one."""
    address = element.get("href")
    if address is None:
        address = element.get("xlink:href")
    if address is not None:
        name, line = spoken_name(element), _line(element)
        found.links.append(Link(str(address), line, name, not name and is_hidden(element)))


def read_heading(element: etree._Element, found: Found) -> None:
    """A heading, apart if it stands in a dialog or in a template."""
    is_apart = next(element.iterancestors("dialog", "template"), None) is not None
    text = spoken_text(element)
    found.headings.append(Heading(int(str(element.tag)[1]), text, _line(element), is_apart))


def read_image(element: etree._Element, found: Found) -> None:
    """An `<img>`: one with an empty alt has to say that it is only decorative."""
    alt = element.get("alt")
    is_decorative = element.get("role") in ("presentation", "none") or (not alt and is_hidden(element))
    text = None if alt is None else str(alt).strip()
    found.pictures.append(Picture("img", text, _line(element), is_decorative))


def read_drawing(element: etree._Element, found: Found) -> None:
    """An `<svg>` that stands for a picture."""
    if element.get("role") == "img":
        name, line = drawing_name(element), _line(element)
        found.pictures.append(Picture("svg", name, line, not name and is_hidden(element)))


def read_script(element: etree._Element, found: Found) -> None:
    """A script written in the page; those that are files are loads."""
    if element.get("src") is None:
        text = "".join(str(part) for part in element.itertext())
        digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
        type = str(element.get("type") or "").strip().lower()
        found.scripts.append(Script(type, f"sha256-{digest}", _line(element)))


def read_style(element: etree._Element, found: Found) -> None:
    """A `<style>`: what it loads."""
    first = _line(element)
    for address, line in addresses_in_style("".join(str(part) for part in element.itertext())):
        found.loads.append(Reference(address, first + line - 1, "style"))


def read_form(element: etree._Element, found: Found) -> None:
    """A form, known by its role."""
    found.forms.append(Detail(str(element.get("role") or ""), _line(element)))
