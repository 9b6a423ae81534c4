"""What the Markdown of a page may carry besides words: tags, links, attribute lists; and what it
may not.

Pages reach the reader's browser. A page that holds a script, a frame or an attribute that runs
something would act on every reader in the association's name, and a file pulled in by a snippet
would be published. The lists are closed."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from metropolis.content.html_tags import find_refused_tags
from metropolis.content.names import refuse_anchor, refuse_class, refuse_notes
from metropolis.content.page_text import BLANK, PageText
from metropolis.problem import Problem

if TYPE_CHECKING:
    from metropolis.content.page import Page

_ITEM = r"(?:#[A-Za-z0-9_-]+|\.[a-z][a-z0-9-]*|lang=\"?[a-z]{2,3}(?:-[A-Za-z0-9]+)*\"?)"
_ATTRIBUTE_LIST = re.compile(rf"\{{ ({_ITEM}(?: {_ITEM})*) \}}")
_HEADING = re.compile(r"#{1,6} ")
_BRACE = re.compile(r"\\.|[{}]")
_REFUSED_LIST = re.compile(r"\{[^{}\n]{0,200}\}")
_SNIPPET = re.compile(r"(?<!-)-+8<-+")
_LIST_FORM = (
    "Braces hold only { #anchor }, { .class } or { lang=fr }, with a space inside each brace."
)


@dataclass(frozen=True)
class Anchor:
    """An anchor that an attribute list pins, and its offset in the page."""

    name: str
    start: int


def check_markup(page: Page) -> list[Problem]:
    """A problem for each tag, link, attribute list or snippet of `page` that may not be
    published."""
    link_problems, brace_problems = page.read_links[1], page.read_anchors[1]
    name_problems = [*_find_names(page.live), *refuse_notes(page.live)]
    return [
        *find_refused_tags(page.live),
        *link_problems,
        *brace_problems,
        *name_problems,
        *_find_snippets(page.text),
    ]


def _find_names(live: PageText) -> list[Problem]:
    """A problem for each class and anchor in attribute lists that a page may not give."""
    problems: list[Problem | None] = []
    for match in _ATTRIBUTE_LIST.finditer(live.text):
        for item in match[1].split(" "):
            if item[0] == "#":
                problems.append(refuse_anchor(live, match.start(), item[1:]))
            elif item[0] == ".":
                problems.append(refuse_class(live, match.start(), item[1:]))
    return [problem for problem in problems if problem]


def find_anchors(live: PageText) -> tuple[list[Anchor], list[Problem]]:
    """The anchors pinned in `live` (without code and calls), and a problem for every other use of
    braces."""
    anchors: list[Anchor] = []
    problems: list[Problem] = []
    position = 0
    while brace := _BRACE.search(live.text, position):
        start, position = brace.span()
        if brace[0][0] == "\\":
            continue
        match = _ATTRIBUTE_LIST.match(live.text, start)
        if match:
            if not _belongs(live, start, match.end()):
                problems.append(_refuse_alone(live, start, match.end()))
            anchors += [Anchor(item[1:], start) for item in match[1].split(" ") if item[0] == "#"]
            position = match.end()
        else:
            same_line = _REFUSED_LIST.match(live.text, start)
            position = same_line.end() if same_line else start + 1
            problems.append(_refuse_braces(live, start, position))
    return anchors, problems


def _belongs(live: PageText, start: int, end: int) -> bool:
    """Whether Markdown gives the list from `start` to `end` to something: else it prints it on the
    page."""
    if live.text[start - 1 : start] in tuple(f")>*_{BLANK}"):
        return True
    line, line_start = live.line_of(start), start - live.place(start)[1] + 1
    before, after = line[: start - line_start], line[end - line_start :]
    if not before.strip(" "):
        return bool(line_start and live.line_of(line_start - 1).strip(" "))
    return bool(_HEADING.match(before) and before.endswith(" ") and not after.strip(" "))


def _refuse_alone(live: PageText, start: int, end: int) -> Problem:
    what = f"“{live.quote(start, end)}” belongs to nothing here, and would be printed on the page."
    how = (
        "Put it after a space at a heading's end, right after a link, or on its own line below a"
        " paragraph."
    )
    return live.problem(start, what, how=how)


def _refuse_braces(live: PageText, start: int, end: int) -> Problem:
    fragment = live.text[start:end]
    shown = live.quote(start, end)
    mended = f"{{ {' '.join(fragment[1:-1].lstrip(':').split())} }}"
    how = f"Write {mended}." if len(fragment) > 2 and _ATTRIBUTE_LIST.fullmatch(mended) else ""
    return live.problem(start, f"“{shown}” may not stand in a page.", _LIST_FORM, how)


def _find_snippets(text: PageText) -> list[Problem]:
    what = "“{}” would publish a file from elsewhere inside this page."
    return [
        text.problem(
            match.start(), what.format(match[0]), how="Delete it, and write the words here."
        )
        for match in _SNIPPET.finditer(text.text)
    ]
