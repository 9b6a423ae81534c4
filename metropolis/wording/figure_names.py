"""Finds a month, a day of the week, a Roman number, a power of a unit, an ordinal or a share that
stands in the place of another one. A text may leave them out: only one for one is a change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

import icu

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.cldr import icu_locale, is_language
from metropolis.wording.figure_pairs import FigurePair
from metropolis.wording.finding import Finding, found
from metropolis.wording.mentions import Mention

_IDIOM = re.compile(r"[- ](?:name|part|hand|class|aid|person|rate)")  # "first name", "third-party"
_ROMAN = re.compile(
    r"(?<=[^\W\d_] )(?=[IVX]{1,5}(?!\w))(?:X{0,3})(?:IX|IV|V?I{0,3})(?!\w|\.\w|['’])"
)
_ROMAN_SIGN = re.compile(r" [IVX]")
_POWER = re.compile(r"(?<!\w)[cdkm]?m[²³](?!\w)|(?<=/)[cdkm]?m[23](?!\w)")
_EVEN_POWER = str.maketrans("²³", "23")

_BEFORE, _BEHIND = ("", "(", "*", "**"), ("", *",.;:!?)*", "’s", "**", "),", ").")

Named = tuple[str, str, int, str]  # the kind, the value, the place in the page, the words


def find_changed_names(page: Page, source: Page, pair: FigurePair) -> Iterator[Finding]:
    """For passages that surely pair: of each kind, the only one that one page lacks, if the other
    page has only one that is too many."""
    if pair.is_section or len(pair.own.passages) != 1 or len(pair.other.passages) != 1:
        return
    mine = list(_names_in(pair.own.passages[0], pair.own.mentions))
    theirs = list(_names_in(pair.other.passages[0], pair.other.mentions)) if mine else []
    for kind in dict.fromkeys(one[0] for one in mine):
        own, other = ([one for one in some if one[0] == kind] for some in (mine, theirs))
        extra, lost = _without(own, other), _without(other, own)
        if len(own) == len(other) and len(extra) == len(lost) == 1:
            yield _changed(page, source, extra[0][2:], lost[0][2:])
    for is_kind in (_is_ordinal, _is_share):
        some, others = ([one for one in side if is_kind(one)] for side in (pair.extra, pair.lost))
        # Those that no text leaves out are reported with the other figures.
        if len(some) == len(others) == 1 and "hint" in {one.quantity.form for one in some + others}:
            places = [(one.start, one.words) for one in (some[0], others[0])]
            yield _changed(page, source, *places)


def _changed(page: Page, source: Page, mine: tuple[int, str], theirs: tuple[int, str]) -> Finding:
    line = source.text.place(theirs[0])[0]
    what = f"“{mine[1]}” is “{theirs[1]}” in {source.path}, line {line}."
    how = "Say the same here, or fix the source."
    return found("figure", page, *mine, what, how=how, severity="advice")


def _is_ordinal(mention: Mention) -> bool:
    words = mention.next_words.removeprefix(mention.words)
    return (
        not _IDIOM.match(words)
        and mention.quantity.kind == "ordinal"
        and mention.quantity.form != "digits"
    )


def _is_share(mention: Mention) -> bool:
    one = mention.quantity
    is_part = isinstance(one.value, Decimal) and 0 < one.value < 1
    return one.kind == "number" and is_part and one.form != "digits"


def _without(some: list[Named], others: list[Named]) -> list[Named]:
    """Those whose value the others do not have, or not as often."""
    left = [value for _, value, _, _ in others]
    rest = []
    for one in some:
        if one[1] in left:
            left.remove(one[1])
        else:
            rest.append(one)
    return rest


def _names_in(passage: Passage, mentions: list[Mention]) -> Iterator[Named]:
    """Outside of quantities: the month of a date is compared with it."""
    text = passage.text
    taken = [
        range(one.start - passage.start, one.start - passage.start + len(one.full_words))
        for one in mentions
        if one.quantity.form != "hint"
    ]
    for kind, value, match in _all_names(text, passage.locale):
        if not any(match.start() in one for one in taken):
            yield kind, value, passage.start + match.start(), match[0]


def _all_names(text: str, locale: str) -> Iterator[tuple[str, str, re.Match[str]]]:
    pattern, values, likely = _calendar(locale)
    is_likely = not likely.isdisjoint(text.lower().split())  # fast to ask for
    for match in pattern.finditer(text) if is_likely else ():
        kind, number = values[match[0].lower()]
        yield kind, str(number), match
    for match in _ROMAN.finditer(text) if _ROMAN_SIGN.search(text) else ():
        if match[0]:
            yield "Roman number", match[0], match
    for match in _POWER.finditer(text):
        yield "power", match[0].translate(_EVEN_POWER), match


@cache
def _calendar(
    locale: str,
) -> tuple[re.Pattern[str], dict[str, tuple[str, int]], frozenset[str]]:
    """Finds the names of months and of days of the week in full, with their numbers, and all that a
    text with one has between spaces. English has capitals: "may" and "march" are verbs."""
    if not is_language(locale):
        return re.compile("$."), {}, frozenset()
    symbols, forms = icu.DateFormatSymbols(icu_locale(locale)), icu.DateFormatSymbols
    days = symbols.getWeekdays(forms.STANDALONE, forms.WIDE)
    values = {name.lower(): ("day", number) for number, name in enumerate(days) if name}
    months = symbols.getMonths(forms.STANDALONE, forms.WIDE)
    values |= {name.lower(): ("month", number) for number, name in enumerate(months, 1)}
    every = [name for name in (*days, *months) if name]
    names = sorted(map(re.escape, every), key=len, reverse=True)
    flags = re.IGNORECASE if locale != "en" else 0
    likely = (
        f"{before}{name}{behind}" for before in _BEFORE for name in values for behind in _BEHIND
    )
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)", flags)
    return pattern, values, frozenset(likely)
