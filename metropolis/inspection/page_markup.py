"""Checks that everybody can read a page, and that no template remains are left in it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from metropolis.inspection.facts import PageFacts
from metropolis.problem import Problem

_HEADER = "Write one in the header of its source."
# Remains of markup that was escaped twice or not removed: "<em>", "&eacute;", "&#233;".
_MARKUP = re.compile(r"[<>]|&(?:[A-Za-z][A-Za-z0-9]*|#\d+|#x[0-9A-Fa-f]+);")


def check_markup(page: PageFacts) -> Iterator[Problem]:
    """Problems of headings, title, description, ids and pictures; forbidden and leftover markup."""
    yield from _check_headings(page)
    yield from _check_head(page)
    yield from _check_ids(page)
    yield from _check_pictures(page)
    for refusal in page.refusals:
        yield Problem(page.path, refusal.line, refusal.column, refusal.what, how=refusal.how)
    for remain in page.remains:
        what = f"A piece of template is left: “{remain.text}”."
        how = "Mend the page, macro or template that wrote it."
        yield Problem(page.path, remain.line, remain.column, what, how=how)


def _check_headings(page: PageFacts) -> Iterator[Problem]:
    first = [heading for heading in page.headings if heading.level == 1 and not heading.is_apart]
    if not first:
        what = "The page has no main heading (h1)."
        yield Problem(page.path, 0, 0, what, how="Begin its source with “# …”.")
    for heading in first[1:]:
        what = f"“{heading.text}” is a second main heading (h1)."
        yield Problem(page.path, heading.line, 1, what, how="Keep one; write “## …” for a section.")
    level = 1
    for heading in page.headings:
        if not heading.text:
            what = f"A heading (h{heading.level}) is empty."
            yield Problem(page.path, heading.line, 1, what, how="Write its words, or remove it.")
        if heading.is_apart:
            continue
        if heading.level > level + 1:
            what = (
                f"“{heading.text}” is a heading of level {heading.level} right below level {level}."
            )
            yield Problem(
                page.path, heading.line, 1, what, how=f"Make it one of level {level + 1}."
            )
        level = heading.level


def _check_head(page: PageFacts) -> Iterator[Problem]:
    for name, text in (("title", page.title), ("description", page.description)):
        if not text:
            yield Problem(page.path, 0, 0, f"The page has no {name}.", how=_HEADER)
        elif found := _MARKUP.search(text):
            what = f"The {name} holds markup (“{found[0]}”): “{text}”."
            yield Problem(page.path, 0, 0, what, how="Write plain text.")


def _check_ids(page: PageFacts) -> Iterator[Problem]:
    seen: dict[str, int] = {}
    for id in page.ids:
        if id.text in seen:
            what = f"The id “{id.text}” stands already at line {seen[id.text]}."
            yield Problem(page.path, id.line, 1, what, how="Give each anchor a name of its own.")
        seen.setdefault(id.text, id.line)


def _check_pictures(page: PageFacts) -> Iterator[Problem]:
    for picture in page.pictures:
        if picture.tag == "img" and picture.text and picture.is_hidden:
            what = f"A picture has a text (“{picture.text}”), and says that it is only decorative."
            yield Problem(page.path, picture.line, 1, what, how="Take one of them away.")
        elif picture.text or (picture.is_hidden and picture.text is not None):
            continue
        elif picture.tag == "svg":
            what = "A drawing has no text for those who cannot see it."
            yield Problem(
                page.path, picture.line, 1, what, how="Give it an aria-label or a <title>."
            )
        elif picture.text is None:
            what = "A picture has no text for those who cannot see it."
            yield Problem(page.path, picture.line, 1, what, how="Give it an alt text.")
        else:
            what = "A picture has an empty text, and does not say that it is only decorative."
            how = 'Describe it in alt, or add role="presentation".'
            yield Problem(page.path, picture.line, 1, what, how=how)
