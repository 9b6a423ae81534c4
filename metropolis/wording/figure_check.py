"""Checks that translations have the figures of their source, passage by passage, in any format.
Words and signs differ between languages; quantities do not. A number in digits must be on both
sides. A number in words may be left out (`both cities`), but not changed. Only what is certain is
an error: what rests on words, or on passages that do not pair one by one, is advice and says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby, pairwise

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.number_words import PLAIN
from metropolis.language.writing import in_locale
from metropolis.problem import Severity
from metropolis.wording.figure_changes import find_twins, is_told, misread
from metropolis.wording.figure_doubts import (
    doubt_of_change,
    doubt_of_one_side,
    has_foreign_marks,
    is_in_code,
    is_in_name,
    is_part_in_link,
)
from metropolis.wording.figure_pairs import FigurePair, Side, pair_figures
from metropolis.wording.finding import Finding, found
from metropolis.wording.foreign_formats import find_copied_formats
from metropolis.wording.mentions import Mention

# Reports per section; further differences are only counted.
_MOST_REPORTED = 50
_MANY = 4  # figures of one passage that only one language has: one report
# Characters between those that are one range or product. What is lost has a remedy each.
_NEAR = 4
_SHOWN = 3  # of many
_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_VERSION = re.compile(r"\d{1,2}\.\d{1,2}")


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
    twins = list(find_twins(pair))
    changed = [(mention, twin) for mention, twin in twins if twin]
    added = [one for one, twin in twins if not twin and not is_part_in_link(page, one)]
    lost = [one for one in pair.lost if not is_part_in_link(source, one)]
    changed += misread(added, pair.other.mentions)
    changed += [(mine, one) for one, mine in misread(lost, pair.own.mentions)]
    changed = list({change[0].key: change for change in reversed(changed)}.values())[::-1]
    for mention, twin in changed:
        if not has_foreign_marks(page, mention, source, twin):
            yield _changed(page, source, pair, mention, twin)
    added = [one for one in added if not is_told(one, changed, 0)]
    for some, is_elsewhere, doubt in _lone(pair, page, source, added, "other"):
        yield _added(page, source, some, is_elsewhere, doubt)
    lost = [one for one in lost if not is_told(one, changed, 1)]
    for some, is_elsewhere, doubt in _lone(pair, source, page, lost, "own"):
        yield _missing(page, source, _nearest(pair, some[0]), some, is_elsewhere, doubt)


def _lone(
    pair: FigurePair, page: Page, other: Page, mentions: list[Mention], side: Side
) -> Iterator[tuple[list[Mention], bool, str]]:
    """The figures that `page` alone has, whether the `other`, which is that `side` of the pair, has
    them in another passage, and why this may be right. A number that it has too is shown with its
    unit."""
    passages = pair.own if side == "own" else pair.other
    words = {one.words for one in passages.mentions}
    mentions = [one for one in mentions if not is_in_code(one, other, passages)]
    shown = (replace(one, words=one.full_words) if one.words in words else one for one in mentions)
    for some in _by_passage(shown, _NEAR if side == "other" else 1):
        is_elsewhere = any(pair.has_elsewhere(one, side) for one in some)
        if not (is_elsewhere and is_in_name(page, some[0], other)):
            yield some, is_elsewhere, doubt_of_one_side(pair, page, some[0])


def _by_passage(mentions: Iterable[Mention], near: int) -> Iterator[list[Mention]]:
    """Those with the same key once; together those of a passage that have no more than `near`
    characters between them, as both ends of a range, or are many."""
    once: dict[tuple[str, object], Mention] = {}
    for mention in mentions:
        once.setdefault(mention.key, mention)
    for _, group in groupby(once.values(), lambda mention: mention.passage.start):
        some = list(group)
        groups = [some[:1]]
        for one, following in pairwise(some):
            is_near = following.start - one.start - len(one.words) <= near
            groups += [] if is_near or len(some) >= _MANY else [[]]
            groups[-1].append(following)
        yield from groups


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


def _changed(
    page: Page, source: Page, pair: FigurePair, mention: Mention, twin: Mention
) -> Finding:
    line = source.text.place(twin.start)[0]
    is_unit = mention.quantity.value == twin.quantity.value
    is_whole = is_unit or mention.quantity.kind != twin.quantity.kind
    mine, theirs = ((one.full_words if is_whole else one.words) for one in (mention, twin))
    what = f"“{mine}” is “{theirs}” in {source.path}, line {line}."
    if PLAIN.intersection((mine.lower(), theirs.lower())):
        what = f"“{mine}” is not in {source.path}, line {line}, but “{theirs}” is."
    if mine == theirs:
        what = f"“{mine}” is another number in this language than in {source.path}, line {line}."
    is_other_unit = is_unit and mention.quantity.unit and twin.quantity.unit
    is_iso = _ISO.fullmatch(mine) and _ISO.fullmatch(theirs)
    how = "Say the same here" if is_other_unit else _remedy(twin, page.locale)
    how = f"Write “{theirs}”" if is_iso else how
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
    one, words = mention.quantity, mention.words
    has_unit = one.unit and not words[-1].isdigit()
    right = in_locale(one, words, locale)
    is_version = right != words and not one.unit and _VERSION.fullmatch(words)
    if one.form != "digits" or one.kind == "time" or has_unit or is_version:
        return "Say the same here"
    return f"Write “{right}”"
