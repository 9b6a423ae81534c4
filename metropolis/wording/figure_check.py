"""Checks that translations have the figures of their source, passage by passage, in any format.
Words and signs differ between languages; quantities do not. A number in digits must be on both
sides. A number in words may be left out (`both cities`), but not changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from metropolis.content.page import Page
from metropolis.content.prose import Passage
from metropolis.language.quantity import Quantity, Reading
from metropolis.language.writing import in_locale
from metropolis.wording.finding import Finding, found
from metropolis.wording.foreign_formats import find_copied_formats
from metropolis.wording.mentions import Mention, Passages, gather_mentions, part_sections

# Reports per section; further differences are only counted.
_MOST_REPORTED = 50
_MOST_COMPARED = 250  # each with each


@dataclass
class _Pair:
    """Passages and their translation, with the quantities that only one side has."""

    own: Passages
    other: Passages
    is_section: bool  # the passages of a section that could not be paired one by one
    extra: list[Mention]
    lost: list[Mention]

    def cut(self) -> int:
        """Keeps no more than can be compared, and returns how many were left out."""
        cut = len(self.extra[_MOST_COMPARED:]) + len(self.lost[_MOST_COMPARED:])
        self.extra, self.lost = self.extra[:_MOST_COMPARED], self.lost[:_MOST_COMPARED]
        return cut


def find_figure_differences(
    page: Page, source: Page, passages: Iterable[Passage], source_passages: Iterable[Passage]
) -> list[Finding]:
    """Quantities that only one side has, reported on the translation's line."""
    mine, theirs = part_sections(passages), part_sections(source_passages)
    sections = [
        _pairs(page, source, mine[anchor], theirs[anchor]) for anchor in mine if anchor in theirs
    ]
    _drop_moved([pair for section in sections for pair in section])
    findings: list[Finding] = []
    for section in sections:
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


def _pairs(
    page: Page,
    source: Page,
    own: list[tuple[Passage, ...]],
    other: list[tuple[Passage, ...]],
) -> list[_Pair]:
    """Pairs of passages where both sections have the same kinds in one order; else whole
    sections."""
    is_parallel = [group[0].kind for group in own] == [group[0].kind for group in other]
    groups = (
        [([a], [b]) for a, b in zip(own, other, strict=True)] if is_parallel else [(own, other)]
    )
    pairs = [
        _Pair(gather_mentions(page, mine), gather_mentions(source, theirs), not is_parallel, [], [])
        for mine, theirs in groups
    ]
    for pair in pairs:
        pair.extra = [one for one in pair.own.mentions if not pair.other.says(one)]
        pair.lost = [one for one in pair.other.mentions if not pair.own.says(one)]
        if is_parallel and not pair.extra and not pair.lost:
            _find_exchanged(pair)
    return [pair for pair in pairs if pair.own.passages]


def _find_exchanged(pair: _Pair) -> None:
    """A figure in place of another that both passages have too: one is there once more than in the
    other passage, one once less."""
    own, other = (
        Counter(one.key for one in side.mentions if one.quantity.form == "digits")
        for side in (pair.own, pair.other)
    )
    more, fewer = own - other, other - own
    if more.total() == fewer.total() == 1 and own.keys() == other.keys():
        pair.extra = [one for one in pair.own.mentions if one.key in more][-1:]
        pair.lost = [one for one in pair.other.mentions if one.key in fewer][-1:]


def _drop_moved(pairs: list[_Pair]) -> None:
    """Removes quantities that moved: missing in one passage and surplus in another, they are no
    difference."""
    lost, extra = _places(pairs, "lost"), _places(pairs, "extra")
    for index, pair in enumerate(pairs):
        pair.extra = [one for one in pair.extra if not _is_elsewhere(one, lost, index)]
        pair.lost = [one for one in pair.lost if not _is_elsewhere(one, extra, index)]


def _places(pairs: list[_Pair], side: str) -> dict[Reading, set[int]]:
    places: dict[Reading, set[int]] = {}
    for index, pair in enumerate(pairs):
        for mention in getattr(pair, side):
            for reading in mention.quantity.readings:
                places.setdefault(reading, set()).add(index)
    return places


def _is_elsewhere(mention: Mention, places: dict[Reading, set[int]], index: int) -> bool:
    found = (places.get(reading, set()) for reading in mention.quantity.readings)
    return any(len(indexes) > 1 or (indexes and index not in indexes) for indexes in found)


def _report(page: Page, source: Page, pair: _Pair) -> Iterator[Finding]:
    lost = {id(one): one for one in pair.lost}
    added: set[tuple[str, object]] = set()
    missed: set[tuple[str, object]] = set()
    for mention, twin in _twins(pair):
        if twin:
            lost.pop(id(twin), None)
            missed.add(twin.key)
        if mention.key in added or (twin is None and mention.quantity.form != "digits"):
            continue
        added.add(mention.key)
        if twin:
            yield _changed(page, source, mention, twin)
        else:
            what = f"“{mention.words}” is not in {source.path}."
            how = "Remove it, or add it there."
            yield found("figure", page, mention.start, mention.words, what, how=how)
    for mention in lost.values():
        if mention.key not in missed and mention.quantity.form == "digits":
            missed.add(mention.key)
            line = source.text.place(mention.start)[0]
            what = f"“{mention.words}” ({source.path}, line {line}) is missing here."
            how = f"{_remedy(mention, page.locale)}."
            where = _nearest(pair, mention)
            yield found("figure", page, where.first, mention.words, what, how=how)


def _twins(pair: _Pair) -> Iterator[tuple[Mention, Mention | None]]:
    """The quantities that only the translation has, each with the source's quantity that it
    replaces, if any."""
    free = [*pair.lost, *_surplus(pair)]
    chosen: dict[int, Mention] = {}
    for is_twin in (_has_same_value, _has_same_kind, _is_number_too):
        for mention in pair.extra:
            if id(mention) not in chosen:
                twin = next((one for one in free if is_twin(mention.quantity, one.quantity)), None)
                if twin and not (pair.is_section and _are_vague(mention, twin)):
                    free.remove(twin)
                    chosen[id(mention)] = twin
    for mention in pair.extra:
        if mention.quantity.form != "hint":
            yield mention, chosen.get(id(mention))


def _surplus(pair: _Pair) -> list[Mention]:
    """Numbers in words that the source has more often: one of them may have been changed."""
    own = Counter(mention.key for mention in pair.own.mentions)
    lost = {mention.key for mention in pair.lost}
    spare: list[Mention] = []
    for mention in pair.other.mentions:
        own[mention.key] -= 1
        if mention.quantity.form == "words" and mention.key not in lost and own[mention.key] < 0:
            spare.append(mention)
    return spare


def _are_vague(mention: Mention, twin: Mention) -> bool:
    """Whether one is in words: in a whole section, two such may count different things."""
    forms = (mention.quantity.form, twin.quantity.form)
    return "words" in forms and mention.quantity.kind != "name"


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


def _changed(page: Page, source: Page, mention: Mention, twin: Mention) -> Finding:
    line = source.text.place(twin.start)[0]
    is_unit = mention.quantity.value == twin.quantity.value
    mine, theirs = (mention.full_words, twin.full_words) if is_unit else (mention.words, twin.words)
    what = f"“{mine}” is “{theirs}” in {source.path}, line {line}."
    if mine == theirs:
        what = f"“{mine}” is another number in this language than in {source.path}, line {line}."
    is_other_unit = is_unit and mention.quantity.unit and twin.quantity.unit
    how = "Say the same here" if is_other_unit else _remedy(twin, page.locale)
    how += ", or fix the source."
    return found("figure", page, mention.start, mine, what, how=how)


def _nearest(pair: _Pair, mention: Mention) -> Passage:
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
