"""Checks one target: it has its unit's placeholders, and its words are only words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from metropolis.content.macro_signature import Signatures
from metropolis.content.page import Page, read_page
from metropolis.content.page_text import excerpt
from metropolis.hidden_characters import find_hidden, hidden_words
from metropolis.leftovers import merge_lines
from metropolis.translation.exchange import protection
from metropolis.translation.exchange.protection import Line, Pieces, Placeholder
from metropolis.translation.exchange.segments import Segment, TranslationUnit, find_segments

# What a text of the header may not hold (metropolis/content/front_matter.py).
_NOT_IN_HEADER = re.compile(r"[<>{}\"`\\\n]")
_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
# "uno.Otro", with two small letters before the stop: "p.ej." and "U.S.A." are no sentences.
_TWO_SENTENCES = re.compile(
    r"([^\W\d_]{2,})[.!?…](?:\[\^[^\]]+\]|[»”\"')\]*_])*[«“¿¡(]*([^\W\d_])[^\W\d_]+"
)
_WORDS_ONLY = "Write words, without signs of markup such as * [ ] < > { }."

Words = tuple[str, str, str]  # (what is wrong, what was expected, how to fix it)


def check_target(
    unit: TranslationUnit, line: Line, source: Page, signatures: Signatures
) -> tuple[str, list[Words]]:
    """The text that `line` makes of the unit, and what is wrong with it."""
    if line == unit.target:
        # The page has it already: nobody was asked to change it.
        return protection.restore(line, unit.fixed), []
    if wrong := list(_placeholders(unit, line)):
        return "", wrong
    line = _unfolded(unit, line)
    pieces = protection.pieces_of(line, unit.fixed)
    text = "".join(piece.text for piece in pieces)
    cause = _cause(unit, text, pieces, protection.protect(text, signatures), source)
    return (text, []) if cause is None else ("", [(f"In “{unit.id}”, {cause[0]}", *cause[1:])])


def _unfolded(unit: TranslationUnit, line: Line) -> Line:
    """The line without the indentation of a tool, and without line ends that the source lacks."""
    has_line_ends = any("\n" in part for part in unit.source if isinstance(part, str))
    return tuple(
        _LINE_END.sub("\n" if has_line_ends else " ", part)
        if isinstance(part, str) and not _EMPTY_LINE.search(part)
        else part
        for part in line
    )


def _cause(
    unit: TranslationUnit, text: str, pieces: Pieces, read: Pieces, source: Page
) -> Words | None:
    """Why the text would not be read as it is written; None if it would."""
    if merge_lines(text):
        return "a merge of two versions is not finished.", "", "Keep one of them."
    if hidden := next(find_hidden(text), None):
        what, how = hidden_words(hidden[1])
        return what[0].lower() + what[1:], "", how
    if _EMPTY_LINE.search(text):
        return "an empty line would make two blocks of one.", "", "Write one paragraph."
    if unit.segment.is_header and (bad := _NOT_IN_HEADER.search(text)):
        sign = "a line end" if bad[0] == "\n" else f"“{bad[0]}”"
        how = "Use the quotation marks of your language." if bad[0] == '"' else "Write words."
        return f"{sign} is not allowed in a {unit.segment.kind}: “{excerpt(text)}”.", "", how
    if read != pieces:
        known = Counter(piece.text for piece in pieces if piece.is_fixed)
        found = Counter(piece.text for piece in read if piece.is_fixed)
        if new := list(found - known):
            what = f"“{excerpt(new[0])}” would be read as markup: “{excerpt(text)}”."
            return what, "", _WORDS_ONLY
        what = f"the placeholders are in an order in which they do not work: “{excerpt(text)}”."
        return what, "", "Keep those that belong together in their order, around their words."
    if not _keeps_place(unit.segment, text, source):
        what = f"“{excerpt(text)}” would be more than one {unit.segment.kind}, or another block."
        return what, "", 'Do not begin with # - > or a number and a point, nor use a bar | or ".'
    if glued := _glued(unit, text):
        return f"there is no space between two sentences: “{glued}”.", "", "Write one."
    return None


def _glued(unit: TranslationUnit, text: str) -> str:
    """Two sentences without a space, which neither source nor translation have so."""
    now = protection.restore(unit.target, unit.fixed) if unit.target else ""
    before = unit.segment.text + now
    found = _TWO_SENTENCES.finditer(text)
    glued = (one[0] for one in found if one[1][-2:].islower() and one[2].isupper())
    return next((one for one in glued if one not in before), "")


def _placeholders(unit: TranslationUnit, line: Line) -> Iterator[Words]:
    """What is wrong, and what was expected, for each lost, doubled or unknown placeholder."""
    found, now = protection.count(line), protection.count(unit.target or ())
    known = ", ".join(str(Placeholder(id)) for id in unit.fixed)
    for id in (*unit.own, *(id for id in found if id not in unit.own)):
        what = f"In “{unit.id}”, the placeholder {Placeholder(id)}"
        piece = unit.fixed.get(id)
        if piece is None:
            yield f"{what} is unknown.", f"It has {known}." if known else "It has none.", ""
            continue
        meaning = f"It stands for {excerpt(piece.text)}"
        if not found[id] and not (piece.is_optional and unit.target and not now[id]):
            yield f"{what} is lost.", meaning, ""
        elif found[id] > max(1, now[id]):
            yield f"{what} is there {found[id]} times.", meaning, ""


def _keeps_place(segment: Segment, text: str, source: Page) -> bool:
    """Whether `text`, put in the segment's place, is one segment of the same kind."""
    if segment.is_header:
        return True
    if text.startswith("#"):  # a page's blocks know no heading in a quotation or an item
        return False
    before = source.text.text[source.text.text.rfind("\n", 0, segment.start) + 1 : segment.start]
    if segment.kind == "cell":
        before, after = "| ", " |"
    else:
        after = '"' if segment.kind == "box" else ""
    page, _ = read_page("", source.locale, "", before + text + after)
    return [(one.kind, one.text) for one in find_segments(page)] == [(segment.kind, text)]
