"""What the Markdown of a page may carry besides words, in closed lists: a script or a frame would
act in the association's name, and a snippet would publish a file from elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.content.blocks import Container
from metropolis.content.code_spans import CONTAINER
from metropolis.content.given_names import CLASSES, refuse_anchor, refuse_box, refuse_class
from metropolis.content.html_tags import check_tags
from metropolis.content.inlines import ATTRIBUTES, Inline
from metropolis.content.link_syntax import check_link_forms
from metropolis.content.page import Page
from metropolis.content.page_text import BLANK, PageText, excerpt
from metropolis.problem import Problem

_HEADING = re.compile(rf"{CONTAINER}#+")  # headings.py reports what is not written as one
_GAP = re.compile(r"(?:\n[ ]*(?=\n))+\n|\s*\Z")  # empty lines below a line, or its page's end
_SNIPPET = re.compile(r"(?<!-)-+8<-+")
_MEANT_BRACE = "A brace that is meant is written \\{ or \\}."
_LIST_FORM = (
    "Braces hold only { #anchor }, { .class } or { lang=fr }, with a space inside each brace."
)


def check_markup(page: Page) -> list[Problem]:
    return [
        *check_tags(page),
        *check_link_forms(page),
        *_check_attributes(page),
        *_refuse_boxes(page),
        *_find_snippets(page.text),
    ]


def _check_attributes(page: Page) -> Iterator[Problem]:
    """Lists that belong to nothing, names that a page may not give, other uses of braces."""
    live = page.live
    for one in page.inlines:
        if one.kind != "attributes":
            continue
        if not _belongs(live, one):
            yield _refuse_alone(live, one)
        for item in page.attributes(one):
            refuse = {"#": refuse_anchor, ".": refuse_class}.get(item[0])
            if refuse and (problem := refuse(live, one.start, item[1:])):
                yield problem
    for stray in page.scanned.strays:
        if stray.kind == "attributes":
            yield _refuse_braces(live, stray)


def _belongs(live: PageText, one: Inline) -> bool:
    """Whether Markdown gives the list to something: else it prints it on the page."""
    if live.text[one.start - 1 : one.start] in tuple(f")>*_{BLANK}"):
        return True
    line, column = live.line_of(one.start), live.place(one.start)[1] - 1
    before, after = line[:column], line[column + one.end - one.start :]
    if not before.strip(" "):
        return column < one.start and bool(live.line_of(one.start - column - 1).strip(" "))
    return bool(_HEADING.match(before) and before.endswith(" ") and not after.strip(" "))


def _refuse_alone(live: PageText, one: Inline) -> Problem:
    shown = live.quote(one.start, one.end)
    what = f"“{shown}” belongs to nothing here, and would be printed on the page."
    how = "Put it after a space at a heading's end, right after a link, or on its own line"
    return live.problem(one.start, what, how=f"{how} below a paragraph.")


def _refuse_braces(live: PageText, stray: Inline) -> Problem:
    fragment = live.text[stray.start : stray.end]
    right = f"{{ {' '.join(fragment[1:-1].lstrip(':').split())} }}"
    is_list = len(fragment) > 2 and ATTRIBUTES.fullmatch(right)
    is_meant = not re.search(r"=|:(?! )|^{:", fragment)  # "{name: words}", and no list
    how = f"Write {right}." if is_list else _MEANT_BRACE if is_meant else ""
    if is_list and {item[1:] for item in right.split() if item[0] == "."} - {*CLASSES}:
        how = "Delete it."  # of another dialect, with a class that no page has
    what = f"“{live.quote(stray.start, stray.end)}” is not allowed in a page."
    return live.problem(stray.start, what, _LIST_FORM, how)


def _refuse_boxes(page: Page) -> Iterator[Problem]:
    boxes = {one: None for block in page.blocks for one in block.containers if one.kind == "box"}
    for one in boxes:
        if problem := refuse_box(page.live, one.start, one.name) or _refuse_empty(page.live, one):
            yield problem


def _refuse_empty(live: PageText, box: Container) -> Problem | None:
    """A problem if nothing stands in a box, but a gap below its head."""
    column = live.place(box.start)[1] - 1
    end = max(live.text.find("\n", box.start), box.start)
    gap = _GAP.match(live.text, end)
    if gap is None or live.text.startswith(" " * (column + 4), gap.end()):
        return None
    head = live.text[box.start : end]
    what = f"The box “{excerpt(head)}” is empty: the text below it is not in it."
    return live.problem(box.start, what, how="Indent everything in a box by four spaces.")


def _find_snippets(text: PageText) -> Iterator[Problem]:
    for match in _SNIPPET.finditer(text.text):
        what = f"“{match[0]}” would publish a file from elsewhere inside this page."
        yield text.problem(match.start(), what, how="Delete it, and write the words here.")
