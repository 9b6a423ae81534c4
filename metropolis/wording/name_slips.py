"""How the form of a name differs from the source's: by a letter more, less, another one, or two
exchanged. What a language makes of a name (“Barcelone”, “Bayesiano”, “Seúl”) is mostly an ending or
an accent; what a hand makes of it is not."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import chain, product

from metropolis.language.collation import folded

_FEWEST_LETTERS = 5
_FEWEST_CAPITALS = 3  # letters of an acronym
_LONGEST = 40  # letters
_MOST_COMPARED = 20  # names of the source with one first letter and length
_INNER_CAPITAL = re.compile(r"[a-zà-ÿ][A-ZÀ-ÖØ-Þ]")
_VOWELS = frozenset("aeiouy")
_ALIKE = ({"c", "k"}, {"i", "y"}, {"s", "z"})
_BEHIND_VOWEL = re.compile(r"[dlnrt]?s?")  # in an ending: "-er", "-ians"


@dataclass(frozen=True)
class NameSlip:
    """A word of the translation, and the word of the source that it may stand for."""

    own: str
    other: str

    @cached_property
    def _change(self) -> tuple[str, str, str]:
        """The letters that one has and the other has not, and those behind, without accents."""
        own, other = folded(self.own), folded(self.other)
        shorter = min(len(own), len(other))
        start = next((i for i in range(shorter) if own[i] != other[i]), shorter)
        behind = range(shorter - start)
        end = next((i for i in behind if own[-1 - i] != other[-1 - i]), len(behind))
        return own[start : len(own) - end], other[start : len(other) - end], own[len(own) - end :]

    @property
    def is_near(self) -> bool:
        """Whether they differ by one slip. The first letter is hardly ever the wrong one."""
        mine, theirs, rest = self._change
        is_inside = len(mine) + len(rest) < len(folded(self.own))
        return (is_inside and len(mine) <= 1 >= len(theirs)) or self.is_exchange

    @property
    def is_exchange(self) -> bool:
        """Whether two letters that stand beside each other are exchanged."""
        mine, theirs, _ = self._change
        return len(mine) == 2 and mine == theirs[::-1]

    @property
    def is_acronym(self) -> bool:
        return self.own.isupper() and self.other.isupper()

    @property
    def is_mistyped(self) -> bool:
        """Whether two letters are exchanged, or one is typed twice. By other letters, acronyms of
        two languages differ too: “RGB” and “RVB”."""
        mine, _, rest = self._change
        before = self.own[: len(self.own) - len(rest) - len(mine)].lower()
        return self.is_exchange or (mine != "" and mine in (before[-1:], rest[:1]))

    @property
    def is_of_sound(self) -> bool:
        """Whether the letters that differ are written for each other: “Sanscrit”, “Sanskrit”."""
        mine, theirs, _ = self._change
        return {mine, theirs} in _ALIKE

    @property
    def is_lost_accent(self) -> bool:
        """Whether one of them has accents that the other lacks, and nothing else differs."""
        own, other = self.own.lower(), self.other.lower()
        return folded(own) == folded(other) and folded(own) in (own, other)

    @property
    def is_lost_s(self) -> bool:
        """Whether a name that has capitals inside lacks its last letter: “GeoName”."""
        return f"{self.own}s" == self.other and _INNER_CAPITAL.search(self.other) is not None

    @property
    def is_plural(self) -> bool:
        return self.own == f"{self.other}s"

    @property
    def is_cut(self) -> bool:
        """Whether the last letter is missing, other than that of a plural."""
        mine, theirs, rest = self._change
        return not mine and not rest and theirs not in ("", "s")

    @property
    def is_inner_loss(self) -> bool:
        """Whether a letter before the last one is missing."""
        mine, theirs, rest = self._change
        return not mine and len(theirs) == 1 and rest != ""

    @property
    def is_in_capitals(self) -> bool:
        """Whether the letters that differ are capitals of a name that has small letters too:
        “OpenNP”, “MyQSL”."""
        mine, theirs, rest = self._change
        words = ((self.own, mine), (self.other, theirs))
        changed = [word[len(word) - len(rest) - len(some) :][: len(some)] for word, some in words]
        is_mixed = all(_INNER_CAPITAL.search(word) for word, _ in words)
        return is_mixed and len(mine) == len(theirs) > 0 and all(map(str.isupper, changed))

    @property
    def is_ending(self) -> bool:
        """Whether each form may have the ending, or the accents, of its language."""
        mine, theirs, rest = self._change
        if folded(self.own) == folded(self.other):
            return self.is_lost_accent
        if self.is_exchange:
            is_syllable = len(_VOWELS.intersection(mine)) == 1  # "-re", "-er"
            return not rest and not self.is_acronym and is_syllable
        is_vowel = _VOWELS.issuperset(mine + theirs)
        return not rest or (is_vowel and _BEHIND_VOWEL.fullmatch(rest) is not None)


def near_names(own: Iterable[str], other: Iterable[str]) -> Iterator[NameSlip]:
    """Each of `own` with those of `other` that it may be a slip for."""
    alike: dict[tuple[str, int], list[str]] = defaultdict(list)
    for name in filter(_is_long, other):
        alike[name[0].lower(), len(name)].append(name)
    for name in filter(_is_long, own):
        letters = dict.fromkeys(name[:2].lower())  # the first two may be exchanged
        lengths = (len(name), len(name) - 1, len(name) + 1)
        near = [alike.get(key, ())[:_MOST_COMPARED] for key in product(letters, lengths)]
        for one in chain(*near):
            if _is_half_same(name, one) and name.lower() != one.lower():
                slip = NameSlip(name, one)
                if slip.is_near and (slip.is_acronym or _has_letters(name, one)):
                    yield slip


def _is_half_same(one: str, other: str) -> bool:
    """Whether the slip can be in one half: most names of one length have nothing in common."""
    half = (min(len(one), len(other)) - 1) // 2
    if one[-half:] == other[-half:]:
        return True
    return one[1:half] == other[1:half] and one[0].lower() == other[0].lower()


def _is_long(name: str) -> bool:
    return _FEWEST_CAPITALS <= len(name) <= _LONGEST and name.isalpha()


def _has_letters(*names: str) -> bool:
    return min(map(len, names)) >= _FEWEST_LETTERS
