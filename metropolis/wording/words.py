"""Finds the words of a text, and their stems, without the plural. A stemmer for search (Snowball)
goes too far for terms: it merges "durable" with "durabilité"."""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from typing import NamedTuple

from metropolis.language.collation import folded

# A hyphen or a middle dot joins; an apostrophe separates (l’espace, d’action).
_WORD = re.compile(r"[^\W_]+(?:[-·][^\W_]+)*")

# Where words that a list names begin and end: not inside a longer word.
_BEGIN, _END = r"(?<![\w·-])", r"(?![\w·-])"

# (ending, replacement): the first match counts; words of two letters are unchanged.
_PLURALS: dict[str, tuple[tuple[str, str], ...]] = {
    "fr": (("eaux", "eau"), ("aux", "al"), ("s", ""), ("x", "")),
    "en": (
        ("ies", "y"), ("xes", "x"), ("xis", "x"), ("sses", "ss"), ("ses", ""), ("se", ""),
        ("ches", "ch"), ("shes", "sh"), ("ss", "ss"), ("s", ""),
    ),
    "es": (("ces", "z"), ("es", ""), ("s", ""), ("e", "")),
    "pt": (("oes", "ao"), ("ns", "m"), ("es", ""), ("s", ""), ("e", "")),
}  # fmt: skip


def whole_words(*forms: str) -> str:
    """The pattern of any of `forms` as whole words: one search, only where a word begins."""
    return f"{_BEGIN}(?:{'|'.join(forms)}){_END}"


class Word(NamedTuple):
    """A word, its stem, and its start and end."""

    text: str
    stem: str
    start: int
    end: int


def find_words(text: str, locale: str, most: int | None = None) -> list[Word]:
    """The words of `text` in order, or only the first of them."""
    found = islice(_WORD.finditer(text), most)
    return [Word(match[0], stem(match[0], locale), match.start(), match.end()) for match in found]


@cache
def stem(word: str, locale: str) -> str:
    """The word without its plural, in lower case, without accents; capitals are unchanged."""
    if len(word) > 1 and word.isupper():
        return word
    plain = folded(word)
    if len(plain) > 2:
        for ending, instead in _PLURALS.get(locale.split("-")[0], (("s", ""),)):
            if plain.endswith(ending):
                return plain.removesuffix(ending) + instead
    return plain
