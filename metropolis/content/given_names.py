"""The classes and anchors that a page may give to its words: others would hide them, or take the
place of the frame's own, by which scripts and links find the search and the menu."""

from __future__ import annotations

import re

from metropolis.content.page_text import PageText, excerpt
from metropolis.problem import Problem

# What the style sheet has for words: a link as a button, a label, figures in columns, wide text.
CLASSES = ("button", "number", "tag", "wide")
BOXES = ("note", "info", "tip", "example", "important", "warning")  # what a box (`!!! note`) may be
# The anchors of theme/base.html and its parts; and how those of a term's definition begin.
FRAME = frozenset({"main", "menu", "menu-title", "search", "search-title", "site-map"})
DEFINITION = "term-"
KEBAB_CASE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def refuse_anchor(live: PageText, start: int, anchor: str) -> Problem | None:
    if not KEBAB_CASE.fullmatch(anchor):
        what = f"The anchor “#{anchor}” is not of small letters, digits and single hyphens."
        return live.problem(start, what, "An anchor looks like #social-cohesion.")
    if anchor in FRAME or anchor.startswith(DEFINITION):
        what = f"The anchor “#{anchor}” is used by the frame of every page."
        return live.problem(start, what, how="Choose another.")
    return None


def refuse_class(live: PageText, start: int, name: str) -> Problem | None:
    if name in CLASSES:
        return None
    what = f"“.{name}” is not a class that words of a page may have."
    known = ", ".join(f".{one}" for one in CLASSES)
    return live.problem(start, what, f"There are {known}.", "Delete it.")


def refuse_box(live: PageText, start: int, name: str) -> Problem | None:
    """A problem if there is no such box; `start` is that of its head, “!!! name”."""
    if name in BOXES:
        return None
    what, expected = f"“{excerpt(name)}” is not a kind of note.", f"There are {', '.join(BOXES)}."
    place = live.text.index(name, start)
    return live.problem(place, what, expected, 'Write !!! note "Title".')
