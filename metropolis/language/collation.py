"""Sorting by each language's alphabet: accents and case weigh last, and Spanish puts ñ after n.

ICU's collator (the library behind browsers and systems) knows every language's rules; a table of our own would not.
"""

from __future__ import annotations

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
    """A key that sorts as `locale`'s alphabet does."""
    key: bytes = _collator(locale).getSortKey(text)
    return key


def sorted_by(items: Iterable[Item], text: Callable[[Item], str], locale: str) -> list[Item]:
    """`items` in the alphabetical order of `text(item)` in `locale`."""
    return sorted(items, key=lambda item: sort_key(text(item), locale))


# Letters that Unicode does not take apart into a letter and a mark.
_LETTERS = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O", "ı": "i", "ß": "ss"})


def folded(text: str) -> str:
    """Without accents, in lower case: what people type when they look for a name."""
    apart = unicodedata.normalize("NFD", text.translate(_LETTERS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).lower()
