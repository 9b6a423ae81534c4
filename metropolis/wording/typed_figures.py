"""Finds numbers typed in prose that data/ has: a macro writes them consistently and follows their
changes. A small number can mean many things. It is recognised as a figure of the data only if the
text shows it: by its decimals, its scale or percent sign, its unit, or the noun that it counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.data.records import Records
from metropolis.language.quantity import Quantity
from metropolis.language.reading import has_digit, read_quantities
from metropolis.wording.finding import Finding, found
from metropolis.wording.words import find_words

_FOLLOWING = 4  # words in which the noun of a figure is searched
_SMALLEST = 20
_NEAR = 150  # characters around a percentage in which words of its figure's name are searched
# What follows says more of what a figure counts: "leaders each year", "villes dont les idées …".
_MORE = re.compile(r"\s(?:dont|qui|que|whose|who|that|which|cuy[oa]s?|each|chaque|cada)\s")

# There are years and days of everything: "35 years of experience" needs its last word.
_SPANS = "années mois jours heures years months days hours años meses días horas"


@dataclass(frozen=True)
class _Figure:
    """`nouns` are the stems, by locale, of the words for what it counts, `names` those of its name;
    `is_plain`: it is recognised only by its nouns."""

    call: str
    kind: str
    value: Decimal
    nouns: Mapping[str, frozenset[str]]
    names: Mapping[str, frozenset[str]]
    is_plain: bool

    def is_meant(self, following: frozenset[str], around: frozenset[str], locale: str) -> bool:
        """Whether the words behind a number of the same value, and those around it, show that it is
        this figure."""
        if self.kind == "percentage":  # there are percentages of everything
            name = self.names[locale]
            return len(name & around) >= (2 if len(name) > 2 else 1)
        is_named = self.value > _SMALLEST and bool(self.nouns[locale] & following)
        return is_named or not self.is_plain


class TypedFigures:
    """The figures of the data, prepared for the search. Created once for a check."""

    def __init__(self, records: Records, locales: Iterable[str]) -> None:
        self.locales = list(locales)
        figures = [*self._key_figures(records), *self._indicators(records)]
        self.by_value: dict[tuple[str, Decimal], list[_Figure]] = {}
        for figure in figures:
            self.by_value.setdefault((figure.kind, figure.value), []).append(figure)

    def _key_figures(self, records: Records) -> Iterator[_Figure]:
        for figure in records.key_figures.values():
            value = Decimal(str(records.figure_value(figure))).normalize()
            kind = "percentage" if figure.unit == "percent" else "number"
            is_plain = kind == "number" and figure.scale is None and value % 1 == 0
            call = f'{{{{ figure("{figure.id}") }}}}'
            names = {one: _stems(figure.label[one], one) for one in self.locales}
            nouns = {
                one: _stems(_MORE.split(figure.label[one])[0], one) - _stems(_SPANS, one)
                or names[one]
                for one in self.locales
            }
            yield _Figure(call, kind, value, nouns, names, is_plain)

    def _indicators(self, records: Records) -> Iterator[_Figure]:
        for indicator in records.indicators.values():
            value = Decimal(str(indicator.value)).normalize()
            kind = "percentage" if indicator.unit == "percent" else "number"
            unit = records.units[indicator.unit]
            nouns = {
                locale: frozenset(
                    word.stem
                    for word in find_words(f"{unit.symbol[locale]} {unit.name[locale]}", locale)
                )
                for locale in self.locales
            }
            is_plain = kind == "number" and value % 1 == 0
            names = {one: _stems(indicator.name[one], one) for one in self.locales}
            call = f'{{{{ indicator("{indicator.id}") }}}}'
            yield _Figure(call, kind, value, nouns, names, is_plain)

    def call_for(
        self, quantity: Quantity, following: frozenset[str], around: frozenset[str], locale: str
    ) -> str:
        """The call that writes `quantity`; "" if the data do not have it."""
        if not isinstance(quantity.value, Decimal) or quantity.form != "digits":
            return ""
        told = [
            figure
            for figure in self.by_value.get((quantity.kind, quantity.value), ())
            if figure.is_meant(following, around, locale)
        ]
        # Two figures may have one value: the words show which one is meant.
        best = max(told, key=lambda figure: len(figure.nouns[locale] & following), default=None)
        return best.call if best else ""


def _stems(text: str, locale: str) -> frozenset[str]:
    """The stems of the words of four letters and more: `membres`, `espaces métropolitains`."""
    return frozenset(word.stem for word in find_words(text, locale) if len(word.text) > 3)


def find_typed_figures(
    page: Page, passages: Iterable[Passage], figures: TypedFigures
) -> list[Finding]:
    """Numbers of `page` that a macro should write."""
    findings: list[Finding] = []
    for passage in passages:
        if passage.locale not in figures.locales or not has_digit(passage.text):
            continue
        for quantity in read_quantities(passage.text, passage.locale):
            if (quantity.kind, quantity.value) not in figures.by_value:
                continue
            words = passage.text[quantity.start : quantity.end]
            rest = find_words(
                passage.text[quantity.end : quantity.end + 80], passage.locale, _FOLLOWING
            )
            near = passage.text[max(0, quantity.start - _NEAR) : quantity.end + _NEAR]
            around = _stems(near, passage.locale)
            following = frozenset(word.stem for word in rest)
            call = figures.call_for(quantity, following, around, passage.locale)
            if call and passage.kind in ("title", "description"):
                continue  # the header holds words only
            if call:
                start = passage.start + quantity.start
                what = f"“{words}” is in the data."
                findings.append(
                    found("typed-figure", page, start, words, what, how=f"Write {call}.")
                )
    return findings
