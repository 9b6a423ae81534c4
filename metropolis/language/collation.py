"""Sorting by each language's alphabet: accents and case weigh last, and Spanish puts ñ after n.

ICU's collator (the library behind browsers and systems) knows every language's rules; a table of our own would not.
"""

from __future__ import annotations

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
