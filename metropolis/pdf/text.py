"""The text of a finished book as a screen reader gets it, by heading; and the HTML text it lacks.
Lines are joined without a space, because a page does not say whether a word continues. So we
compare `letters`, without white space and hyphens. For a figure we use its alternative text, and
for an element with an ActualText that text. For inspect.py."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html as lxml_html
from lxml.html import HtmlElement

from metropolis.pdf.tag_tree import Tag

_HEADING = re.compile(r"H([1-6])")
# White space of every kind, hyphens and the characters where a word may break.
_UNHEARD = re.compile(r"[\s\u00ad\u200b\u2060\ufeff\-\u2010\u2011]+")
# In letters: how far ahead a short passage may be found, and from which length it is unambiguous.
_FAR, _SURE = 200, 40
_UNSEEN = frozenset({"script", "style", "template", "head", "title"})


@dataclass(frozen=True)
class TextSection:
    """A heading and the text up to the next one. Text before the first has heading "", level 0."""

    heading: str
    level: int
    text: str


def tagged_text(root: Tag) -> list[TextSection]:
    """The text by heading, in the order of the tags."""
    found: list[TextSection] = []
    heading, level, texts = "", 0, [""]
    for kind, text in _pieces(root):
        if kind:
            found.append(TextSection(heading, level, "".join(texts)))
            heading, level, texts = text, kind, []
        else:
            texts.append(text)
    found.append(TextSection(heading, level, "".join(texts)))
    return [section for section in found if section.level or letters(section.text)]


def lost_text(sections: Sequence[TextSection], html: str) -> list[str]:
    """The passages of the HTML that the book lacks, or has in a different place. Text that the
    style adds (page numbers after links, list markers) is ignored."""
    said = letters("".join(section.heading + section.text for section in sections))
    lost = []
    place = 0
    for passage in _passages(lxml_html.document_fromstring(html).find("body")):
        wanted = letters(passage)
        at = said.find(wanted, place)
        # A short match far ahead is probably another passage: it would skip all between.
        if at < 0 or (at - place > _FAR and len(wanted) < _SURE):
            lost.append(" ".join(passage.split()))
        else:
            place = at + len(wanted)
    return lost


def letters(text: str) -> str:
    """The text without what differs in print: white space, hyphens and letter case."""
    return _UNHEARD.sub("", text).casefold()


def _pieces(tag: Tag) -> Iterator[tuple[int, str]]:
    """(level of a heading or 0, text), in reading order."""
    heading = _HEADING.fullmatch(tag.kind)
    replaced = tag.entries.get(
        "/ActualText", tag.entries.get("/Alt") if tag.kind == "Figure" else None
    )
    if heading:
        # A note that is called in a heading is read after the heading.
        yield int(heading[1]), "".join(text for _, text in _inner(tag, replaced))
    else:
        yield from _inner(tag, replaced)


def _inner(tag: Tag, replaced: object) -> Iterator[tuple[int, str]]:
    if replaced is not None:
        yield 0, str(replaced)
        return
    for piece in tag.pieces:
        if isinstance(piece, str):
            yield 0, piece
        else:
            yield from _pieces(piece)


def _passages(element: HtmlElement) -> Iterator[str]:
    """The text pieces of the HTML in reading order; for a figure, its alternative text."""
    if not isinstance(element.tag, str) or element.tag in _UNSEEN or "hidden" in element.attrib:
        return
    if element.tag in {"svg", "img"}:
        yield element.findtext("title") or element.get("alt") or ""
        return
    yield element.text or ""
    for child in element:
        yield from _passages(child)
        yield child.tail or ""
