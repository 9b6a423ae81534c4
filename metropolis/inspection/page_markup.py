"""Checks that everybody can read a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.inspection.facts import PageFacts, Refusal
from metropolis.problem import Problem

_HEADER = "Write one in the header of its source."
# Markup that was escaped twice or not removed: "<em>", "&eacute;", "&#233;".
_MARKUP = re.compile(r"[<>]|&(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);")


def check_page_markup(page: PageFacts) -> Iterator[Problem]:
    """Problems of headings, title and description; what a page must not contain."""
    checks = (_check_headings, _check_head)
    found = [refusal for check in checks for refusal in check(page)]
    for line, column, what, how in (*found, *page.refusals):
        yield Problem(page.path, line, column, what, how=how)


def _check_headings(page: PageFacts) -> Iterator[Refusal]:
    first = [heading for heading in page.headings if heading.level == 1 and not heading.is_apart]
    if not first:
        what = "The page has no main heading (h1)."
        yield Refusal(0, 0, what, "Begin its source with “# …”.")
    for heading in first[1:]:
        what = f"“{heading.text}” is a second main heading (h1)."
        yield Refusal(heading.line, 1, what, "Keep one; write “## …” for a section.")
    level = 1
    for heading in page.headings:
        if not heading.text:
            what = f"A heading (h{heading.level}) is empty."
            yield Refusal(heading.line, 1, what, "Write its words, or remove it.")
        if heading.is_apart:
            continue
        if heading.level > level + 1:
            what = f"“{heading.text}” is a heading of level {heading.level} right below level"
            yield Refusal(heading.line, 1, f"{what} {level}.", f"Use level {level + 1} here.")
        level = heading.level


def _check_head(page: PageFacts) -> Iterator[Refusal]:
    for name, text in (("title", page.title), ("description", page.description)):
        if not text:
            yield Refusal(0, 0, f"The page has no {name}.", _HEADER)
        elif found := _MARKUP.search(text):
            what = f"The {name} contains markup (“{found[0]}”): “{text}”."
            yield Refusal(0, 0, what, "Write plain text.")
