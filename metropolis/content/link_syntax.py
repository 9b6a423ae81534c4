"""The form of links: one, `[words](address)`. Markdown's other ways can hide a link: entities,
backslashes, titles and definitions far below make `javascript:` of what does not read so."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from metropolis.content.inlines import ADDRESS, Inline
from metropolis.content.page import Page
from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

_LONGEST_ADDRESS = 500
_ADDRESS = re.compile(rf"({ADDRESS})\)")
_RUNNING_SCHEME = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)

_FORM = (
    "A link is written [words](page.md#anchor) or [words](https://address), on one line and without"
    " a title."
)
_TARGETS = "to a page of this site, or begins with https:// or mailto:."


def check_link_forms(page: Page) -> list[Problem]:
    strays = [stray for stray in page.scanned.strays if stray.kind == "link"]
    return [*_refuse_other_forms(page), *(_refuse(page.live, stray) for stray in strays)]


def _refuse(live: PageText, stray: Inline) -> Problem:
    has_words = stray.end - stray.start > len("](")
    if not has_words or not (match := _ADDRESS.match(live.text, stray.end)):
        return _refuse_form(live, stray.start, stray.end)
    scheme = match[1].partition(":")[0]
    if _running_scheme(match[1]):
        return _refuse_running(live, stray.end, scheme)
    what = f"A link may not begin with “{scheme}:”."
    return live.problem(stray.end, what, f"It leads {_TARGETS}")


def _refuse_form(live: PageText, start: int, address_start: int) -> Problem:
    paragraph = live.text[address_start : address_start + _LONGEST_ADDRESS].split("\n\n", 1)[0]
    if running := _running_scheme(paragraph):
        return _refuse_running(live, address_start, running)
    length = len(re.split(r"[)\n]", paragraph, maxsplit=1)[0]) + 1
    shown = live.quote(start, address_start + length)
    how = "Inside an address, a space is written %20 and parentheses %28 and %29."
    return live.problem(start, f"“{shown}” is not a link of the form that a page uses.", _FORM, how)


def _running_scheme(address: str) -> str:
    """The scheme that makes a browser run `address`, through entities and spaces, or ""."""
    plain = re.sub(r"[\s\\<\"'\x00-\x20]", "", html.unescape(html.unescape(address)))
    match = _RUNNING_SCHEME.match(plain)
    return match[1].lower() if match else ""


def _refuse_running(live: PageText, start: int, scheme: str) -> Problem:
    what = f"A link that begins with “{scheme}:” can run a program in the reader's browser."
    return live.problem(start, what, f"A link leads {_TARGETS}")


def _refuse_other_forms(page: Page) -> Iterator[Problem]:
    live, strays = page.live, page.scanned.strays
    names: set[str] = set()
    for one in strays:
        if one.kind == "definition":
            shown = live.text[one.start : one.end]
            names.add(shown[1:-2].lower())
            what = f"“{excerpt(shown)}” at the head of a line gives an address to links elsewhere."
            yield live.problem(one.start, what, _FORM)
    for one in strays:
        if one.kind == "reference":
            shown = live.text[one.start : one.end]
            space, _, name = shown[1:-1].partition("[")
            # With a space between, they are words in brackets, unless the second has an address.
            if not space or name.lower() in names:
                what = f"“{excerpt(shown)}” is a link whose address is elsewhere."
                yield live.problem(one.start, what, _FORM)
