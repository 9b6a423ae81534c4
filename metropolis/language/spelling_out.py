"""Small numbers in words, by ICU's rules: what `5` or `21` may be written as in a sentence."""

from __future__ import annotations

from functools import cache

import icu


@cache
def spelled_out(number: int, locale: str) -> frozenset[str]:
    """The ways to write a whole number in words, in small letters; its ordinals are not among them."""
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(locale))
    names = [rules.getRuleSetName(index) for index in range(rules.getNumberOfRuleSetNames())]
    found = set()
    for name in names:
        if "ordinal" not in name and "year" not in name:
            rules.setDefaultRuleSet(name)
            found.add(str(rules.format(number)).lower())
    return frozenset(found)
