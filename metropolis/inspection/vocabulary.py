"""The closed list of elements and attributes in our pages: what the theme, the macros and Markdown
write. A list of dangers is never complete. Add here what you add to the theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import icu
from turbohtml import Element

from metropolis.inspection.facts import Refusal, position_of

# Attributes that any element may have.
_ANYWHERE = (
    "aria-current aria-hidden aria-label aria-labelledby class data-line id lang role tabindex"
    " translate"
)

# Elements that have no others.
_BARE = (
    "address article aside blockquote body br caption cite code dd details dl dt em "
    "figcaption footer h1 h2 h3 h4 h5 h6 head header hr kbd label legend main nav p pre q "
    "small strong sub summary sup table tbody tfoot thead title ul"
)
# Element -> its other attributes. Elements of drawings are written "svg path".
_HTML = {
    **dict.fromkeys(_BARE.split(), ""),
    "a": ("aria-haspopup data-definition data-open data-unsearched href hreflang rel title type"),
    "abbr": "title",
    "button": (
        "aria-haspopup aria-pressed data-close data-open data-print data-reset data-scheme-toggle"
        " data-widen hidden title type"
    ),
    "dialog": (
        "data-corrected data-count data-failed data-index data-loading data-none data-partial"
        " data-script"
    ),
    "div": (
        "data-component data-count data-filters data-names data-none data-none-for data-unsearched"
        " data-widen hidden popover"
    ),
    "fieldset": "hidden",
    "figure": "data-count data-unsearched",
    "html": "dir",
    "img": "alt src",
    "input": "autocomplete autofocus checked data-name enterkeyhint name spellcheck type value",
    "li": "data-kind data-search",
    "link": "as crossorigin href hreflang rel title type",
    "meta": "charset content media name property",
    "ol": "data-unsearched",
    "option": "data-caption value",
    "script": "defer src type",
    "section": "dir",
    "select": "name",
    "span": "data-edition data-file",
    "td": "data-label style",
    "th": "scope style",
    "time": "datetime",
    "tr": "data-country data-land data-name data-part data-region data-search",
}
_SVG = {
    "svg": "focusable height preserveAspectRatio viewBox width",
    "a": "href",
    "circle": "cx cy r transform",
    "g": "",
    "line": "x1 x2 y1 y2",
    "path": "d",
    "rect": "height transform width x y",
    "text": "text-anchor x y",
    "title": "",
    "tspan": "dy x y",
    "use": "height href width x y",
}
ELEMENTS = {
    name: frozenset((*_ANYWHERE.split(), *carried.split()))
    for name, carried in (
        *_HTML.items(),
        *((f"svg {name}", carried) for name, carried in _SVG.items()),
    )
}

_ANY = re.compile(r".*", re.DOTALL)
_LANGUAGES = "|".join(icu.Locale.getISOLanguages())
# The allowed values of attributes that have an effect: on any element, and on single ones.
_VALUES = {
    "charset": re.compile(r"utf-8", re.IGNORECASE),
    "dir": re.compile(r"ltr|rtl"),
    "rel": re.compile(
        r"alternate|apple-touch-icon|canonical|external|icon|manifest|next|preload|prev|stylesheet"
    ),
    "lang": re.compile(rf"(?:{_LANGUAGES})(?:-[A-Z][a-z]{{3}})?(?:-[A-Z]{{2}}|-[0-9]{{3}})?"),
    "role": re.compile(r"group|list|none|note|presentation|search|status"),
    "style": re.compile(r"text-align: (?:center|left|right);"),
    "tabindex": re.compile(r"-1|0"),
}
_OWN_VALUES = {
    "input": {"type": re.compile(r"radio|search")},
    "meta": {
        "name": re.compile(
            r"color-scheme|description|generator|robots|theme-color|twitter:card|viewport"
        ),
        "property": re.compile(r"og:[a-z_]+(?::[a-z_]+)*"),
    },
    # page_language.py checks these values, with messages of its own.
    "html": {"lang": _ANY},
    "article": {"lang": _ANY},
    "svg svg": {"role": re.compile(r"group|img")},
    "script": {"type": re.compile(r"application/ld\+json")},
}
VALUES = {
    name: {
        one: rule
        for one, rule in {**_VALUES, **_OWN_VALUES.get(name, {})}.items()
        if one in carried
    }
    for name, carried in ELEMENTS.items()
}
# The attributes of each element that may have any value: nearly all pages have no others.
PLAIN = {name: carried - VALUES[name].keys() for name, carried in ELEMENTS.items()}
_REMOVE = "Remove it. metropolis/inspection/vocabulary.py lists what is allowed."


def find_strange(name: str, element: Element) -> Iterator[Refusal]:
    """Everything about an element, called `name` in the list, that a page must not contain."""
    if name not in ELEMENTS:
        where = "in a drawing" if name.startswith("svg ") else "on a page"
        what = f"<{name.rpartition(' ')[2]}> is not allowed {where}."
        yield Refusal(*position_of(element), what, _REMOVE)
    for attribute in element.attrs:
        what, how = _fault_of_attribute(name, attribute, element.attr(attribute) or "")
        if what:
            yield Refusal(*position_of(element), what, how)


@lru_cache(maxsize=4_000)  # Pages repeat the same few.
def _fault_of_attribute(name: str, attribute: str, value: str) -> tuple[str, str]:
    """(what is wrong, how to fix it); ("", "") if nothing is."""
    tag, carried = name.rpartition(" ")[2], ELEMENTS.get(name)
    if attribute.startswith("on"):
        how = "Remove the attribute; listen in theme/scripts."
        return f"<{tag} {attribute}> would run code.", how
    if carried is not None and attribute not in carried:
        return f"“{attribute}” is not allowed in a <{tag}> tag.", _REMOVE
    if carried is not None and not VALUES[name].get(attribute, _ANY).fullmatch(value):
        return f"“{value[:60]}” cannot be the {attribute} of a <{tag}> tag.", _REMOVE
    return "", ""
