"""Finds words that somebody has typed twice: "is is", "in this city the in this city the"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise
from operator import eq

from metropolis.content.page import Page
from metropolis.content.page_text import excerpt
from metropolis.content.prose import Passage
from metropolis.wording.finding import Finding, found

# "Tac tac tac" is meant.
_WORD = re.compile(r"(?<![\w’'-])([a-zà-ÿœ]{2,})[ \n]\1(?![\w’'-])(?![ \n]\1)")
_WORDS = re.compile(r"(?<!\w)(\w+(?:,?[ \n][\w’'-]+){4,8},?)[ \n]\1(?!\w)")
_FEWEST = 5  # words, of several that stand twice
# "Nous nous engageons", "she had had", "so so".
_RIGHT = {
    "fr": {"nous", "vous", "que", "très", "non", "etc"},
    "en": {"had", "that", "very", "so", "no", "etc"},
    "es": {"no", "muy", "que", "sí", "etc"},
}


def find_doubled_words(page: Page, passages: Iterable[Passage]) -> list[Finding]:
    """Advice at each first of two; words that a language may well say twice are left out."""
    findings = []
    right = _RIGHT.get(page.locale, set())
    for passage in passages:
        if passage.locale != page.locale or not _may_have_some(passage.text):
            continue
        for pattern in (_WORD, _WORDS):
            for match in pattern.finditer(passage.text):
                is_third = passage.text.endswith(f"{match[1]} ", 0, match.start())
                if match[1] not in right and not is_third:
                    what = f"“{excerpt(match[1])}” stands here twice."
                    start = passage.start + match.start()
                    how = "Delete one of the two."
                    findings.append(found("style", page, start, match[0], what, how=how))
    return findings


def _may_have_some(text: str) -> bool:
    """Whether a word, or two, stand again right behind, or behind some others: fast to ask for."""
    words = text.split()
    if any(map(eq, words, words[1:])):
        return True
    pairs = list(pairwise(words)) if len(words) >= 2 * _FEWEST else []
    return any(any(map(eq, pairs, pairs[step:])) for step in range(_FEWEST, 10))
