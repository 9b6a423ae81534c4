"""The ISO code that somebody meant by another one (`UK`, `DEU`, `EN`), or by a name."""

from __future__ import annotations

from collections.abc import Callable, Collection
from difflib import get_close_matches

import icu

from metropolis.language.cldr import language_name, territory_name

_LONGEST = 100  # characters of a name


def country_meant(value: str, codes: Collection[str], locales: Collection[str]) -> str:
    """`GB` for `UK`, `DE (Germany)` for a name in one of the `locales`; or nothing."""
    if len(value) <= _LONGEST:
        code = str(icu.Locale.createCanonical(f"und_{value}").getCountry())
        return code if code in codes else _named(value, codes, territory_name, locales)
    return ""


def language_meant(value: str, codes: Collection[str], locales: Collection[str]) -> str:
    if len(value) <= _LONGEST:
        code = str(icu.Locale.createCanonical(value).getLanguage())
        return code if code in codes else _named(value, codes, language_name, locales)
    return ""


def _named(
    value: str, codes: Collection[str], name: Callable[[str, str], str], locales: Collection[str]
) -> str:
    every = dict.fromkeys(("en", *locales))
    by_name = {name(code, one).casefold(): code for one in every for code in sorted(codes)}
    found = get_close_matches(value.casefold(), by_name, n=1, cutoff=0.8)
    return f"{by_name[found[0]]} ({name(by_name[found[0]], 'en')})" if found else ""
