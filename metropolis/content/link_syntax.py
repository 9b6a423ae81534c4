"""The form of links: one, `[words](address)`. Markdown's other ways can hide a link: entities,
backslashes, titles and definitions far below make `javascript:` of what does not read so."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import quote

from metropolis.content.inlines import ADDRESS, TARGET, Inline
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, PageText, excerpt
from metropolis.problem import Problem

_LONGEST_ADDRESS = 500
_ADDRESS = re.compile(rf"({ADDRESS})\)")
_ADDRESS_ALONE = re.compile(rf" *({ADDRESS}) *(?:\n|$)")
_SIZE = re.compile(r"[^\s()]+ +(=\w+)\)")  # of an image, as GitLab and Azure write it
_TITLE = re.compile(r"[^\s()]+ +(\"[^\"\n]*\"|'[^'\n]*')\)")
_SCHEME = re.compile(r"\w+:", re.ASCII)
_RUNNING_SCHEME = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)

_FORM = (
    "A link is written [words](page.md#anchor) or [words](https://address), on one line and without"
    " a title."
)
_TARGETS = "to a page of this site, or begins with https:// or mailto:."


def check_link_forms(page: Page) -> list[Problem]:
    told = {start for start, _ in page.rejected}  # a call for its address is the problem
    strays = [one for one in page.scanned.strays if one.kind == "link" and one.end not in told]
    refused = (_refuse(page.live, stray) for stray in strays)
    return [*_refuse_other_forms(page), *refused, *_refuse_nested(page)]


def _refuse_nested(page: Page) -> Iterator[Problem]:
    """A link among the words of another one, which readers would see as it is typed."""
    links = sorted(page.links, key=lambda link: link.start)
    for outer, inner in pairwise(links):
        if inner.start < outer.address_start and not inner.is_image and not outer.is_image:
            what = f"“[{inner.words}]({inner.address})” stands in another link."
            how = "End one link before the other begins."
            yield page.live.problem(inner.start, what, how=how)


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
    what = f"“{shown}” is not a link of the form that a page uses."
    return live.problem(start, what, _FORM, _remedy(live.text, start, address_start))


def _remedy(text: str, start: int, address_start: int) -> str:
    """What to do with the link whose words begin at `start`."""
    if text[start] == "]":
        return "Write [ before its words."
    if title := _TITLE.match(text, address_start):
        return f"Delete the title, {excerpt(title[1])}."
    if size := _SIZE.match(text, address_start):
        return f"Delete the size, {size[1]}."
    target = TARGET.match(text, address_start - len("]("))
    if not target and ")" not in text[address_start:].partition("\n")[0]:
        return "Write ) after its address."
    wrong = [one for one in target[0][2:-1] if not re.fullmatch(ADDRESS, one)] if target else []
    if "\\" in wrong:
        return "Write the path from this file, with / between the folders."
    if wrong[:1] == ["<"]:
        return "Write the address without < and >."
    if target and " " in wrong and not _SCHEME.match(target[0][2:].lstrip()):
        address = re.sub(r" *([#/.]) *", r"\1", target[0][2:-1].strip(" "))
        name = "The name of a page or an image has no spaces."
        return name if " " in address else f"Write it without spaces: {excerpt(address)}."
    if not wrong or {*wrong} & {*"<\"'`&", BLANK}:
        return "Inside an address, a space is written %20 and parentheses %28 and %29."
    signs = [f"“{one}” is written {quote(one)}" for one in dict.fromkeys(wrong)]
    return f"Inside an address, {', '.join(signs)}."


def _running_scheme(address: str) -> str:
    """The scheme that makes a browser run `address`, through entities and spaces, or ""."""
    plain = re.sub(r"[\s\\<\"'\x00-\x20]", "", html.unescape(html.unescape(address)))
    match = _RUNNING_SCHEME.match(plain)
    return match[1].lower() if match else ""


def _refuse_running(live: PageText, start: int, scheme: str) -> Problem:
    what = f"A link that begins with “{scheme}:” can run a program in the reader's browser."
    return live.problem(start, what, f"A link leads {_TARGETS}")


def _refuse_other_forms(page: Page) -> Iterator[Problem]:
    """A link and the address that it takes from elsewhere are one problem, that of the link."""
    live, definitions = page.live, page.scanned.of("definition")
    addresses = {_name(live.text[one.start + 1 : one.end - 2]): one.end for one in definitions}
    used: set[str] = set()
    for one in page.scanned.of("reference"):
        shown = live.text[one.start : one.end]
        words, space, name = re.split(r"\](\s?)\[", shown[:-1], maxsplit=1)
        name = _name(name or words.removeprefix("["))
        # With a space between, they are words in brackets, unless the second has an address.
        if (space or not any(map(str.isalpha, words))) and name not in addresses:
            continue
        used.add(name)
        how, address = "", _ADDRESS_ALONE.match(live.text, addresses.get(name, len(live.text)))
        if address and words:
            how = f"Write {excerpt(words)}]({address[1]}), and delete the line with its address."
        what = f"“{excerpt(shown)}” is a link whose address is elsewhere."
        yield live.problem(one.start, what, _FORM, how)
    for one in definitions:
        shown = live.text[one.start : one.end]
        if _name(shown[1:-2]) not in used:
            what = f"“{excerpt(shown)}” at the head of a line gives an address to links elsewhere."
            yield live.problem(one.start, what, _FORM)


def _name(words: str) -> str:
    return " ".join(words.lower().split())
