"""Sorts by each language's alphabet (ICU: accents and case count last, and Spanish puts ñ after n),
and reduces a text to the words that people type to find it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TypeVar

import icu

Item = TypeVar("Item")


@lru_cache(maxsize=16)
def _collator(locale: str) -> icu.Collator:
    return icu.Collator.createInstance(icu.Locale(locale))


def sort_key(text: str, locale: str) -> bytes:
    return bytes(_collator(locale).getSortKey(text))


def sorted_by(items: Iterable[Item], text: Callable[[Item], str], locale: str) -> list[Item]:
    return sorted(items, key=lambda item: sort_key(text(item), locale))


@lru_cache(maxsize=16)
def _index(locale: str) -> icu.ImmutableIndex:
    return icu.AlphabeticIndex(icu.Locale(locale)).buildImmutableIndex()


def first_of_each_letter(
    items: Iterable[Item], text: Callable[[Item], str], locale: str
) -> dict[str, Item]:
    """The first of sorted `items` under each letter of `locale`'s alphabet: Á is under A, Ñ a
    letter in Spanish. Signs and other scripts are under none."""
    index = _index(locale)
    found: dict[str, Item] = {}
    for item in items:
        letter, kind = index.getBucket(index.getBucketIndex(text(item)))
        if kind == icu.UAlphabeticIndexLabelType.NORMAL:
            found.setdefault(letter, item)
    return found


# Letters that Unicode does not decompose into a letter and a mark.
_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss"}
)


def folded(text: str) -> str:
    """Without accents, in lower case, as people type a name when they search."""
    if text.isascii():  # as most words are
        return text.lower()
    apart = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()


_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def all_parts(text: str) -> list[str]:
    """Every run of letters and digits, without accents, ligatures and capitals."""
    return _WORD.findall(folded(text.translate(_LIGATURES)))


def split(text: str) -> list[str]:
    """The words of a text in the search index, as search-words.js splits; no letter alone."""
    return [word for word in all_parts(text) if len(word) > 1 or word.isdecimal()]
