"""Readers of single elements: each reads one element and adds to the page's facts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from turbohtml import Document, Element

from metropolis.inspection.accessible_names import (
    Find,
    drawing_name,
    has_name,
    is_decorative,
    is_hidden,
    label,
    spoken_text,
)
from metropolis.inspection.facts import (
    AlternateFact,
    PageFacts,
    ReferenceFact,
    Refusal,
    position_of,
)

# For these relations, a browser fetches the address.
_LOADING_RELS = {"stylesheet", "manifest", "preload", "icon", "apple-touch-icon"}
_NO_ZOOM = re.compile(
    r"user-scalable\s*=\s*(?:no|0)|maximum-scale\s*=\s*[01](?:\.\d*)?\s*(?:[,;]|$)", re.IGNORECASE
)
# Markup that was escaped twice or not removed: "<em>", "&eacute;", "&#233;".
_MARKUP = re.compile(r"[<>]|&(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);")
# Elements that the keyboard reaches, inside elements that screen readers skip.
_REACHED = ':is(a[href], button, input, select, summary, [tabindex]):not([tabindex="-1"])'
_UNHEARD = f'{_REACHED}[aria-hidden="true"], [aria-hidden="true"] {_REACHED}'


@dataclass
class Found:
    """The facts of a page so far; `find` returns the element with an id, `level` is a heading's."""

    facts: PageFacts
    find: Find
    title: str = ""
    description: str = ""
    level: int = 1
    has_main_heading: bool = False

    def refuse(self, element: Element, what: str, how: str) -> None:
        self.facts.refusals.append(Refusal(*position_of(element), what, how))


def _line(element: Element) -> int:
    return element.source_line or 0


def read_ids(named: Iterable[Element], found: Found) -> None:
    """The ids of elements, each of which may be used once."""
    ids = found.facts.ids
    for element in named:
        id, line = element.attr("id") or "", _line(element)
        if id in ids:
            what = f"The id “{id}” is already used in line {ids[id]}."
            found.facts.refusals.append(Refusal(line, 1, what, "Give each anchor its own name."))
        ids.setdefault(id, line)


def read_title(element: Element, found: Found) -> None:
    """The page's title. Outside the head, browsers differ in how they parse what follows."""
    if not (isinstance(element.parent, Element) and element.parent.tag == "head"):
        found.refuse(element, "A <title> is outside the head of the page.", "Remove it.")
    elif not found.title:
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
        words = content.lower()
        found.facts.has_noindex = "noindex" in words or "none" in words.split()


def read_head_link(element: Element, found: Found) -> None:
    """A `<link>`: a canonical address, an alternate, a resource to load, or only a mention."""
    address, line = element.attr("href"), _line(element)
    words = (element.attr("rel") or "").lower().split()
    rels, hreflang = set(words), element.attr("hreflang")
    if "canonical" in rels:
        found.facts.canonicals.append(ReferenceFact(address or "", line, "link rel=canonical"))
    elif rels == {"alternate"} and hreflang is not None:
        found.facts.alternates.append(AlternateFact(hreflang, address or "", line))
    elif address is not None:
        target = found.facts.loads if rels & _LOADING_RELS else found.facts.mentions
        target.append(ReferenceFact(address, line, f"link rel={' '.join(words)}"))


def find_lacks(found: Found) -> Iterator[Refusal]:
    """What a page that has been read lacks: a main heading, a title, a description."""
    if not found.has_main_heading:
        yield Refusal(0, 0, "The page has no main heading (h1).", "Begin its source with “# …”.")
    for name, text in (("title", found.title), ("description", found.description)):
        if not text:
            how = "Write one in the header of its source."
            yield Refusal(0, 0, f"The page has no {name}.", how)
        elif markup := _MARKUP.search(text):
            what = f"The {name} contains markup (“{markup[0]}”): “{text}”."
            yield Refusal(0, 0, what, "Write plain text.")


def read_link(element: Element, found: Found) -> None:
    """A link: it must have a name. `<a>` without an address is not one."""
    if (address := element.attr("href")) is not None:
        found.facts.links.append(ReferenceFact(address, _line(element), "a href"))
        if not has_name(element, found.find) and not is_hidden(element):
            what = f"The link to “{address}” has no text."
            found.refuse(element, what, "Write words that say where it leads.")


def read_heading(element: Element, found: Found) -> None:
    """A heading: one main heading, then one level at a time. Dialogs have a separate outline."""
    level, text = int(element.tag[1]), spoken_text(element)
    if not text:
        found.refuse(element, f"A heading (h{level}) is empty.", "Write its words, or remove it.")
    if element.closest("dialog") is not None:
        return
    if level == 1 and found.has_main_heading:
        what = f"“{text}” is a second main heading (h1)."
        found.refuse(element, what, "Keep one; write “## …” for a section.")
    if level > found.level + 1:
        what = f"“{text}” is a heading of level {level} right below level {found.level}."
        found.refuse(element, what, f"Use level {found.level + 1} here.")
    found.level, found.has_main_heading = level, found.has_main_heading or level == 1


def read_image(element: Element, found: Found) -> None:
    """An `<img>`: with an empty alt, it must be marked as decorative."""
    _read_source(element, "src", found)
    alt = element.attr("alt")
    is_silent = is_decorative(element) or element.attr("aria-hidden") == "true"
    is_silent = is_silent or (not alt and is_hidden(element))
    text = (alt or "").strip()
    if alt is None:
        what = "A picture has no text for people who cannot see it."
        found.refuse(element, what, "Give it an alt text.")
    elif text and is_silent:
        what = f"A picture has a text (“{text}”), but is marked as decorative."
        found.refuse(element, what, "Remove one of them.")
    elif not text and not is_silent:
        what = "A picture has an empty text, but is not marked as decorative."
        found.refuse(element, what, 'Describe it in alt, or add role="presentation".')


def read_drawing(element: Element, found: Found) -> None:
    """An `<svg>`: if it serves as a picture, it must have a name."""
    is_picture = element.attr("role") == "img" and not is_hidden(element)
    if is_picture and not drawing_name(element, found.find):
        what = "A drawing has no text for people who cannot see it."
        found.refuse(element, what, "Give it an aria-label or a <title>.")


def read_use(element: Element, found: Found) -> None:
    _read_source(element, "href", found)


def read_script(element: Element, found: Found) -> None:
    """A script must be a file. A script inside the page may only be data, with a type."""
    if element.attr("src") is None and element.attr("type") is None:
        found.refuse(element, "The page contains a script.", "Make it a file in theme/scripts.")
    _read_source(element, "src", found)


def _read_source(element: Element, name: str, found: Found) -> None:
    address = element.attr(name)
    if address is not None:
        found.facts.loads.append(ReferenceFact(address, _line(element), f"{element.tag} {name}"))


def read_button(element: Element, found: Found) -> None:
    """A button, or a summary of details: it must have a name."""
    if not has_name(element, found.find) and not is_hidden(element):
        how = "Write what it does, or give it an aria-label."
        found.refuse(element, f"A <{element.tag}> has no text.", how)


def read_field(element: Element, found: Found) -> None:
    """A form field: it must have a label, or be inside one."""
    around = element.closest("label")
    name = label(element, found.find) or (spoken_text(around) if around else "")
    if not name and not is_hidden(element):
        article = "An" if element.tag == "input" else "A"
        what = f"{article} <{element.tag}> has no label."
        found.refuse(element, what, "Put a <label> with words around it.")


def find_unheard(document: Document) -> Iterator[Refusal]:
    """Links and controls that the keyboard reaches but screen readers do not announce."""
    for element in document.select(_UNHEARD):
        what = f"The keyboard reaches this <{element.tag}>, but screen readers skip it"
        what = f"{what} (aria-hidden)."
        yield Refusal(*position_of(element), what, 'Show it to them, or add tabindex="-1".')
