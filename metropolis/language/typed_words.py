"""A text as the words that people type to find it."""

from __future__ import annotations

import re

from metropolis.language.collation import folded

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae"})


def all_parts(text: str) -> list[str]:
    """Every run of letters and digits, without accents, ligatures and capitals."""
    return _WORD.findall(folded(text.translate(_LIGATURES)))


def split(text: str) -> list[str]:
    """The words of a text in the search index, as search-words.js splits; no letter alone."""
    return [word for word in all_parts(text) if len(word) > 1 or word.isdecimal()]
