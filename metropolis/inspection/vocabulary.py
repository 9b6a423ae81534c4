"""The elements and attributes that our pages are made of: a closed list, beside which nothing may stand in a page.

A list of what is dangerous is never whole: browsers learn new elements. This one holds what the theme, the macros and
Markdown write; whoever gives the theme a new element writes it here too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import icu
from turbohtml import Element

from metropolis.inspection.facts import Refusal

# What any element may carry.
_ANYWHERE = "aria-current aria-hidden aria-label aria-labelledby class data-line id lang role tabindex translate"

# An element, and what else it may carry. Those of a drawing are written "svg path".
_HTML = {
    "a": "aria-haspopup data-definition data-open href hreflang rel title type",
    "abbr": "title",
    "address": "",
    "article": "data-kind data-pagefind-body data-pagefind-filter data-pagefind-meta data-title",
    "aside": "",
    "blockquote": "",
    "body": "",
    "br": "",
    "button": "aria-haspopup aria-pressed data-close data-open data-print data-reset data-scheme-toggle type",
    "caption": "",
    "cite": "",
    "code": "",
    "dd": "",
    "details": "",
    "dialog": "data-bundle data-failed data-many data-none data-one",
    "div": "data-component data-count data-filters data-names data-pagefind-ignore data-pagefind-index-attrs hidden"
    " popover",
    "dl": "",
    "dt": "",
    "em": "",
    "fieldset": "hidden",
    "figcaption": "",
    "figure": "",
    "footer": "",
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), "data-pagefind-ignore"),
    "head": "",
    "header": "",
    "hr": "",
    "html": "dir",
    "img": "alt src",
    "input": "autocomplete checked enterkeyhint name spellcheck type value",
    "kbd": "",
    "label": "",
    "legend": "",
    "li": "data-kind data-search",
    "link": "as crossorigin href hreflang rel title type",
    "main": "",
    "meta": "charset content media name property",
    "nav": "",
    "ol": "",
    "option": "value",
    "p": "",
    "pre": "",
    "q": "",
    "script": "defer src type",
    "section": "dir",
    "select": "name",
    "small": "",
    "span": "data-edition data-file",
    "strong": "",
    "sub": "",
    "summary": "",
    "sup": "",
    "table": "",
    "tbody": "",
    "td": "data-label style",
    "tfoot": "",
    "th": "scope style",
    "thead": "",
    "time": "datetime",
    "title": "",
    "tr": "data-country data-land data-name data-part data-region data-search",
    "ul": "data-pagefind-ignore",
}
_SVG = {
    "svg": "focusable height preserveAspectRatio viewBox width",
    "a": "href",
    "circle": "cx cy r",
    "g": "",
    "line": "x1 x2 y1 y2",
    "path": "d",
    "rect": "height transform width x y",
    "text": "text-anchor x y",
    "title": "",
    "tspan": "dy x y",
    "use": "height href width",
}
ELEMENTS = {
    name: frozenset((*_ANYWHERE.split(), *carried.split()))
    for name, carried in (*_HTML.items(), *((f"svg {name}", carried) for name, carried in _SVG.items()))
}

_ANY = re.compile(r".*", re.DOTALL)
_LANGUAGES = "|".join(icu.Locale.getISOLanguages())
# What an attribute may say, where a browser would do more than show it: of any element, and of one.
_VALUES = {
    "charset": re.compile(r"utf-8", re.IGNORECASE),
    "dir": re.compile(r"ltr|rtl"),
    "rel": re.compile(r"alternate|apple-touch-icon|canonical|external|icon|manifest|next|preload|prev|stylesheet"),
    "lang": re.compile(
        rf"(?:{'|'.join(icu.Locale.getISOLanguages())})(?:-[A-Z][a-z]{{3}})?(?:-[A-Z]{{2}}|-[0-9]{{3}})?"
    ),
    "role": re.compile(r"group|list|none|note|presentation|status"),
    "style": re.compile(r"text-align: (?:center|left|right);"),
    "tabindex": re.compile(r"-1|0"),
}
_OWN_VALUES = {
    "input": {"type": re.compile(r"radio|search")},
    "meta": {
        "name": re.compile(r"color-scheme|description|generator|robots|theme-color|twitter:card|viewport"),
        "property": re.compile(r"og:[a-z_]+(?::[a-z_]+)*"),
    },
    # What these say is judged by language.py, in its own words.
    "html": {"lang": _ANY},
    "article": {"lang": _ANY},
    "svg svg": {"role": re.compile(r"group|img")},
    "script": {"type": re.compile(r"application/ld\+json")},
}
VALUES = {
    name: {one: rule for one, rule in {**_VALUES, **_OWN_VALUES.get(name, {})}.items() if one in carried}
    for name, carried in ELEMENTS.items()
}
# Of each element, the attributes that may say anything: nearly all pages hold nothing else.
PLAIN = {name: carried - VALUES[name].keys() for name, carried in ELEMENTS.items()}
_REMOVE = "Remove it. What may is named in metropolis/inspection/vocabulary.py."


def is_known(name: str, element: Element) -> bool:
    """An element, which is called `name` in the list, may stand in a page as it is: nearly all of them."""
    carried = ELEMENTS.get(name)
    if carried is None or not carried.issuperset(element.attrs):
        return False
    return _may_say(name, tuple(map(element.attr, VALUES[name])))


@lru_cache(maxsize=4096)
def _may_say(name: str, values: tuple[str | None, ...]) -> bool:
    """The values of those attributes of an element that have rules; None for one that it does not carry."""
    rules = zip(VALUES[name].values(), values, strict=True)
    return all(value is None or rule.fullmatch(value) for rule, value in rules)


def find_strange(name: str, element: Element) -> Iterator[Refusal]:
    """What of an element, which is called `name` in the list, may not stand in a page."""
    line, column = element.position or (0, -1)
    tag = name.rpartition(" ")[2]
    carried = ELEMENTS.get(name)
    if carried is None:
        where = "in a drawing" if name.startswith("svg ") else "on a page"
        yield Refusal(line, column + 1, f"<{tag}> may not stand {where}.", _REMOVE)
    for attribute in element.attrs:
        value = element.attr(attribute) or ""
        if attribute.startswith("on"):
            what, how = f"<{tag} {attribute}> would run a program.", "Remove the attribute; listen in theme/scripts."
            yield Refusal(line, column + 1, what, how)
        elif carried is not None and attribute not in carried:
            yield Refusal(line, column + 1, f"“{attribute}” may not stand in a <{tag}> tag.", _REMOVE)
        elif carried is not None and not VALUES[name].get(attribute, _ANY).fullmatch(value):
            yield Refusal(line, column + 1, f"“{value[:60]}” cannot be the {attribute} of a <{tag}> tag.", _REMOVE)
