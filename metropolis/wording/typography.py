"""Checks the signs between words: spaces, quotation marks, apostrophes, dashes, as in
docs/translators/style.md. typography_rules.py has the rules; here each slip becomes a finding with
the corrected words."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import islice, takewhile

from metropolis.content.page import Page
from metropolis.content.page_text import Edit
from metropolis.content.prose import Passage
from metropolis.wording.bare_text import UNKNOWN, BareText, bare_text
from metropolis.wording.finding import Finding, found
from metropolis.wording.slip import Slip
from metropolis.wording.typography_rules import find_slips

_AROUND = 3  # words shown before and after a correction
_MOST_TOLD = 200  # slips of a page; each is shown with its words
_FAR = 300  # characters in which these words are searched


def find_typography(page: Page, passages: list[Passage]) -> list[Finding]:
    """The slips against the typography of each passage's language."""
    findings: list[Finding] = []
    beyond = count = 0  # the first slip that is not reported, and their number
    for passage in passages:
        bare = bare_text(page, passage)
        slips = slips_of(bare, passage.locale)
        edits = sorted({edit for slip in slips for edit in slip.edits})
        room = max(0, _MOST_TOLD - len(findings))
        findings += [_finding(bare, slip, edits) for slip in slips[:room]]
        if slips[room:]:
            beyond = beyond or bare.offsets[slips[room].start]
            count += len(slips[room:])
    if count:
        what = f"From here on, {count:,} more signs are not set as they should be."
        findings.append(found("typography", page, beyond, "", what, how="Mend those above first."))
    return findings


def slips_of(bare: BareText, locale: str) -> list[Slip]:
    """The slips of a passage, without false ones in an address, a time or an icon."""
    slips = find_slips(bare.text, locale)
    inert = bare.inert() if slips else ()
    return [slip for slip in slips if not _touches_any(bare.text, slip, inert)]


def fragment_of(bare: BareText, slip: Slip) -> str:
    """The words that a slip touches: an exception in language/rules.yml names them."""
    return bare.source(*_window(bare.text, slip, 0))


def _touches_any(text: str, slip: Slip, inert: Sequence[tuple[int, int]]) -> bool:
    """Whether the slip touches one of `inert`, which are in order and do not overlap."""
    first = min(start for start, _, _ in slip.edits)
    last = max(end for _, end, _ in slip.edits)
    near = islice(inert, max(bisect_right(inert, (first, 0)) - 1, 0), None)
    return any(
        _touches(text, slip, place) for place in takewhile(lambda place: place[0] <= last, near)
    )


def _touches(text: str, slip: Slip, inert: tuple[int, int]) -> bool:
    """Whether a slip is a false one: an address, a time or an icon (`:name:`) read as words."""
    start, end = inert
    first = start if text[start] == ":" else start + 1
    return any(edit_end >= first and edit_start < end for edit_start, edit_end, _ in slip.edits)


def _finding(bare: BareText, slip: Slip, edits: list[Edit]) -> Finding:
    window = _window(bare.text, slip, _AROUND)
    words = _as_written(bare, *window, _mended(bare.text, *window, edits)).replace("\n", " ")
    how = f"Write “{words}”."
    place, fragment = bare.offsets[slip.start], fragment_of(bare, slip)
    return found("typography", bare.page, place, fragment, slip.what, slip.expected, how)


def _window(text: str, slip: Slip, around: int) -> tuple[int, int]:
    """The text that a slip changes, its words and some more of the same line, long enough to find
    and copy."""
    first = min(start for start, _, _ in slip.edits)
    last = max(end for _, end, _ in slip.edits)
    before = text[max(0, first - _FAR) : first].rpartition("\n")[2]
    after = text[last : last + _FAR].partition("\n")[0]
    form = re.compile(rf"\S*(?:\s+\S+){{0,{around}}}")
    return first - _length(form, before[::-1]), last + _length(form, after)


def _length(form: re.Pattern[str], text: str) -> int:
    match = form.match(text)
    return match.end() if match else 0


def _mended(text: str, start: int, end: int, edits: list[Edit]) -> str:
    """The words from `start` to `end` with every slip in them corrected, so that they can be copied
    whole."""
    pieces: list[str] = []
    done = start
    inside = islice(edits, bisect_left(edits, (start, 0, "")), None)
    for first, last, instead in takewhile(lambda edit: edit[0] <= end, inside):
        if last <= end and first >= done:  # else two rules correct the same sign
            pieces += [text[done:first], instead]
            done = last
    return "".join([*pieces, text[done:end]])


def _as_written(bare: BareText, start: int, end: int, words: str) -> str:
    """The words for the text from `start` to `end`, with the code and the calls of the page."""
    places = [place for place in range(start, end) if bare.text[place] == UNKNOWN]
    written = iter([bare.source(place, place + 1) for place in places])
    return re.sub(UNKNOWN, lambda _: next(written, "…"), words)
