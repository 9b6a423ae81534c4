"""Checks that translations have the figures of their source, passage by passage, in any format.
Words and signs differ between languages; quantities do not. A number in digits must be on both
sides. A number in words may be left out (`both cities`), but not changed. Only what is certain is
an error: what rests on words, or on passages that do not pair one by one, is advice and says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.number_words import PLAIN
from metropolis.problem import Severity
from metropolis.wording.figure_changes import (
    MOST_SHOWN,
    find_twins,
    is_told,
    may_be_grouped,
    misread,
    remedy,
    shifted_ranges,
)
from metropolis.wording.figure_doubts import (
    doubt_of_change,
    doubt_of_one_side,
    has_foreign_marks,
    is_an_article,
    is_in_code,
    is_in_lost_image,
    is_in_name,
    is_part_in_link,
)
from metropolis.wording.figure_names import find_changed_names
from metropolis.wording.figure_order import find_turned_ranges
from metropolis.wording.figure_pairs import FigurePair, Side, pair_figures
from metropolis.wording.figure_signs import find_lost_signs
from metropolis.wording.finding import Finding, found
from metropolis.wording.foreign_formats import find_copied_formats
from metropolis.wording.mentions import Mention

# Reports per section; further differences are only counted.
_MOST_REPORTED = 50
_MOST_TOLD = 2  # changes in one line
_ISO = re.compile(r"\d{4}-\d\d-\d\d")


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
            findings += find_lost_signs(page, source, pair)
            findings += find_turned_ranges(page, source, pair)
            findings += find_changed_names(page, source, pair)
    return sorted(findings, key=lambda finding: finding.problem)


def _report(page: Page, source: Page, pair: FigurePair) -> Iterator[Finding]:
    twins = list(find_twins(pair))
    changed = [(mention, twin) for mention, twin in twins if twin]
    added = [one for one, twin in twins if not twin and not is_part_in_link(page, one)]
    lost = [one for one in pair.lost if not is_part_in_link(source, one)]
    changed += misread(added, pair.other.mentions)
    changed += [(mine, one) for one, mine in misread(lost, pair.own.mentions)]
    changed = list({change[0].key: change for change in reversed(changed)}.values())[::-1]
    changed = [
        (one, twin)
        for one, twin in changed
        if not (one.full_words == twin.full_words and one.full_words.isdigit())
    ]
    yield from _few(
        _changed(page, source, pair, mention, twin)
        for mention, twin in changed
        if not has_foreign_marks(page, mention, source, twin)
        and not (twin.quantity.form == "words" and is_an_article(mention, pair.other))
    )
    added = [one for one in added if not is_told(one, changed, 0)]
    lost = [one for one in lost if not is_told(one, changed, 1)]
    theirs = list(_by_passage(pair, source, page, lost, "own"))
    for mine in _by_passage(pair, page, source, added, "other"):
        replaced = next((one for one in theirs if mine.may_replace(one, pair)), None)
        if replaced:
            theirs.remove(replaced)
        yield _added(page, source, mine, replaced)
    for some in theirs:
        yield _missing(page, source, _nearest(pair, some.first), some)


def _few(findings: Iterable[Finding]) -> Iterator[Finding]:
    """Of many changes in one line, each as sure as the others, the first with their number: an
    example that a translator has replaced."""
    by_line: dict[tuple[int, Severity], list[Finding]] = {}
    for one in findings:
        by_line.setdefault((one.problem.line, one.problem.severity), []).append(one)
    for some in by_line.values():
        if len(some) <= _MOST_TOLD:
            yield from some
        else:
            first = some[0].problem
            what = f"{first.what} {len(some) - 1} more figures of this line differ."
            yield replace(some[0], problem=replace(first, what=what))


@dataclass(frozen=True)
class _Lone:
    """The figures of a passage that only one page has, whether the other page has them in another
    passage, and why this may be right."""

    mentions: list[Mention]
    is_elsewhere: bool
    doubt: str

    @property
    def first(self) -> Mention:
        return self.mentions[0]

    def may_replace(self, other: _Lone, pair: FigurePair) -> bool:
        """Whether these stand where the source has those of `other`."""
        is_alike = (self.is_elsewhere, self.doubt) == (other.is_elsewhere, other.doubt)
        is_certain = is_alike and not self.is_elsewhere
        return is_certain and pair.are_paired(self.first.passage, other.first.passage)

    @property
    def whole(self) -> _Lone:
        """With their units."""
        return replace(self, mentions=[replace(one, words=one.full_words) for one in self.mentions])

    def __str__(self) -> str:
        """As they are shown, with the verb."""
        shown = ", ".join(f"“{one.words}”" for one in self.mentions[:MOST_SHOWN])
        more = len(self.mentions) - MOST_SHOWN
        shown += f" and {more} more" if more > 0 else ""
        return f"{shown} {'are' if len(self.mentions) > 1 else 'is'}"


def _by_passage(
    pair: FigurePair, page: Page, other: Page, mentions: list[Mention], side: Side
) -> Iterator[_Lone]:
    """The figures that `page` alone has; the `other` is that `side` of the pair. A number that it
    has too is shown with its unit."""
    passages = pair.own if side == "own" else pair.other
    words = {one.words for one in passages.mentions}
    once: dict[tuple[str, object], Mention] = {}
    for one in mentions:
        if not (is_in_code(one, other, passages) or is_in_lost_image(page, one, other, passages)):
            shown = one.full_words if any(one.words in word for word in words) else one.words
            once.setdefault(one.key, replace(one, words=shown))
    groups: dict[tuple[int, bool, str], list[Mention]] = {}
    for one in once.values():
        is_elsewhere = pair.has_elsewhere(one, side)
        is_said = is_elsewhere and is_in_name(page, one, other)
        if not (is_said or is_an_article(one, passages)):
            doubt = doubt_of_one_side(pair, page, one)
            groups.setdefault((one.passage.start, is_elsewhere, doubt), []).append(one)
    for start, _, doubt in [key for key in groups if key[1] and side == "own"]:
        if (start, False, doubt) in groups:  # the others of a series, some of which are gone
            some = groups[start, False, doubt] + groups.pop((start, True, doubt))
            groups[start, False, doubt] = sorted(some, key=lambda one: one.start)
    for (_, is_elsewhere, doubt), some in groups.items():
        yield _Lone(some, is_elsewhere, doubt)


def _added(page: Page, source: Page, some: _Lone, replaced: _Lone | None) -> Finding:
    them = "them" if len(some.mentions) > 1 else "it"
    what = f"{some} not in {source.path}."
    how = f"Remove {them}, or add {them} there."
    if replaced:
        line = source.text.place(replaced.first.start)[0]
        what = f"{some.whole} not in {source.path}, line {line}, but {replaced.whole}."
        how = "Say the same here, or fix the source."
    elif some.is_elsewhere:
        what = f"{some} not in this passage of {source.path}, only in another."
    start, words = some.first.start, some.first.words
    return _found(page, start, words, what, some.doubt, how, some.is_elsewhere)


def _missing(page: Page, source: Page, where: Passage, some: _Lone) -> Finding:
    shown, verb = str(some).rsplit(" ", 1)
    place = f"({source.path}, line {source.text.place(some.first.start)[0]})"
    how = f"{remedy(some.mentions, page.locale)}."
    what = f"{shown} {place} {verb} missing here."
    if some.is_elsewhere:
        what = f"{shown} {place} {verb} not in this passage, only in another."
    return _found(page, where.first, some.first.words, what, some.doubt, how, some.is_elsewhere)


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
    ranges = shifted_ranges(mention, twin)
    mine, theirs = ranges or (mine, theirs)
    what = f"“{mine}” is “{theirs}” in {source.path}, line {line}."
    if PLAIN.intersection((mine.lower(), theirs.lower())):
        what = f"“{mine}” is not in {source.path}, line {line}, but “{theirs}” is."
    if mine == theirs:
        what = f"“{mine}” is another number in this language than in {source.path}, line {line}."
    is_other_unit = is_unit and mention.quantity.unit and twin.quantity.unit
    is_iso = _ISO.fullmatch(mine) and _ISO.fullmatch(theirs)
    how = "Say the same here" if is_other_unit or ranges else remedy([twin], page.locale)
    how = f"Write “{theirs}”" if is_iso else how
    how += ", or fix the source."
    if may_be_grouped(mention, twin) and (mine != theirs or f"“{mine}”" in how):
        if mine != theirs:
            what = f"“{mine}” is another number than “{theirs}” in {source.path}, line {line}."
        how = "Write each with the signs for decimals and thousands of its language."
    doubt = doubt_of_change(pair, page, mention, twin) if mine != theirs else ""
    return _found(page, mention.start, mine, what, doubt, how)


def _nearest(pair: FigurePair, mention: Mention) -> Passage:
    """The place for a missing figure: its passage's counterpart, or the one that shares most."""
    own, other = pair.own, pair.other
    theirs = other.landmarks[other.passages.index(mention.passage)]
    shared = {
        one: len(theirs & mine) for one, mine in zip(own.passages, own.landmarks, strict=True)
    }
    near = [one for one in own.passages if pair.are_paired(one, mention.passage)]
    heading = next((one for one in own.passages if one.kind == "heading"), own.passages[0])
    return max(near or [heading, *own.passages], key=lambda one: shared[one])
