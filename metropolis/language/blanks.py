"""The {blanks} and the plurals in the texts of data/strings.yml. A plural is written as ICU writes
it, with the categories of the language: `{n, plural, one {# member} other {# members}}`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from functools import cache

import icu

_BLANK = re.compile(r"\{([a-z][a-z_-]*)\}")
_CATEGORIES = {"zero", "one", "two", "few", "many", "other"}
_PLURAL = re.compile(r"\{[a-z]+, *plural,")
# Every category of every language has one of these numbers.
_SAMPLES = (1, 0, 2, 3, 5, 6, 11, 20, 21, 100, 1_000_000)


def fill(text: str, values: Mapping[str, object], locale: str) -> str:
    """`text` with all blanks filled in one pass: braces inside a value are not filled again."""
    if not _PLURAL.search(text):
        return _BLANK.sub(lambda blank: str(values.get(blank[1], blank[0])), text)
    given = [icu.Formattable(one if isinstance(one, int) else str(one)) for one in values.values()]
    return str(_message(text, locale).format(list(values), given))


@cache
def plural_json(text: str, locale: str) -> str:
    """For scripts: each plural category -> `text` in it, with {n} for the number."""
    if not _PLURAL.search(text):
        return json.dumps({"other": text}, ensure_ascii=False)
    message = _message(text.replace("#", "'{n}'"), locale)
    rules = icu.PluralRules.forLocale(icu.Locale(locale))
    samples = {str(rules.select(number)): number for number in reversed(_SAMPLES)}
    forms = {
        category: str(message.format(["n"], [icu.Formattable(number)]))
        for category, number in sorted(samples.items())
    }
    return json.dumps(forms, ensure_ascii=False)


def is_well_formed(text: str, locale: str) -> bool:
    """Whether its plurals, if it has any, can be read."""
    if not _PLURAL.search(text):
        return True
    try:
        _message(text, locale)
        pattern = icu.MessagePattern(text)
    except icu.ICUError:
        return False
    parts = map(pattern.getPart, range(pattern.countParts()))
    selector = icu.UMessagePatternPartType.ARG_SELECTOR
    # ICU accepts any word here, and never uses the text after a misspelt one.
    used = {pattern.getSubstring(part) for part in parts if part.getType() == selector}
    return used <= _CATEGORIES


def blanks(text: str) -> set[str]:
    """The names of the blanks of a well-formed text, those of its plurals among them."""
    if not _PLURAL.search(text):
        return set(_BLANK.findall(text))
    pattern = icu.MessagePattern(text)
    parts = map(pattern.getPart, range(pattern.countParts()))
    name = icu.UMessagePatternPartType.ARG_NAME
    return {pattern.getSubstring(part) for part in parts if part.getType() == name}


@cache
def _message(text: str, locale: str) -> icu.MessageFormat:
    return icu.MessageFormat(text, icu.Locale(locale))
