"""Tells a misspelling from a word that a dictionary merely lacks. Names, jargon and new words are
most of the unknown words of a text; a misspelling is one letter away from a known word."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

_FEWEST_LETTERS = 5  # a shorter word is one letter away from something, whatever it is
_LONG = 8  # letters of a word in which any letter may be the wrong one
# Letters that are taken for each other, by ear or by hand.
_ALIKE = ("ckqs", "csz", "bv", "gj", "iy", "mn", "dt", "ao", "ei", "uo")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
# Accents that a writer adds or forgets.
_ACCENTED = {"a": "àâáã", "c": "ç", "e": "éèêë", "i": "îïí", "n": "ñ", "o": "ôóœ", "u": "ùûúü"}
_PLAIN = {accented: plain for plain, every in _ACCENTED.items() for accented in every}

# British dictionaries have this ending too. At least three letters before it: "prize" and "seize"
# are words of their own.
AMERICAN_END = re.compile(r"([a-z]{3,})iz(e|es|ed|ing|ation|ations|er|ers)", re.IGNORECASE)
# American endings, and the British ones of the same words.
_BRITISH = (
    (AMERICAN_END, r"\1is\2"),
    (re.compile(r"([a-z]{2,})yz(e|es|ed|ing|er|ers)"), r"\1ys\2"),
    (re.compile(r"([a-z]{3,})or(s|ed|ing|able|ful|less|ite|ites|al|ally)?"), r"\1our\2"),
    (re.compile(r"([a-z]{3,})er(s|ed)?"), r"\1re\2"),
    (re.compile(r"([a-z]+[aeou])l(ed|ing|er|ers)"), r"\1ll\2"),
    (re.compile(r"([a-z]{3,})og(s)?"), r"\1ogue\2"),
    (re.compile(r"([a-z]{3,})ens(e|es)"), r"\1enc\2"),
)


def british_form(word: str, is_right: Callable[[str], bool]) -> str:
    """The British spelling of an American word; "" for any other."""
    for american, form in _BRITISH:
        if match := american.fullmatch(word):
            british = match.expand(form.replace(r"\2", match[2] or ""))
            if is_right(british):
                return british
    return ""


def is_misspelling(word: str, is_right: Callable[[str], bool]) -> bool:
    """Whether `word`, which is not right, is a right word but for its capitals or one letter. Its
    first letter is hardly ever the wrong one."""
    return len(word) >= _FEWEST_LETTERS and any(map(is_right, _one_letter_away(word.lower())))


def _one_letter_away(word: str) -> Iterator[str]:
    """The words with a letter less or more, with another one, or with two exchanged,
    and the word itself."""
    yield word
    for place in range(1, len(word)):
        start, letter, rest = word[:place], word[place], word[place + 1 :]
        yield start + rest
        if rest:
            yield start + rest[0] + letter + rest[1:]
    for place in range(len(word)):
        start, letter, rest = word[:place], word[place], word[place + 1 :]
        plain = _PLAIN.get(letter, letter)
        yield from (start + other + rest for other in plain + _ACCENTED.get(plain, ""))
        if place:
            alike = "".join(group for group in _ALIKE if letter in group)
            others = _LETTERS if len(word) >= _LONG else alike
            yield from (start + other + rest for other in others)
        yield from (start + letter + other + rest for other in _LETTERS)
