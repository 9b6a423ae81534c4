"""Finds figures with a minus sign in one language and without one in the other. It is advice, and
only where no word says that something falls: "−3 %" is also "a fall of 3%"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from metropolis.content.page import Page
from metropolis.wording.figure_pairs import FigurePair
from metropolis.wording.finding import Finding, found
from metropolis.wording.mentions import Mention, Passages

# Before the digits: a minus sign, or a hyphen that joins them to nothing.
_MINUS = re.compile(r"(?:^|(?<=[\s(\[:«“|]))(?:−\s?|-)\Z")
_BEFORE = 3  # characters
_FALL = re.compile(
    r"\b(?:moins|minus|menos|below|under|sous|bajo|n[eé]gati|bai[sx]|chut|d[ií]min|recul|r[eé]du"
    r"|perd|pert|repli|fall|fell|drop|declin|decreas|los[est]|shr[iu]nk|down|less|low|fewer"
    r"|inf[eé]ri|ca[ieí]|cay|desc|baj|dismin|decre|decr|retro|merma|d[eé]fici|debit)",
    re.I,
)


def find_lost_signs(page: Page, source: Page, pair: FigurePair) -> Iterator[Finding]:
    """For passages that surely pair: each quantity with a unit that both mention once."""
    if pair.is_section or not any(map(_has_minus, (*pair.own.texts, *pair.other.texts))):
        return
    own, other = _single(pair.own), _single(pair.other)
    for key in own.keys() & other.keys():
        mine, theirs = own[key], other[key]
        signs = _sign(page, mine), _sign(source, theirs)
        side = pair.other if signs[0] else pair.own  # the one without
        if bool(signs[0]) == bool(signs[1]) or any(map(_FALL.search, side.texts)):
            continue
        shown, line = signs[0] + mine.full_words, source.text.place(theirs.start)[0]
        what = f"“{shown}” is “{signs[1]}{theirs.full_words}” in {source.path}, line {line}."
        how = "Write the same sign, or say that it falls."
        yield found("figure", page, mine.start, shown, what, how=how, severity="advice")


def _has_minus(text: str) -> bool:
    return "−" in text or "-" in text


def _single(passages: Passages) -> dict[tuple[str, object], Mention]:
    """The quantities with a unit or a percent sign that are mentioned once."""
    times = Counter(one.key for one in passages.mentions)
    return {one.key: one for one in passages.mentions if times[one.key] == 1 and one.is_measured}


def _sign(page: Page, mention: Mention) -> str:
    """The minus sign before a quantity in digits, or "" """
    sign = _MINUS.search(page.text.text[max(mention.start - _BEFORE, 0) : mention.start])
    return sign[0].strip() if sign and mention.quantity.form == "digits" else ""
