"""Checks that translations have the figures of their source, passage by passage, in any format.
Words and signs differ between languages; quantities do not. A number in digits must be on both
sides. A number in words may be left out (`both cities`), but not changed. Only what is certain is
an error: what rests on words, or on passages that do not pair one by one, is advice and says so."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Set
from itertools import groupby
from typing import TypeVar

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.quantity import Quantity
from metropolis.language.writing import in_locale
from metropolis.problem import Severity
from metropolis.wording.figure_doubts import (
    are_in_words,
    doubt_of_change,
    doubt_of_one_side,
    is_part_in_link,
)
from metropolis.wording.figure_pairs import FigurePair, pair_figures
from metropolis.wording.finding import Finding, found
from metropolis.wording.foreign_formats import find_copied_formats
from metropolis.wording.mentions import Mention

# Reports per section; further differences are only counted.
_MOST_REPORTED = 50
_MANY = 4  # figures of one passage that only one language has: one report
_SHOWN = 3  # of many


def find_figure_differences(
    page: Page, source: Page, passages: Iterable[Passage], source_passages: Iterable[Passage]
) -> list[Finding]:
    """Quantities that only one side has, reported on the translation's line."""
    findings: list[Finding] = []
    for section in pair_figures(page, source, passages, source_passages):
        more = sum(pair.cut() for pair in section)
        reports = [one for pair in section for one in _report(page, source, pair)]
        findings += reports[:_MOST_REPORTED]
        more += len(reports[_MOST_REPORTED:])
        if more:
            what = f"In this section, {more:,} more figures are not those of {source.path}."
            first = section[0].own.passages[0]
            findings.append(found("figure", page, first.first, first.words, what))
        for pair in section:
            findings += find_copied_formats(page, pair.own, pair.other)
    return sorted(findings, key=lambda finding: finding.problem)


def _report(page: Page, source: Page, pair: FigurePair) -> Iterator[Finding]:
    twins = list(_twins(pair))
    changed = _once((mention, twin) for mention, twin in twins if twin)
    here, there = ({one[side].key for one in changed} for side in (0, 1))
    added = _once(
        (one,)
        for one, twin in twins
        if not twin and _is_certain(one, here) and not is_part_in_link(page, one)
    )
    certain = (one for one in pair.lost if _is_certain(one, there))
    lost = _once((one,) for one in certain if not is_part_in_link(source, one))
    copies = {one.words: one for one in pair.own.mentions}
    originals = {one.words: one for one in pair.other.mentions}
    changed += [(one, originals[one.words]) for (one,) in added if one.words in originals]
    changed += [(copies[one.words], one) for (one,) in lost if one.words in copies]
    for mention, twin in _once(changed):
        yield _changed(page, source, pair, mention, twin)
    for some in _by_passage(one for (one,) in added if one.words not in originals):
        is_elsewhere = any(pair.has_elsewhere(one, "other") for one in some)
        doubt = doubt_of_one_side(pair, page, some[0])
        yield _added(page, source, some, is_elsewhere, doubt)
    for some in _by_passage(one for (one,) in lost if one.words not in copies):
        is_elsewhere = any(pair.has_elsewhere(one, "own") for one in some)
        doubt = doubt_of_one_side(pair, source, some[0])
        where = _nearest(pair, some[0])
        yield _missing(page, source, where, some, is_elsewhere, doubt)


def _is_certain(mention: Mention, keys: Set[tuple[str, object]]) -> bool:
    """Whether it is in digits, and not one of those that are reported already."""
    return mention.quantity.form == "digits" and mention.key not in keys


Some = TypeVar("Some", bound=tuple[Mention, ...])


def _once(mentions: Iterable[Some]) -> list[Some]:
    """The first of those with the same key."""
    found: dict[tuple[str, object], Some] = {}
    for some in mentions:
        found.setdefault(some[0].key, some)
    return list(found.values())


def _by_passage(mentions: Iterable[Mention]) -> Iterator[list[Mention]]:
    """The mentions one by one; those of a passage that has many, together."""
    for _, group in groupby(mentions, lambda mention: mention.passage.start):
        some = list(group)
        yield from [some] if len(some) >= _MANY else ([one] for one in some)


def _quoted(mentions: list[Mention]) -> str:
    shown = ", ".join(f"“{one.words}”" for one in mentions[:_SHOWN])
    return f"{shown} and {len(mentions) - _SHOWN} more" if len(mentions) > _SHOWN else shown


def _added(
    page: Page, source: Page, mentions: list[Mention], is_elsewhere: bool, doubt: str
) -> Finding:
    first, verb, them = mentions[0], "is", "it"
    if len(mentions) > 1:
        verb, them = "are", "them"
    what = f"{_quoted(mentions)} {verb} not in {source.path}."
    if is_elsewhere:
        what = f"{_quoted(mentions)} {verb} not in this passage of {source.path}, only in another."
    how = f"Remove {them}, or add {them} there."
    return _found(page, first.start, first.words, what, doubt, how, is_elsewhere)


def _missing(
    page: Page,
    source: Page,
    where: Passage,
    mentions: list[Mention],
    is_elsewhere: bool,
    doubt: str,
) -> Finding:
    first = mentions[0]
    place = f"({source.path}, line {source.text.place(first.start)[0]})"
    verb, how = ("is", _remedy(first, page.locale))
    if len(mentions) > 1:
        verb, how = "are", "Say the same here"
    what = f"{_quoted(mentions)} {place} {verb} missing here."
    if is_elsewhere:
        what = f"{_quoted(mentions)} {place} {verb} not in this passage, only in another."
    return _found(page, where.first, first.words, what, doubt, f"{how}.", is_elsewhere)


def _found(
    page: Page, start: int, words: str, what: str, doubt: str, how: str, is_advice: bool = False
) -> Finding:
    strength: Severity = "advice" if doubt or is_advice else "error"
    what = f"{what} {doubt}".rstrip()
    return found("figure", page, start, words, what, how=how, severity=strength)


def _twins(pair: FigurePair) -> Iterator[tuple[Mention, Mention | None]]:
    """The quantities that only the translation has, each with the source's quantity that it
    replaces, if any."""
    free = [*pair.lost, *_surplus(pair)]
    chosen: dict[int, Mention] = {}
    for mention in pair.extra:
        twin = next((one for one in free if one.words == mention.words), None)
        if twin:  # the same signs, which are another number in the other language's format
            free.remove(twin)
            chosen[id(mention)] = twin
    for is_twin in (_has_same_value, _has_same_kind, _is_number_too):
        for mention in pair.extra:
            if id(mention) not in chosen:
                twin = next((one for one in free if _may_be(pair, mention, one, is_twin)), None)
                if twin:
                    free.remove(twin)
                    chosen[id(mention)] = twin
    for mention in pair.extra:
        if mention.quantity.form != "hint":
            yield mention, chosen.get(id(mention))


def _surplus(pair: FigurePair) -> list[Mention]:
    """Numbers in words that the source has more often: one of them may have been changed."""
    own = Counter(mention.key for mention in pair.own.mentions)
    lost = {mention.key for mention in pair.lost}
    spare: list[Mention] = []
    for mention in pair.other.mentions:
        own[mention.key] -= 1
        if mention.quantity.form == "words" and mention.key not in lost and own[mention.key] < 0:
            spare.append(mention)
    return spare


def _may_be(
    pair: FigurePair, mention: Mention, twin: Mention, is_twin: Callable[[Quantity, Quantity], bool]
) -> bool:
    """Whether one may replace the other. In a whole section, numbers in words may count different
    things."""
    is_possible = is_twin(mention.quantity, twin.quantity) and pair.may_replace(mention, twin)
    return is_possible and not (pair.is_section and are_in_words(mention, twin))


def _has_same_value(one: Quantity, other: Quantity) -> bool:
    """Whether the values are equal and only the units differ."""
    return one.value == other.value and "hint" not in (one.form, other.form)


def _has_same_kind(one: Quantity, other: Quantity) -> bool:
    return _is_number_too(one, other) and one.form == other.form


def _is_number_too(one: Quantity, other: Quantity) -> bool:
    """Whether both are numbers, in digits or in words, or both names with digits."""
    is_kind = one.kind == other.kind and "hint" not in (one.form, other.form)
    return is_kind and (one.kind != "name" or _letters(one) == _letters(other))


def _letters(name: Quantity) -> str:
    return re.sub(r"\d+", "0", str(name.value))


def _changed(
    page: Page, source: Page, pair: FigurePair, mention: Mention, twin: Mention
) -> Finding:
    line = source.text.place(twin.start)[0]
    is_unit = mention.quantity.value == twin.quantity.value
    mine, theirs = (mention.full_words, twin.full_words) if is_unit else (mention.words, twin.words)
    what = f"“{mine}” is “{theirs}” in {source.path}, line {line}."
    if mine == theirs:
        what = f"“{mine}” is another number in this language than in {source.path}, line {line}."
    is_other_unit = is_unit and mention.quantity.unit and twin.quantity.unit
    how = "Say the same here" if is_other_unit else _remedy(twin, page.locale)
    how += ", or fix the source."
    doubt = doubt_of_change(pair, page, mention, twin) if mine != theirs else ""
    return _found(page, mention.start, mine, what, doubt, how)


def _nearest(pair: FigurePair, mention: Mention) -> Passage:
    """The place for a missing figure: the passage that shares most with the source's."""
    own, other = pair.own, pair.other
    if len(own.passages) == len(other.passages):
        return own.passages[other.passages.index(mention.passage)]
    theirs = other.landmarks[other.passages.index(mention.passage)]
    shared = [len(theirs & mine) for mine in own.landmarks]
    if any(shared):
        return own.passages[shared.index(max(shared))]
    return next((one for one in own.passages if one.kind == "heading"), own.passages[0])


def _remedy(mention: Mention, locale: str) -> str:
    """What to write, if the language's form is certain."""
    if mention.quantity.form != "digits" or mention.quantity.kind == "time":
        return "Say the same here"
    return f"Write “{in_locale(mention.quantity, mention.words, locale)}”"
