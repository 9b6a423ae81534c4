"""Small numbers in words, by ICU's rules: how a sentence may write `5` or `21`."""

from __future__ import annotations

from functools import cache

import icu


@cache
def spelled_out(number: int, locale: str) -> frozenset[str]:
    """The ways to write a whole number in words, in lower case, without ordinals."""
    rules = icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(locale))
    names = [rules.getRuleSetName(index) for index in range(rules.getNumberOfRuleSetNames())]
    found = set()
    for name in names:
        if "ordinal" not in name and "year" not in name:
            rules.setDefaultRuleSet(name)
            found.add(str(rules.format(number)).lower())
    return frozenset(found)
