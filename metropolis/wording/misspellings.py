"""Tells a misspelling from a word that a dictionary merely lacks. Names, jargon and new words are
most of the unknown words of a text; a misspelling is one letter away from a known word."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Set

_FEWEST_LETTERS = 5  # a shorter word is one letter away from something, whatever it is
# Letters of a word that may lack any one, have any vowel for another, or any letter too many.
_LONG, _LONGER, _LONGEST = 6, 8, 9
_NEAR = 4  # letters between one that is typed again and where it belongs
_VOWELS = "aeiouyáéíóúàâèêëîïôùûü"
# Letters that are taken for each other, by ear or by hand.
_ALIKE = ("ckqs", "csz", "sx", "bv", "gj", "iy", "mn", "dt", "ae", "ai", "ao", "ei", "uo")
# Accents that a writer adds or forgets.
_ACCENTED = {"a": "àâáã", "c": "ç", "e": "éèêë", "i": "îïí", "n": "ñ", "o": "ôóœ", "u": "ùûúü"}
_PLAIN = {accented: plain for plain, every in _ACCENTED.items() for accented in every}
_LETTERS = frozenset("abcdefghijklmnopqrstuvwxyz") | _PLAIN.keys()
_ENDING = 3  # letters of an ending that a dictionary does not list

# British dictionaries have this ending too. At least three letters before it: "prize" and "seize"
# are words of their own.
AMERICAN_END = re.compile(r"([a-z]{3,})iz(e|es|ed|ing|ation|ations|er|ers)", re.IGNORECASE)
# American endings, and the British ones of the same words.
_BRITISH = (
    (AMERICAN_END, r"\1is\2"),
    (re.compile(r"([a-z]{2,})yz(e|es|ed|ing|er|ers)"), r"\1ys\2"),
    (
        re.compile(r"([a-z]{3,})or(s|ed|ing|able|ful|less|ite|ites|al|ally|ably|hoods?)?"),
        r"\1our\2",
    ),
    (re.compile(r"([a-z]{3,})er(s)?"), r"\1re\2"),
    (re.compile(r"([a-z]{3,})er(ed)"), r"\1r\2"),
    (re.compile(r"([a-z]+[aeou])l(ed|ing|er|ers|ous|ously)"), r"\1ll\2"),
    (re.compile(r"sk(eptic\w*)()"), r"sc\1"),
    (re.compile(r"([a-z]{3,})og(s)?"), r"\1ogue\2"),
    (re.compile(r"([a-z]{3,})ens(e|es)"), r"\1enc\2"),
    (re.compile(r"([a-z]+)emi(a|as|c)"), r"\1aemi\2"),
    (re.compile(r"([a-z]+l)l(s|ment|ments|ful|fully)?"), r"\1\2"),
    (re.compile(r"(art)ifact(s)?"), r"\1efact\2"),
    (re.compile(r"(ag)ing()"), r"\1eing"),
    (re.compile(r"(practi)c(ed|ing)"), r"\1s\2"),
)


def british_form(word: str, is_right: Callable[[str], bool]) -> str:
    """The British spelling of an American word; "" for any other."""
    for american, form in _BRITISH:
        if match := american.fullmatch(word):
            british = match.expand(form.replace(r"\2", match[2] or ""))
            if is_right(british):
                return british
    return ""


class Neighbours:
    """Which letters stand beside each other in the words of a dictionary. Most words that are one
    letter away from a name have letters that do not: they need not be looked up, which takes long
    for a word that is not there. The dictionary does not list the endings: at the end of a word,
    any letters may follow each other."""

    def __init__(self, words: Iterable[str]) -> None:
        """Without any word, every letter may stand everywhere."""
        self._groups = {
            group for word in words for group in zip(word, word[1:], word[2:], strict=False)
        }
        self._following: defaultdict[str, set[str]] = defaultdict(set)
        self._between, self._preceding = self._following.copy(), self._following.copy()
        for one, two, three in self._groups:
            self._following[one + two].add(three)
            self._between[one + three].add(two)
            self._preceding[two + three].add(one)

    def letters(self, before: str, after: str) -> Set[str]:
        """The letters that may stand between two parts of a word."""
        found: Set[str] = _LETTERS
        if self._groups and len(before) > 1:
            found = found & self._following[before[-2:]]
        if self._groups and before and after:
            found = found & self._between[before[-1] + after[0]]
        if self._groups and len(after) > 2:
            found = found & self._preceding[after[:2]]
        return found

    def places(self, word: str) -> range:
        """The places of the letters of which one may be wrong: those near all letters that stand
        beside each other in no word. Empty if these are far from each other."""
        groups = list(zip(word, word[1:], word[2:], strict=False))[:-1] if self._groups else []
        wrong = [place for place, group in enumerate(groups) if group not in self._groups]
        if not wrong:
            return range(len(word))
        return range(max(0, wrong[-1] - 1), min(len(word), wrong[0] + 3))


def is_misspelling(word: str, is_right: Callable[[str], bool], neighbours: Neighbours) -> bool:
    """Whether `word`, which is not right, is a right word but for its capitals or one letter. Its
    first letter is hardly ever the wrong one."""
    near = _one_letter_away(word.lower(), neighbours)
    return len(word) >= _FEWEST_LETTERS and any(map(is_right, near))


def _one_letter_away(word: str, neighbours: Neighbours) -> Iterator[str]:
    """The word, and those with a letter less, more, another one, or two exchanged. If its letters
    stand beside each other in other words too, only slips that writers make: a word of a trade is
    one letter away from something as well."""
    yield word
    places = neighbours.places(word)
    is_odd = len(places) < len(word)
    for place in places:
        start, letter, rest = word[:place], word[place], word[place + 1 :]
        near = start[-_NEAR:] + rest[:_NEAR] if rest else start[-1:]
        if place and ((rest and (is_odd or len(word) >= _LONGEST)) or letter in near):
            yield start + rest
        if place and rest:
            yield start + rest[0] + letter + rest[1:]
    for place in places:
        start, letter, rest = word[:place], word[place], word[place + 1 :]
        plain = _PLAIN.get(letter, letter)
        accented = set(plain + _ACCENTED.get(plain, ""))
        if len(rest) >= _ENDING:
            accented &= neighbours.letters(start, rest)
        yield from (start + other + rest for other in accented - {letter})
        # At its end, another letter is another ending: "robóticas", "robóticos".
        if place and rest and (len(rest) > 1 or letter not in _VOWELS):
            others = neighbours.letters(start, rest)
            if not is_odd:
                alike = _ALIKE if len(word) < _LONGER else (*_ALIKE, "aeiou")
                others &= set("".join(group for group in alike if plain in group))
            yield from (start + other + rest for other in others)
        if rest and (is_odd or len(word) >= _LONG):
            more = neighbours.letters(start + letter, rest)
            yield from (start + letter + other + rest for other in more)
