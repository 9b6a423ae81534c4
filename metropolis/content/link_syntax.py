"""The links, images and footnotes of a page, as they are written.

Markdown has many ways to write a link, and each is a way to hide one: entities, line breaks,
backslashes, titles and definitions far below can make `javascript:` of what does not read so. A
page has one form, `[words](address)`, whose address is letters, digits and a few signs; what looks
like a link and is not of this form is refused. Whether an address leads anywhere is for `links.py`.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from metropolis.content.inert import CONTAINER
from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

SCHEMES = ("https", "http", "mailto")

_LONGEST_ADDRESS = 500
# Parentheses, quotes, backslashes and entities are left out: they are how an address becomes
# another one.
ADDRESS = r"(?:(?!&#?[A-Za-z0-9]+;)[A-Za-z0-9._~:/?#@!$*+,;=%&-])+"
_INLINE = re.compile(rf"\]\(({ADDRESS})\)")
_BRACKET = re.compile(r"\\.|\[|\]|\n *\n")
_LINK = re.compile(r"\]\(")
_REFERENCE = re.compile(r"(?<!\\)\](\s?)\[(?!\^|\d+\])([^\[\]]*)\]")  # `table[1][2]` is none
_DEFINITION = re.compile(r"\[([^\[\]]*)\]:")
_CONTAINER_ONLY = re.compile(CONTAINER)
_RUNNING_SCHEME = re.compile(r"(javascript|vbscript|data):", re.IGNORECASE)

_FORM = (
    "A link is written [words](page.md#anchor) or [words](https://address), on one line and without"
    " a title."
)


@dataclass(frozen=True)
class Link:
    """A link or image: its words (an image's description), its address, and the offsets of both."""

    words: str
    address: str
    start: int
    address_start: int
    is_image: bool


@dataclass(frozen=True)
class Footnote:
    """A footnote's mark in the text, or its text at the end (`is_text`)."""

    name: str
    start: int
    is_text: bool


def find_links(live: PageText) -> tuple[list[Link], list[Problem]]:
    """The links of a page, whose `live` text is without code and calls.

    A link that is not of the one form, or whose address may run something, is a problem and not a
    link."""
    links: list[Link] = []
    problems = _refuse_other_forms(live)
    opening, escaped = _pair_brackets(live.text)
    for bracket in _LINK.finditer(live.text):
        if bracket.start() in escaped:
            continue
        match = _INLINE.match(live.text, bracket.start())
        start = opening.get(bracket.start(), -1)
        if match is None or start < 0:
            problems.append(
                _refuse_form(live, bracket.start() if start < 0 else start, bracket.end())
            )
        elif refusal := _refuse_scheme(live, match[1], match.start(1)):
            problems.append(refusal)
        else:
            is_image = live.text[start - 1 : start] == "!"
            words = (live.original or live.text)[start + 1 : bracket.start()]
            links.append(Link(words, match[1], start - is_image, match.start(1), is_image))
    return links, problems


def _pair_brackets(text: str) -> tuple[dict[int, int], set[int]]:
    """For the offset of each closing bracket, that of the one it closes; a paragraph's end closes
    all.

    And the offsets of those that close nothing because a backslash stands before them or before
    what they would close."""
    pairs: dict[int, int] = {}
    escaped: set[int] = set()
    opened: list[int] = []
    is_escaped = False
    for match in _BRACKET.finditer(text):
        if match[0] == "[":
            opened.append(match.start())
        elif match[0] == "\\[":
            is_escaped = True
        elif match[0] == "\\]":
            escaped.add(match.start() + 1)
        elif match[0][0] == "\n":
            opened.clear()
            is_escaped = False
        elif match[0] == "]" and opened:
            pairs[match.start()] = opened.pop()
        elif match[0] == "]" and is_escaped:
            escaped.add(match.start())
            is_escaped = False
    return pairs, escaped


def _refuse_form(live: PageText, start: int, address_start: int) -> Problem:
    paragraph = live.text[address_start : address_start + _LONGEST_ADDRESS].split("\n\n", 1)[0]
    if running := _running_scheme(paragraph):
        return _refuse_running(live, address_start, running)
    length = len(re.split(r"[)\n]", paragraph, maxsplit=1)[0]) + 1
    shown = live.quote(start, address_start + length)
    how = "Inside an address, a space is written %20 and parentheses %28 and %29."
    return live.problem(start, f"“{shown}” is not a link of the form that a page uses.", _FORM, how)


def _refuse_scheme(live: PageText, address: str, start: int) -> Problem | None:
    scheme, colon, _ = re.split(r"[/?#]", address, maxsplit=1)[0].partition(":")
    if not colon or scheme in SCHEMES:
        return None
    if _running_scheme(address):
        return _refuse_running(live, start, scheme)
    what = f"A link may not begin with “{scheme}:”."
    return live.problem(
        start, what, "It leads to a page of this site, or begins with https:// or mailto:."
    )


def _running_scheme(address: str) -> str:
    """The scheme that makes a browser run `address`, seen through entities and spaces; else
    nothing."""
    plain = re.sub(r"[\s\\<\"'\x00-\x20]", "", html.unescape(html.unescape(address)))
    match = _RUNNING_SCHEME.match(plain)
    return match[1].lower() if match else ""


def _refuse_running(live: PageText, start: int, scheme: str) -> Problem:
    what = f"A link that begins with “{scheme}:” can run a program in the reader's browser."
    return live.problem(
        start, what, "A link leads to a page of this site, or begins with https:// or mailto:."
    )


def _refuse_other_forms(live: PageText) -> list[Problem]:
    """Reference links and their definitions, wherever Markdown would take one for such."""
    definitions = [
        match
        for match in _DEFINITION.finditer(live.text)
        if not match[1].startswith("^") and _is_at_head(live.text, match.start())
    ]
    names = {match[1].lower() for match in definitions}
    # Two brackets with a space between are words in brackets, unless the second gives an address.
    references = (
        match
        for match in _REFERENCE.finditer(live.text)
        if not match[1] or match[2].lower() in names
    )
    elsewhere = "is a link whose address stands elsewhere."
    head = "at the head of a line gives an address to links elsewhere."
    found = [
        *((match, elsewhere) for match in references),
        *((match, head) for match in definitions),
    ]
    return [
        live.problem(match.start(), f"“{excerpt(match[0])}” {what}", _FORM) for match, what in found
    ]


def _is_at_head(text: str, start: int) -> bool:
    return bool(_CONTAINER_ONLY.fullmatch(text, text.rfind("\n", 0, start) + 1, start))
