"""The words of numbers in each language: the reverse of ICU's spelling, and what it has no rule
for: collective numbers (`douzaine`), plurals (`thousands`) and common fractions (`tiers`)."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache, lru_cache
from itertools import product
from typing import Literal

import icu

from metropolis.language.cldr import is_language
from metropolis.language.collation import folded

# `small`: below one thousand; `scale`: multipliers, from one thousand on.
Kind = Literal["small", "scale", "ordinal", "fraction"]
Words = tuple[str, ...]

WORD = re.compile(r"[^\W\d_]+")
# What ICU has no rule for, without accents: collective numbers and plurals.
_SMALL = {
    "fr": {
        "huitaine": 8, "dizaine": 10, "dizaines": 10, "douzaine": 12, "douzaines": 12,
        "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50,
        "soixantaine": 60, "centaine": 100, "centaines": 100, "septante": 70, "nonante": 90,
        "quatre vingt": 80,
    },
    "en": {
        "tens": 10, "dozen": 12, "dozens": 12, "score": 20, "hundreds": 100, "eleven hundred": 1100,
        "twelve hundred": 1200, "thirteen hundred": 1300, "fourteen hundred": 1400,
        "fifteen hundred": 1500, "sixteen hundred": 1600, "seventeen hundred": 1700,
        "eighteen hundred": 1800, "nineteen hundred": 1900,
    },
    "es": {
        "decena": 10, "decenas": 10, "docena": 12, "docenas": 12, "quincena": 15, "veintena": 20,
        "treintena": 30, "cuarentena": 40, "cincuentena": 50, "centena": 100, "centenar": 100,
        "centenares": 100, "cientos": 100,
    },
    "pt": {"dezena": 10, "dezenas": 10, "duzia": 12, "centena": 100, "centenas": 100},
}  # fmt: skip
_SCALE = {
    "fr": {"millier": 3, "milliers": 3},
    "en": {"thousands": 3, "millions": 6, "billions": 9, "trillions": 12},
    "es": {"miles": 3, "millar": 3, "millares": 3, "millardo": 9, "millardos": 9},
    "pt": {"milhar": 3, "milhares": 3},
}
_FRACTION = {
    "fr": {"demi": 2, "demie": 2, "moitie": 2, "tiers": 3, "quart": 4, "quarts": 4,
           "milliemes": 1000},
    "en": {"half": 2, "halves": 2, "quarter": 4, "quarters": 4, "hundredths": 100,
           "thousandths": 1000},
    "es": {
        "medio": 2, "media": 2, "mitad": 2, "tercio": 3, "tercios": 3, "cuarto": 4, "cuartos": 4,
        "quinto": 5, "quintos": 5, "decimo": 10, "decimos": 10, "decimas": 10,
        "centesimos": 100, "centesimas": 100, "milesimos": 1000, "milesimas": 1000,
    },
    "pt": {"meio": 2, "meia": 2, "metade": 2, "terco": 3, "tercos": 3, "quarto": 4, "quartos": 4},
}  # fmt: skip
_ORDINAL = {"fr": {"second": 2, "seconde": 2}}
_PARTS = ("parte", "partes")
# Between a hundred or a scale and a smaller number: "one hundred and two".
AND = {"en": "and", "fr": "et", "es": "y", "pt": "e"}


@lru_cache(maxsize=50_000)  # words of a text repeat
def fold(text: str) -> str:
    """In lower case without accents; ICU puts soft hyphens in long words."""
    return folded(text.replace("\u00ad", ""))


@cache
def read_vocabulary(language: str) -> dict[Words, tuple[Kind, Decimal]]:
    """The words of numbers below one hundred, of hundreds, scales and ordinals."""
    found: dict[Words, tuple[Kind, Decimal]] = {}
    fractions: dict[Words, tuple[Kind, Decimal]] = {}
    if not is_language(language):
        return found
    for number in range(100, 0, -1):
        for words in _spelled(number, language, "ordinal"):
            found[words] = ("ordinal", Decimal(number))
            if language in ("fr", "en") and number > 2 and words[-1][-1] != "s":
                # An ordinal in the plural: "trois cinquièmes", "four fifths".
                fractions[(*words[:-1], f"{words[-1]}s")] = ("fraction", Decimal(number))
            if language in ("es", "pt"):  # "tercera parte", "tres cuartas partes"
                fractions |= {(*words, part): ("fraction", Decimal(number)) for part in _PARTS}
    found |= fractions
    for number in range(100):
        for words in _spelled(number, language, "cardinal"):
            found[words] = ("small", Decimal(number))
    _add_hundreds(found, language)
    _add_scales(found, language)
    for kind, table in (("small", _SMALL), ("fraction", _FRACTION), ("ordinal", _ORDINAL)):
        for word, value in table.get(language, {}).items():
            found[tuple(word.split())] = (kind, Decimal(value))  # type: ignore[assignment]
    for word, power in _SCALE.get(language, {}).items():
        found[(word,)] = ("scale", Decimal(10**power))
    return found


def _spelled(number: int, language: str, kind: str) -> set[Words]:
    rules = _rules(language)
    names = [rules.getRuleSetName(index) for index in range(rules.getNumberOfRuleSetNames())]
    found = set()
    for name in names:
        if ("ordinal" in name) == (kind == "ordinal") and "year" not in name:
            rules.setDefaultRuleSet(name)
            found.add(tuple(WORD.findall(fold(str(rules.format(number))))))
    return found - {()}


@cache
def _rules(language: str) -> icu.RuleBasedNumberFormat:
    return icu.RuleBasedNumberFormat(icu.URBNFRuleSetTag.SPELLOUT, icu.Locale(language))


def _add_hundreds(found: dict[Words, tuple[Kind, Decimal]], language: str) -> None:
    """Hundreds alone and before a smaller number: `cien`, `ciento` from `ciento dos`."""
    one, two = _spelled(1, language, "cardinal"), _spelled(2, language, "cardinal")
    for hundred in range(100, 1000, 100):
        forms = _spelled(hundred, language, "cardinal") | {
            whole[: -len(last)]
            for whole, last in product(_spelled(hundred + 2, language, "cardinal"), two)
            if whole[-len(last) :] == last
        }
        for words in forms:
            bare = words[:-1] if words[-1] == AND.get(language) else words
            for form in {bare, bare[1:] if bare[:1] in one and len(bare) > 1 else bare}:
                found[form] = ("small", Decimal(hundred))


def _add_scales(found: dict[Words, tuple[Kind, Decimal]], language: str) -> None:
    for power, number in product((3, 6, 9, 12), (1, 2)):
        counts = _spelled(number, language, "cardinal")
        for words in _spelled(number * 10**power, language, "cardinal"):
            bare = words[1:] if words[:1] in counts else words
            if len(bare) == 1:
                found[bare] = ("scale", Decimal(10**power))
