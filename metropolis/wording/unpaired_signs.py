"""Finds parentheses and quotation marks without their counterpart. It is advice: a quotation may be
longer than a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import zip_longest

from metropolis.content.page import Page
from metropolis.content.page_text import BLANK
from metropolis.content.prose import Passage
from metropolis.wording.bare_text import bare_text
from metropolis.wording.finding import Finding, found

_CLOSING = {"(": ")", "«": "»", "“": "”"}
_OPENING = {closing: opening for opening, closing in _CLOSING.items()}
_SIGN = re.compile(r"[()«»“”]")
# With nothing opened before it, the number of an item ("a)", "12)"), an interval ("[0, 1)"),
# inches (5”).
_OTHER_USE = re.compile(
    r"(?:(?<![^\s,;:\ufffc])(?:[\d.]{1,4}|[ivx]{1,4}|[a-z]{1,2})|\[[^\[\]()\n]{1,30})\)\Z|(?<=\d)”\Z",
    re.I,
)
_SMILEY = re.compile(r"(?<![\w(,'\"])[:;][-~^o']{0,2}[()]|[()][-~^o']{1,2}[:;]")
_LONGEST = 40
_SHOWN = 20  # characters


def find_unpaired_signs(page: Page, passages: Iterable[Passage]) -> list[Finding]:
    """The first sign of each passage that has no counterpart: of a quotation, in its section."""
    alone: list[tuple[str, str, Finding]] = []  # the section, and the sign that is lost
    passages = list(passages)
    for passage, following in zip_longest(passages, passages[1:]):
        if passage.kind == "foreign" or not _SIGN.search(passage.text):
            continue
        bare = bare_text(page, passage)
        # A quotation of several paragraphs has a mark at the head of each.
        next_sign = following.text.strip(f"{BLANK} ")[:1] if following else ""
        for place, sign in _without_smileys(bare.text):
            # What has a straight mark is reported, and so is a link that lacks a sign.
            is_quotation, start = sign not in "()", bare.offsets[place]
            is_told = page.text.text[start - 1] == "]" or (is_quotation and '"' in bare.text)
            if not is_told and not (is_quotation and sign == next_sign):
                lost = _CLOSING.get(sign) or _OPENING[sign]
                alone.append((passage.anchor, lost, _found(page, start, sign, lost)))
    quotations = {(anchor, _CLOSING.get(lost) or _OPENING[lost]) for anchor, lost, _ in alone}
    return [
        finding
        for anchor, lost, finding in alone
        if lost in "()" or (anchor, lost) not in quotations
    ]


def _found(page: Page, start: int, sign: str, lost: str) -> Finding:
    where = "after" if sign in _CLOSING else "before"
    what = f"This “{sign}” has no “{lost}” {where} it in its paragraph."
    how = "Write the other, or delete this one."
    words = page.text.text[start : start + _SHOWN].partition("\n")[0]
    return found("typography", page, start, words, what, how=how, severity="advice")


def _without_smileys(text: str) -> list[tuple[int, str]]:
    """What is alone in `text`. A smiley may close a parenthesis, or may not."""
    blank = _SMILEY.sub(lambda smiley: " " * len(smiley[0]), text)
    alone = _alone(text)
    return min(_alone(blank), alone, key=len) if alone and blank != text else alone


def _alone(text: str) -> list[tuple[int, str]]:
    """Of each sign, the first that is alone in `text`, and its place."""
    opened: dict[str, list[int]] = {opening: [] for opening in _CLOSING}
    alone: dict[str, int] = {}
    for match in _SIGN.finditer(text):
        sign, place = match[0], match.start()
        before = text[max(place - _LONGEST, 0) : match.end()]
        if sign in _CLOSING:
            opened[sign].append(place)
        elif opened[_OPENING[sign]]:
            opened[_OPENING[sign]].pop()
        elif not _OTHER_USE.search(before):
            alone.setdefault(sign, place)
    alone |= {sign: places[0] for sign, places in opened.items() if places}
    return [(place, sign) for sign, place in alone.items()]
